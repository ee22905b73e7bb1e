import type { HttpInstance } from "@larksuiteoapi/node-sdk";
import { type Count, faultOf, type Log, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { type Connection, connect, type Ended, type LinkTimes, usualTimes } from "./connection.ts";
import { type Acknowledgement, frameRefusals } from "./frames.ts";
import type { Handle } from "./inbound.ts";
import { linkLimits } from "./limits.ts";
import { appIdPattern, refusalAdvice } from "./link-refusal.ts";
import { createLinkWait } from "./link-wait.ts";
import { createRefusals } from "./refusals.ts";
import { loadSdk } from "./sdk.ts";

/** Lark's long connection, kept up. */
export interface Link {
  /** Begins to connect, and connects again whenever that is lost, until `quiesce` or `stop`. */
  start(): void;
  /** Whether events can arrive now. */
  connected(): boolean;
  /**
   * Accepts no further event: what still arrives is left for the platform to deliver again. Events under way are
   * acknowledged. A connection that is lost from now on is not made again.
   */
  quiesce(): void;
  /** Waits a bounded time for events under way, and closes for good: no socket and no timer is left. */
  stop(): Promise<void>;
}

export interface LinkOptions {
  readonly appId: string;
  readonly appSecret: () => string;
  /** Base URL of the open platform, without a slash at its end. */
  readonly domain: string;
  readonly http: Pick<HttpInstance, "request">;
  readonly handle: Handle;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** `lark_connections` {outcome}: connected, lost, failed, refused; `lark_frames_refused` {reason}. */
  readonly count: Count;
  /** Other times than the usual ones. */
  readonly times?: Partial<LinkTimes> | undefined;
}

const notNow: Acknowledgement = { code: 500 };

/**
 * Creates the link. There is one connection at most, and never two attempts at once; between attempts it waits as
 * `createLinkWait` says. An event is acknowledged with what `handle` gives for it. One that is not accepted, or takes too
 * long, or is one too many, is answered with an error, so that the platform delivers it again.
 */
export function createLink(options: LinkOptions): Link {
  const { appId, clock, log, count } = options;
  const times = { ...usualTimes, ...options.times };
  const refuse = createRefusals({ event: "lark_frames_refused", messages: frameRefusals, clock, log, count });
  const leaving = new AbortController();
  let running: Promise<void> | undefined;
  let current: Connection | undefined;
  let openSince: number | undefined;
  let underWay = 0;

  async function answer(envelope: object): Promise<Acknowledgement> {
    if (leaving.signal.aborted || underWay >= linkLimits.events) return notNow;
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

  function onOpen(): void {
    openSince = clock.elapsed();
    count("lark_connections", { outcome: "connected" });
    log.info({}, "connected to Lark");
  }

  async function attempt(): Promise<Ended> {
    const appSecret = options.appSecret();
    if (!appIdPattern.test(appId)) return { kind: "refused", refusal: "app-id" };
    if (appSecret === "") return { kind: "refused", refusal: "credentials" };
    try {
      current = connect({ ...options, sdk: loadSdk(), appSecret, times, onOpen, answer, refuse });
      return await current.ended;
    } catch (error) {
      log.error({ fault: faultOf(error) }, "the SDK of Lark cannot be used");
      return { kind: "failed", reason: "the SDK cannot be used" };
    } finally {
      current = undefined;
    }
  }

  async function run(): Promise<void> {
    const wait = createLinkWait(options.random);
    const report = createReport(log, count);
    while (!leaving.signal.aborted) {
      const ended = await attempt();
      const lived = openSince === undefined ? 0 : clock.elapsed() - openSince;
      openSince = undefined;
      if (leaving.signal.aborted) return;
      const pause = wait.after(ended, lived);
      report(ended, lived, pause);
      await clock.sleep(pause, leaving.signal).catch(() => undefined);
    }
  }

  function quiesce(): void {
    leaving.abort(new Error("The bot is stopping."));
    if (openSince === undefined) current?.close();
  }

  return {
    start() {
      running ??= run();
    },
    connected: () => openSince !== undefined,
    quiesce,
    async stop() {
      quiesce();
      await current?.close();
      await running;
    },
  };
}

/** Tells the operator what became of attempts; a refusal only once, until something else happens. */
function createReport(log: Log, count: Count) {
  let told: string | undefined;

  return (ended: Ended, lived: number, pause: number): void => {
    count("lark_connections", { outcome: ended.kind });
    const nextInSeconds = seconds(pause);
    if (ended.kind === "refused") {
      const { refusal, code } = ended;
      if (told !== refusal) log.error({ refusal, code, nextInSeconds }, refusalAdvice[refusal]);
      told = refusal;
      return;
    }
    told = undefined;
    const { reason } = ended;
    if (ended.kind === "lost") {
      log.warn({ reason, livedSeconds: seconds(lived), nextInSeconds }, "the connection to Lark was lost");
    } else {
      log.warn({ reason, nextInSeconds }, "could not connect to Lark");
    }
  };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10;
}
