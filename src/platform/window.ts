/** How many may start in any span of time. All times are milliseconds of one growing clock. */
export interface Window {
  /** Milliseconds until one more may start; 0 is now. */
  wait(now: number): number;
  started(now: number): void;
  /** Nothing may start before then. */
  pauseUntil(time: number): void;
  /** Whether it would say the same if it were new. */
  idle(now: number): boolean;
}

/** At most `starts` in any `span` milliseconds. */
export function createWindow(starts: number, span: number): Window {
  // A ring: the slot that is written next holds the start that is `starts` starts ago.
  const ring: number[] = [];
  let next = 0;
  let last = Number.NEGATIVE_INFINITY;
  let paused = Number.NEGATIVE_INFINITY;

  return {
    wait(now) {
      const oldest = ring[next] ?? Number.NEGATIVE_INFINITY;
      return Math.max(oldest + span - now, paused - now, 0);
    },
    started(now) {
      ring[next] = now;
      next = (next + 1) % starts;
      last = now;
    },
    pauseUntil(time) {
      paused = Math.max(paused, time);
    },
    idle: (now) => last + span <= now && paused <= now,
  };
}
