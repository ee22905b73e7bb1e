import type { Clock } from "../src/fleet/index.ts";

/** Time that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Lets time pass; every sleep that ends on the way ends at its own moment, and what follows from it has run. */
  advance(milliseconds: number): Promise<void>;
  /** Sleeps that have neither ended nor been given up. */
  sleeping(): number;
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function createManualClock(start = Date.UTC(2026, 5, 1, 9)): ManualClock {
  let time = start;
  const sleepers = new Set<Sleeper>();
  const next = (until: number) =>
    [...sleepers].filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)[0];

  return {
    now: () => time,
    elapsed: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const sleeper: Sleeper = { at: time + milliseconds, wake: () => resolve() };
        sleepers.add(sleeper);
        signal?.addEventListener(
          "abort",
          () => {
            sleepers.delete(sleeper);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    async advance(milliseconds) {
      const until = time + milliseconds;
      await settle();
      for (let due = next(until); due !== undefined; due = next(until)) {
        sleepers.delete(due);
        time = Math.max(time, due.at);
        due.wake();
        await settle();
      }
      time = until;
    },
    sleeping: () => sleepers.size,
  };
}
