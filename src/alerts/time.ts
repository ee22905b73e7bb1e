import type { Clock } from "../fleet/index.ts";
import type { Moment } from "./moment.ts";

/** The time of this process, by both clocks. */
export interface Time {
  now(): Moment;
  /** Another process was further: from now on steady time is at least that. */
  reach(steady: number | undefined): void;
}

/** Steady time begins at the wall clock, and goes on by the monotonic one. */
export function createTime(clock: Clock): Time {
  const began = clock.elapsed();
  let base = clock.now();
  const steady = () => base + (clock.elapsed() - began);
  return {
    now: () => ({ steady: Math.floor(steady()), wall: clock.now() }),
    reach(other) {
      if (other !== undefined && other > steady()) {
        base += other - steady();
      }
    },
  };
}
