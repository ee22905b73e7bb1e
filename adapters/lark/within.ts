import type { Clock } from "../../src/fleet/index.ts";

/** What `work` gives, or `late` when that takes longer than `milliseconds` or fails. The work itself goes on. */
export async function within<Value, Late>(
  clock: Pick<Clock, "sleep">,
  milliseconds: number,
  work: Promise<Value>,
  late: Late,
): Promise<Value | Late> {
  const timer = new AbortController();
  const toLate = (): Late => late;
  try {
    return await Promise.race([work.catch(toLate), clock.sleep(milliseconds, timer.signal).then(toLate, toLate)]);
  } finally {
    timer.abort();
  }
}
