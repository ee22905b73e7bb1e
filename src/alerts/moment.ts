/**
 * A point in time, by two clocks. `steady` is what durations are counted by: it begins at the wall clock, never goes back, also
 * not over a restart, and a jump of the wall clock does not move it. `wall` is what people are shown. Both are epoch milliseconds.
 */
export interface Moment {
  readonly steady: number;
  readonly wall: number;
}
