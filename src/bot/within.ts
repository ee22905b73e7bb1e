import type { Clock } from "../fleet/index.ts";

/** Given as the reason, since an abort without one makes an error with a stack each time. */
const over = new Error("It is over.");

/**
 * What `work` gives, or `late` when it takes longer than `milliseconds`: nobody waits longer than that. The work itself goes
 * on; what becomes of it after that is nobody's concern, its failure included.
 */
export async function within<Value, Late>(
  clock: Pick<Clock, "sleep">,
  milliseconds: number,
  work: Promise<Value>,
  late: Late,
): Promise<Value | Late> {
  const timer = new AbortController();
  const end = clock.sleep(milliseconds, timer.signal).then(
    () => late,
    () => late,
  );
  try {
    return await Promise.race([work, end]);
  } finally {
    timer.abort(over);
  }
}
