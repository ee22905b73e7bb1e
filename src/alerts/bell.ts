import type { Clock } from "../fleet/index.ts";

/** Waits for a time, or until somebody rings. */
export interface Bell {
  /** Ends the wait that is under way, or else the next one at once. */
  ring(): void;
  /** Resolves after so many milliseconds at most, or when the signal is aborted. Never rejects. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Given as the reason, since an abort without one makes an error with a stack each time. */
const rung = new Error("It rang.");

export function createBell(clock: Clock): Bell {
  let waiting: AbortController | undefined;
  let due = false;
  return {
    ring() {
      due = waiting === undefined;
      waiting?.abort(rung);
    },
    async wait(milliseconds, signal) {
      if (due || signal.aborted) {
        due = false;
        return;
      }
      const mine = new AbortController();
      waiting = mine;
      const end = () => mine.abort(rung);
      signal.addEventListener("abort", end, { once: true });
      await clock.sleep(milliseconds, mine.signal).catch(() => undefined);
      signal.removeEventListener("abort", end);
      waiting = undefined;
    },
  };
}
