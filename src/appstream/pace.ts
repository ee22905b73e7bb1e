/** The lowest rate that throttling leads to, as a part of the full one. */
const lowestPart = 1 / 64;
/** Milliseconds from a standstill to the full rate, when nothing is throttled. */
const recovery = 120_000;

/** When the next request may start. All times are milliseconds of one growing clock. */
export interface Pace {
  /** Milliseconds until a request may start; 0 is now. */
  wait(now: number): number;
  /** Starts a second that are allowed. */
  rate(now: number): number;
  /** A request starts. */
  started(now: number): void;
  /**
   * A request that started at `startedAt` was throttled: halves the rate, which then grows back evenly. A request that
   * started before the last halving says nothing of the rate since, and changes nothing.
   */
  slowDown(startedAt: number, now: number): void;
}

/** At most `starts` in any `span` milliseconds. */
interface Bound {
  readonly starts: number;
  readonly span: number;
}

/** A whole number of starts, so that the rate is kept in every window, and not only on average. */
function boundOf(rate: number): Bound {
  const starts = Math.max(Math.floor(rate), 1);
  return { starts, span: (starts / rate) * 1_000 };
}

/**
 * A pace of at most floor(rate) starts in any window of floor(rate)/rate seconds; below one start a second, one in
 * 1/rate seconds. The bound of the full rate holds also while a lower rate grows back to it.
 */
export function createPace(fullRate: number): Pace {
  const full = boundOf(fullRate);
  const starts: number[] = [];
  let slowed: { readonly at: number; readonly rate: number } | undefined;

  function rateAt(now: number): number {
    if (slowed === undefined) return fullRate;
    return Math.min(slowed.rate + ((now - slowed.at) / recovery) * fullRate, fullRate);
  }

  function waitFor(bound: Bound, now: number): number {
    const oldest = starts.at(-bound.starts);
    return oldest === undefined ? 0 : Math.max(oldest + bound.span - now, 0);
  }

  return {
    wait(now) {
      const rate = rateAt(now);
      return Math.max(waitFor(full, now), rate === fullRate ? 0 : waitFor(boundOf(rate), now));
    },
    rate: rateAt,
    started(now) {
      starts.push(now);
      if (starts.length > full.starts) starts.shift();
    },
    slowDown(startedAt, now) {
      if (slowed !== undefined && startedAt <= slowed.at) return;
      slowed = { at: now, rate: Math.max(rateAt(now) / 2, fullRate * lowestPart) };
    },
  };
}
