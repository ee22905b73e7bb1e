import { linkSignals } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";

/** Runs some work with a signal that is aborted with another, or after a time. The work has to heed it. */
export async function endingWithin<Value>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
  work: (ending: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { ending, release } = linkSignals([signal]);
  const done = new AbortController();
  clock.sleep(milliseconds, done.signal).then(
    () => ending.abort(new DOMException("It took too long.", "TimeoutError")),
    () => undefined,
  );
  try {
    return await work(ending.signal);
  } finally {
    done.abort(over);
    release();
  }
}

/** Given as the reason, since an abort without one makes an error with a stack each time. */
const over = new Error("It is over.");
