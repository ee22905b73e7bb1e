import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../src/fleet/index.ts";

/** The machine's own time, for tests over a real socket. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      throw signal?.aborted === true ? signal.reason : error;
    });
  },
};

export interface ManualClock extends Clock {
  /** Lets time pass; every sleep that ends on the way wakes at its own moment, and what it leads to has run. */
  advance(milliseconds: number): Promise<void>;
  /** Sleeps that have not ended. */
  pending(): number;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Runs what is ready: promises that follow from each other take turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Time that stands still until the test moves it. */
export function createManualClock(start = 0): ManualClock {
  let time = start;
  const sleepers = new Set<Sleeper>();

  function next(until: number): Sleeper | undefined {
    const due = [...sleepers].filter((sleeper) => sleeper.at <= until);
    return due.sort((a, b) => a.at - b.at)[0];
  }

  return {
    now: () => time,
    elapsed: () => time,
    sleep(milliseconds, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason);
      return new Promise((resolve, reject) => {
        const abort = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          at: time + milliseconds,
          wake() {
            signal?.removeEventListener("abort", abort);
            resolve();
          },
        };
        signal?.addEventListener("abort", abort, { once: true });
        sleepers.add(sleeper);
      });
    },
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
    pending: () => sleepers.size,
  };
}
