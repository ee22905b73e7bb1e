import type { Ended } from "../../src/platform/index.ts";
import type { LinkRefusal } from "./link-refusal.ts";

/** How one connection stands, and what ends with it. */
export interface Life {
  stage: "connecting" | "open" | "moved" | "leaving";
  /** Aborted when it is open, or over. */
  readonly attempt: AbortSignal;
  /** Aborted when it is over. */
  readonly over: AbortSignal;
  /** How it ended, or that the platform wants it to. */
  readonly ended: Promise<Ended<LinkRefusal>>;
  /** Resolves when it is over. */
  readonly gone: Promise<void>;
  open(): void;
  /** The platform wants it to end, and takes what is left to say on it for a while. */
  move(): void;
  /** Does nothing when it is over already. */
  end(how: Ended<LinkRefusal>): void;
}

/** Given as the reason, since an abort without one makes an error with a stack each time. */
const over = new Error("It is over.");

/** @param onEnd ends the socket */
export function createLife(onEnd: () => void): Life {
  const ended = Promise.withResolvers<Ended<LinkRefusal>>();
  const gone = Promise.withResolvers<void>();
  const attempt = new AbortController();
  const life = new AbortController();

  const self: Life = {
    stage: "connecting",
    attempt: attempt.signal,
    over: life.signal,
    ended: ended.promise,
    gone: gone.promise,
    open() {
      attempt.abort(over);
      self.stage = "open";
    },
    move() {
      if (self.stage === "open") self.stage = "moved";
      ended.resolve({ kind: "moved" });
    },
    end(how) {
      if (life.signal.aborted) return;
      attempt.abort(over);
      life.abort(over);
      onEnd();
      gone.resolve();
      ended.resolve(how);
    },
  };
  return self;
}
