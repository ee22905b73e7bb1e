import type { Clock } from "./fleet/index.ts";

export interface GiveBackOptions {
  readonly clock: Pick<Clock, "sleep">;
  /** Which part of the time since it was asked last the process was busy, 0 to 1. */
  readonly busy: () => number;
  /** Resident bytes of the process. */
  readonly memory: () => number;
  /** Hands memory that is not used back to the system. It takes some 50 ms, in which nothing else is done. */
  readonly collect: () => Promise<void>;
}

/** Milliseconds between two looks at whether there is something to do. */
const interval = 5_000;
/** How busy a process is at most that is called quiet: one command or two in that time. */
const quiet = 0.02;
/** Bytes by which the memory has to have grown for it to be worth its while. */
const worthwhile = 16 * 1_024 * 1_024;

/**
 * Gives memory back when there is nothing to do: after the start, and whenever much was done. V8 does so only as it collects
 * garbage, for which a process that rests gives it no reason. Returns the function that ends this.
 */
export function startGivingBack({ clock, busy, memory, collect }: GiveBackOptions): () => void {
  const ending = new AbortController();
  let least = 0;

  async function look(): Promise<void> {
    await clock.sleep(interval, ending.signal);
    // Asked each time, as it is about the time since.
    const rests = busy() < quiet;
    if (rests && memory() > least + worthwhile) {
      await collect();
      least = memory();
    }
    least = Math.min(least, memory());
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await look();
    }
  }

  // It rejects when it is ended; and should the garbage not be collected, the process is larger and works as well.
  run().catch(() => undefined);
  return () => ending.abort();
}
