/** One line of docs/performance.md: a figure, what it may be, and the ratio of both. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  /** Measured over goal: up to 1 is good. */
  readonly ratio: number;
}

/** The value below which `share` of the values are. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function figure(what: string, measured: number, goal: number, unit: string): Figure {
  return { what, measured: `${round(measured)}${unit}`, goal: `≤ ${round(goal)}${unit}`, ratio: measured / goal };
}

/** A figure that is to be as great as its goal or greater. */
export function atLeast(what: string, measured: number, goal: number, unit: string): Figure {
  return { what, measured: `${round(measured)}${unit}`, goal: `≥ ${round(goal)}${unit}`, ratio: goal / measured };
}

export function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
