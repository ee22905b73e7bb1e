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

/** The machine's time, in which whoever would wait for so many milliseconds or more waits a part of that. */
function createHurriedClock(from: number, part: number): Clock {
  const shortened = (milliseconds: number) => (milliseconds >= from ? milliseconds * part : milliseconds);
  return { ...systemClock, sleep: (milliseconds, signal) => systemClock.sleep(shortened(milliseconds), signal) };
}

/** In which waits between attempts to connect, and for signs of life, are short. */
export const hurriedClock = createHurriedClock(10_000, 0.01);

/** In which nobody waits long for an answer of a platform. */
export const impatientClock = createHurriedClock(5_000, 0.2);
