import { systemClock } from "../../../src/app.ts";
import type { Clock } from "../../../src/fleet/index.ts";

/** The machine's time, which a test can put forward: sleeps that are under way end no earlier for it. */
export interface ShiftedClock extends Clock {
  skip(milliseconds: number): void;
}

export function createShiftedClock(): ShiftedClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    elapsed: () => performance.now() + ahead,
    sleep: systemClock.sleep,
    skip(milliseconds) {
      ahead += milliseconds;
    },
  };
}

export const minutes = (count: number): number => count * 60_000;

/** The machine's time, in which long waits are short: whoever would wait for ten seconds or more waits a hundredth of it. */
export const hurriedClock: Clock = {
  ...systemClock,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(milliseconds >= 10_000 ? milliseconds / 100 : milliseconds, signal),
};
