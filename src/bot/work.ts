import type { Clock } from "../fleet/index.ts";

/** What is under way: counted, bounded, and waited for at the end. */
export interface Work {
  /** Runs `job` in the background unless too much is under way or the end has come; says whether it does. */
  begin(job: (signal: AbortSignal) => Promise<void>): boolean;
  /** Aborted when what is under way has to end. */
  readonly signal: AbortSignal;
  /** Takes nothing new, waits for what is under way, and ends what is not done by the deadline (milliseconds). */
  drain(deadline: number): Promise<void>;
}

export interface WorkOptions {
  readonly clock: Clock;
  /** How many jobs may be under way at once. */
  readonly limit: number;
  /** A job that rejected: a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

export function createWork({ clock, limit, onFault }: WorkOptions): Work {
  const running = new Set<Promise<void>>();
  const ending = new AbortController();
  let open = true;

  return {
    signal: ending.signal,
    begin(job) {
      if (!open || running.size >= limit) {
        return false;
      }
      const run = job(ending.signal)
        .catch(onFault)
        .finally(() => running.delete(run));
      running.add(run);
      return true;
    },
    async drain(deadline) {
      open = false;
      const timer = new AbortController();
      const all = Promise.allSettled(running);
      await Promise.race([all, clock.sleep(deadline, timer.signal).catch(() => undefined)]);
      timer.abort();
      ending.abort(new Error("The bot is stopping."));
      await all;
    },
  };
}
