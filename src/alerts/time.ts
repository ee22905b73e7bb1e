import type { Clock } from "../fleet/index.ts";
import type { Moment } from "./moment.ts";

/** The time of this process, by both clocks. */
export interface Time {
  now(): Moment;
  /** Another process was further: from now on steady time is at least that. */
  reach(steady: number | undefined): void;
  /** Another process leads, and was there a moment ago: this one is not far ahead of it, so that both mean the same time. */
  follow(steady: number): void;
}

/** How long ago the leader may have written where it was, milliseconds. */
const moment = 10_000;

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
    follow(leader) {
      if (steady() - leader > moment) {
        base += leader - steady();
      }
    },
  };
}
