import { faultOf, type Log, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { noProxies, type Proxies } from "../../src/network/index.ts";
import {
  type AppRefusals,
  type Connection,
  createLink,
  createRefusals,
  type Ended,
  type Http,
  type Link,
} from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import { connect } from "./connection.ts";
import { type Delivered, frameRefusals, nothingToSay } from "./frames.ts";
import { type LinkTimes, linkLimits } from "./link-limits.ts";
import { createDingTalkRefusals, type LinkRefusal } from "./link-refusal.ts";
import type { Reply } from "./replies.ts";
import { loadSdk } from "./stream-client.ts";

export type { Delivered } from "./frames.ts";

export type Handled =
  /** Acknowledge with `body`. `sent` is called once the answer was handed to the socket, or cannot be any more. */
  | { readonly accepted: true; readonly body: object; readonly sent?: (() => void) | undefined }
  /** Do not acknowledge: a message comes again. */
  | { readonly accepted: false };

/** Takes in what was delivered. Never rejects. */
export type Handle = (delivered: Delivered) => Promise<Handled>;

export interface StreamLinkOptions {
  readonly clientId: string;
  readonly clientSecret: () => string;
  /** Base URL of the API, without a slash at its end. */
  readonly apiBase: string;
  readonly http: Http;
  /** What the connection takes on its way; none unless given. */
  readonly proxies?: Proxies | undefined;
  readonly handle: Handle;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** `dingtalk_connections` {outcome}: connected, moved, lost, failed, refused; `dingtalk_frames_refused` {reason}. */
  readonly meter: Meter;
  /** Something came that counts against the month's pushes. */
  readonly onPush: () => void;
  /** Is told that the app is refused; of its own unless given. */
  readonly refusals?: AppRefusals<LinkRefusal> | undefined;
  /** Other times than the usual ones. */
  readonly times?: Partial<LinkTimes> | undefined;
}

/** Beside what is wrong with a frame, what is wrong here. */
const messages = {
  ...frameRefusals,
  busy: "More comes from DingTalk at once than is taken: the rest is left for it to deliver again.",
  slow: "What DingTalk delivered was not handled in time: a press was answered without its card, or a message comes again.",
  fault: "What DingTalk delivered could not be handled by a fault of the bot; a message is delivered again.",
} as const;

/**
 * Creates DingTalk's stream connection. What is delivered is acknowledged with what `handle` gives for it. A message that is
 * not accepted, or takes too long, or is one too many, is not acknowledged, so that the platform delivers it again; a press
 * that takes too long is answered without anything, as the person would see an error otherwise.
 */
export function createStreamLink(options: StreamLinkOptions): Link {
  const { clientId, clock, random, log, meter, onPush, proxies = noProxies } = options;
  const { refusals = createDingTalkRefusals(log) } = options;
  const times = { ...linkLimits, ...options.times };
  const countRefusal = (reason: keyof typeof messages) => meter.count("dingtalk_frames_refused", { reason });
  const refuse = createRefusals({ messages, clock, log, count: countRefusal });
  let underWay = 0;

  async function handle(delivered: Delivered): Promise<Handled> {
    underWay += 1;
    try {
      return await options.handle(delivered);
    } catch (error) {
      refuse("fault", { fault: faultOf(error) });
      return { accepted: false };
    } finally {
      underWay -= 1;
    }
  }

  /** Without a timer for each: there is nothing to say when it is too late. */
  async function answerMessage(delivered: Delivered): Promise<Reply | undefined> {
    const began = clock.elapsed();
    const handled = await handle(delivered);
    if (!handled.accepted) return undefined;
    if (clock.elapsed() - began <= times.message) return handled;
    refuse("slow");
    handled.sent?.();
    return undefined;
  }

  async function answerCard(delivered: Delivered): Promise<Reply | undefined> {
    const handling = handle(delivered);
    const handled = await within(clock, times.card, handling, undefined);
    if (handled !== undefined) return handled.accepted ? handled : undefined;
    refuse("slow");
    // It waits for its answer to be on the socket; another one is.
    void handling.then((late) => late.accepted && late.sent?.()).catch(() => undefined);
    return { body: nothingToSay };
  }

  async function answer(delivered: Delivered): Promise<Reply | undefined> {
    if (link.leaving()) return undefined;
    if (underWay >= linkLimits.underWay) {
      refuse("busy");
      return undefined;
    }
    return delivered.topic === "card" ? answerCard(delivered) : answerMessage(delivered);
  }

  function attempt(onOpen: () => void): Connection<LinkRefusal> {
    const clientSecret = options.clientSecret();
    if (clientId === "" || clientSecret === "") return refused("credentials");
    return connect({ ...options, sdk: loadSdk(), clientSecret, proxies, times, onOpen, answer, refuse, onPush });
  }

  function onFault(error: unknown): Ended<LinkRefusal> {
    log.error({ fault: faultOf(error) }, "the SDK of DingTalk cannot be used");
    return { kind: "failed", reason: "the SDK cannot be used" };
  }

  const link = createLink({
    ...{ name: "DingTalk", refusals, connect: attempt, onFault, clock, random, log },
    count: (outcome) => meter.count("dingtalk_connections", { outcome }),
  });
  return link;
}

function refused(refusal: LinkRefusal): Connection<LinkRefusal> {
  return { ended: Promise.resolve({ kind: "refused", refusal }), close: () => Promise.resolve() };
}
