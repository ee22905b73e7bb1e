import type { HttpInstance } from "@larksuiteoapi/node-sdk";
import { faultOf, type Log, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { noProxies, type Proxies } from "../../src/network/index.ts";
import {
  type AppRefusals,
  type Connection,
  createLink,
  createRefusals,
  type Ended,
  type Link,
} from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import { connect, type LinkTimes, usualTimes } from "./connection.ts";
import { type Acknowledgement, type FrameRefusal, frameRefusals } from "./frames.ts";
import type { Handle } from "./inbound.ts";
import { linkLimits } from "./limits.ts";
import { appIdPattern, createLarkRefusals, type LinkRefusal } from "./link-refusal.ts";
import { loadSdk } from "./sdk.ts";

export interface LarkLinkOptions {
  readonly appId: string;
  readonly appSecret: () => string;
  /** Base URL of the open platform, without a slash at its end. */
  readonly domain: string;
  readonly http: Pick<HttpInstance, "request">;
  /** What the connection takes on its way; none unless given. */
  readonly proxies?: Proxies | undefined;
  readonly handle: Handle;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  /** Is told that the app is refused; of its own unless given. */
  readonly refusals?: AppRefusals<LinkRefusal> | undefined;
  /** Other times than the usual ones. */
  readonly times?: Partial<LinkTimes> | undefined;
}

const notNow: Acknowledgement = { code: 500 };

/**
 * Creates Lark's long connection. An event is acknowledged with what `handle` gives for it. One that is not accepted, or
 * takes too long, or is one too many, is answered with an error, so that the platform delivers it again.
 */
export function createLarkLink(options: LarkLinkOptions): Link {
  const { appId, clock, random, log, meter, proxies = noProxies } = options;
  const { refusals = createLarkRefusals(log) } = options;
  const times = { ...usualTimes, ...options.times };
  const countRefusal = (reason: FrameRefusal) => meter.count("lark_frames_refused", { reason });
  const refuse = createRefusals({ messages: frameRefusals, clock, log, count: countRefusal });
  let underWay = 0;

  async function answer(envelope: object): Promise<Acknowledgement> {
    if (link.leaving() || underWay >= linkLimits.events) return notNow;
    underWay += 1;
    const handled = options
      .handle(envelope)
      .catch(() => undefined)
      .finally(() => {
        underWay -= 1;
      });
    const result = await within(clock, times.answer, handled, undefined);
    return result?.accepted === true ? { code: 200, body: result.body } : notNow;
  }

  function attempt(onOpen: () => void): Connection<LinkRefusal> {
    const appSecret = options.appSecret();
    if (!appIdPattern.test(appId)) return refused("app-id");
    if (appSecret === "") return refused("credentials");
    return connect({ ...options, sdk: loadSdk(), appSecret, proxies, times, onOpen, answer, refuse });
  }

  function onFault(error: unknown): Ended<LinkRefusal> {
    log.error({ fault: faultOf(error) }, "the SDK of Lark cannot be used");
    return { kind: "failed", reason: "the SDK cannot be used" };
  }

  const link = createLink({
    ...{ name: "Lark", refusals, connect: attempt, onFault, clock, random, log },
    count: (outcome) => meter.count("lark_connections", { outcome }),
  });
  return link;
}

function refused(refusal: LinkRefusal): Connection<LinkRefusal> {
  return { ended: Promise.resolve({ kind: "refused", refusal }), close: () => Promise.resolve() };
}
