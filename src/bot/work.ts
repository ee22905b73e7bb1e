import type { Clock } from "../fleet/index.ts";
import { within } from "./within.ts";

/** Whether a job was taken in: there can be too many, and none is taken in any more once the end has come. */
export type Begun = "begun" | "full" | "closed";

/** What is under way: counted, bounded, and waited for at the end. */
export interface Work {
  /** Runs `job` in the background if there is room for it. The signal is aborted when it has to end. */
  begin(job: (ending: AbortSignal) => Promise<void>): Begun;
  /**
   * Takes nothing new, waits for what is under way, ends what is not done by the deadline, and leaves alone what does not
   * end even then.
   *
   * @param deadline milliseconds
   */
  drain(deadline: number): Promise<void>;
}

export interface WorkOptions {
  readonly clock: Clock;
  /** How many jobs may be under way at once. */
  readonly limit: number;
  /** A job that rejected: a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** How long a job may take to end when it has to, milliseconds: enough to tell a chat that the bot is restarting. */
const farewell = 2_000;

export function createWork({ clock, limit, onFault }: WorkOptions): Work {
  const running = new Set<Promise<void>>();
  const ending = new AbortController();
  let open = true;

  return {
    begin(job) {
      if (!open || running.size >= limit) {
        return open ? "full" : "closed";
      }
      const run = job(ending.signal)
        .catch(onFault)
        .finally(() => running.delete(run));
      running.add(run);
      return "begun";
    },
    async drain(deadline) {
      open = false;
      const all = Promise.allSettled(running);
      await within(clock, deadline, all, undefined);
      ending.abort(new Error("The bot is stopping."));
      await within(clock, farewell, all, undefined);
    },
  };
}
