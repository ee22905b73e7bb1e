import { faultOf, within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Connection, Ended, Http } from "../../src/platform/index.ts";
import { acknowledge, type Delivered, type FrameRefusal, readFrame, subscriptions } from "./frames.ts";
import { askGateway, type Gateway } from "./gateway.ts";
import { type LinkTimes, linkLimits } from "./link-limits.ts";
import type { LinkRefusal } from "./link-refusal.ts";
import { createStreamClient, type Sdk } from "./stream-client.ts";

/** What a message or a press is acknowledged with. */
export interface Reply {
  readonly body: object;
  /** To be called once the answer was handed to the socket, or cannot be any more. */
  readonly sent?: (() => void) | undefined;
}

export interface ConnectionOptions {
  readonly sdk: Sdk;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URL of the API. */
  readonly apiBase: string;
  readonly http: Http;
  readonly times: LinkTimes;
  readonly clock: Clock;
  /** The socket is open. */
  readonly onOpen: () => void;
  /** What to acknowledge with; undefined: not at all. */
  readonly answer: (delivered: Delivered) => Promise<Reply | undefined>;
  readonly refuse: (reason: FrameRefusal | "fault", fields?: object) => void;
  /** A frame that counts against the month's pushes. */
  readonly onPush: () => void;
}

type Stage = "connecting" | "open" | "moved" | "leaving";

/** Given as the reason, since an abort without one makes an error with a stack each time. */
const over = new Error("It is over.");

/** Begins one attempt. Throws when the SDK cannot be used. */
export function connect(options: ConnectionOptions): Connection<LinkRefusal> {
  const { clock, times } = options;
  const ended = Promise.withResolvers<Ended<LinkRefusal>>();
  const gone = Promise.withResolvers<void>();
  const attempt = new AbortController();
  const life = new AbortController();
  const answering = new Set<Promise<void>>();
  let stage: Stage = "connecting";
  let unanswered = 0;

  function end(how: Ended<LinkRefusal>): void {
    if (life.signal.aborted) return;
    attempt.abort(over);
    life.abort(over);
    client.terminate();
    gone.resolve();
    ended.resolve(how);
  }

  async function locate(): Promise<string | undefined> {
    const gateway: Gateway = await askGateway({ ...options, subscriptions, timeout: times.gateway });
    // The attempt may have been given up meanwhile: no socket is made then.
    if (life.signal.aborted) return undefined;
    if (gateway.kind === "address") return gateway.url;
    end(gateway);
    return undefined;
  }

  async function limitAttempt(): Promise<void> {
    await clock.sleep(times.attempt, attempt.signal);
    end({ kind: "failed", reason: "it took too long" });
  }

  /** Whatever arrives is a sign of life: a gateway that is busy sending may be late with its pongs. */
  async function keepWatch(): Promise<void> {
    for (;;) {
      await clock.sleep(times.ping, life.signal);
      if (unanswered >= linkLimits.misses) return end({ kind: "lost", reason: "nothing arrived any more" });
      unanswered += 1;
      client.ping();
    }
  }

  function send(text: string): void {
    client.send(text);
    if (client.backlog() > linkLimits.backlog) end({ kind: "lost", reason: "the platform takes no answers" });
  }

  /** On the socket that the frame came by, however many there are by now; not at all when that is closed. */
  async function reply(delivered: Delivered): Promise<void> {
    try {
      const answer = await options.answer(delivered);
      if (answer === undefined) return;
      try {
        send(acknowledge(delivered.messageId, answer.body));
      } finally {
        answer.sent?.();
      }
    } catch (error) {
      options.refuse("fault", { fault: faultOf(error) });
    }
  }

  function deliver(delivered: Delivered): void {
    options.onPush();
    const replied = reply(delivered).finally(() => answering.delete(replied));
    answering.add(replied);
  }

  function take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    switch (frame.kind) {
      case "ping":
        send(frame.answer);
        return;
      case "disconnect":
        if (stage === "open") stage = "moved";
        ended.resolve({ kind: "moved" });
        return;
      case "delivered":
        deliver(frame.delivered);
        return;
      case "refused":
        if (frame.push) options.onPush();
        options.refuse(frame.reason);
        if (frame.answer !== undefined) send(frame.answer);
    }
  }

  const client = createStreamClient({
    ...options,
    locate,
    onOpen() {
      if (life.signal.aborted) return;
      attempt.abort(over);
      stage = "open";
      keepWatch().catch(() => undefined);
      options.onOpen();
    },
    onFrame(bytes) {
      if (life.signal.aborted) return;
      unanswered = 0;
      try {
        take(bytes);
      } catch (error) {
        // Thrown out of a socket's event it would end the process.
        options.refuse("fault", { fault: faultOf(error) });
      }
    },
    onPong() {
      unanswered = 0;
    },
    onOver: (reason) => end({ kind: stage === "connecting" ? "failed" : "lost", reason }),
  });
  client.start();
  limitAttempt().catch(() => undefined);

  return {
    ended: ended.promise,
    async close() {
      if (stage === "connecting") return end({ kind: "failed", reason: "it was given up" });
      // One that has moved stays a while, as the next one is not open yet; not when the end of everything has come.
      const stay = stage === "moved";
      stage = "leaving";
      if (stay) await clock.sleep(times.overlap, life.signal).catch(() => undefined);
      if (!life.signal.aborted) {
        const idle = Promise.allSettled(answering);
        await within(clock, times.farewell, Promise.race([idle, gone.promise]), undefined);
        client.close();
      }
      if (!life.signal.aborted) await within(clock, times.goodbye, gone.promise, undefined);
      end({ kind: "lost", reason: "it was closed here" });
    },
  };
}
