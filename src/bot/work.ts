import type { Clock } from "../fleet/index.ts";
import { within } from "./within.ts";

/** Whether a job was taken in: there can be too many, and none is taken in any more once the end has come. */
export type Begun = "begun" | "full" | "closed";

/** A job; the signal is aborted when it has to end. */
export type Job = (ending: AbortSignal) => Promise<void>;

/** What is under way or waits for its turn: counted, bounded, and waited for at the end. */
export interface Work {
  /** How many more jobs would be taken in. */
  room(): number;
  /** How many jobs have begun and not ended, */
  underWay(): number;
  /** and how many wait for their turn. */
  waiting(): number;
  /** Runs `job` in the background, at once or in its turn, if there is room for it. */
  begin(job: Job): Begun;
  /**
   * Takes nothing new, waits for what is under way, ends what is not done by the deadline, drops what has not begun by then,
   * and leaves alone what does not end even then.
   *
   * @param deadline milliseconds
   */
  drain(deadline: number): Promise<void>;
}

export interface WorkOptions {
  readonly clock: Clock;
  /** How many jobs may be under way at once. */
  readonly limit: number;
  /** How many more may wait for their turn. */
  readonly backlog: number;
  /** A job that rejected: a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** How long a job may take to end when it has to, milliseconds: enough to tell a chat that the bot is restarting. */
const farewell = 2_000;

export function createWork({ clock, limit, backlog, onFault }: WorkOptions): Work {
  const running = new Set<Promise<void>>();
  const waiting: Job[] = [];
  const ending = new AbortController();
  const idle = Promise.withResolvers<void>();
  let open = true;

  function run(job: Job): void {
    const one = job(ending.signal)
      .catch(onFault)
      .finally(() => {
        running.delete(one);
        const next = waiting.shift();
        if (next !== undefined) {
          run(next);
        } else if (!open && running.size === 0) {
          idle.resolve();
        }
      });
    running.add(one);
  }

  return {
    room: () => (open ? limit + backlog - running.size - waiting.length : 0),
    underWay: () => running.size,
    waiting: () => waiting.length,
    begin(job) {
      if (!open) {
        return "closed";
      }
      if (running.size < limit) {
        run(job);
        return "begun";
      }
      if (waiting.length >= backlog) {
        return "full";
      }
      waiting.push(job);
      return "begun";
    },
    async drain(deadline) {
      open = false;
      if (running.size === 0) {
        return;
      }
      await within(clock, deadline, idle.promise, undefined);
      waiting.length = 0;
      ending.abort(new Error("The bot is stopping."));
      await within(clock, farewell, Promise.allSettled(running), undefined);
    },
  };
}
