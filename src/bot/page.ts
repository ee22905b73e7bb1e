import type { Wait } from "../fleet/index.ts";
import type { ClickReply } from "./channel.ts";

/** The answer that a press brings, handed from the work to whoever waits for it: in time, or never. */
export interface Page {
  /** Hands it over; false when nobody waits for it any more. */
  offer(reply: ClickReply): boolean;
  /** Nothing comes any more in time. */
  close(): void;
  /** Resolves when the answer is there or nothing comes any more. */
  readonly closed: Promise<void>;
  /** Ends the waiting, and gives what came in time. */
  take(): ClickReply | undefined;
  waitsFor(wait: Wait | "working"): void;
  wait(): Wait | "working";
}

export function createPage(): Page {
  const { promise, resolve } = Promise.withResolvers<void>();
  let awaited = true;
  let reply: ClickReply | undefined;
  let reason: Wait | "working" = "working";
  return {
    offer(one) {
      if (awaited) {
        reply = one;
        resolve();
      }
      return awaited;
    },
    close: () => resolve(),
    closed: promise,
    take() {
      awaited = false;
      return reply;
    },
    waitsFor(wait) {
      reason = wait;
    },
    wait: () => reason,
  };
}
