import type { Measured, Own } from "./driver.ts";

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

/** The bots that answer with a ready-made card; undefined: it could not be had. */
export interface Rivals {
  readonly "a bare bot on the SDK": Measured;
  readonly [name: string]: Measured | undefined;
}

/** What is said of Deskhand on one platform. */
export function figuresOfPlatform(platform: string, own: Own, rivals: Rivals): readonly Figure[] {
  const median = (values: readonly number[]) => percentile(values, 0.5);
  const worst = (values: readonly number[]) => percentile(values, 0.99);
  const bare = rivals["a bare bot on the SDK"];
  return [
    atLeast(`commands answered a second over ${platform}, 64 at once`, own.throughput, 1_000, ""),
    ...Object.entries(rivals).flatMap(([name, rival]) =>
      rival === undefined
        ? []
        : [atLeast(`the same, in those of ${name}`, own.throughput / rival.throughput, 0.8, " ×")],
    ),
    figure("added to the bare bot, one at a time, p50", Math.max(0, median(own.alone) - median(bare.alone)), 1, " ms"),
    figure("command to reply at 100 a second, p99", worst(own.steady), 25, " ms"),
    figure("press to answer, read a moment ago, p99", worst(own.presses), 50, " ms"),
    figure(`memory idle, connected to ${platform}`, own.idle, 150, " MB"),
    figure("memory over idle after 20,000 commands", Math.max(0, own.after - own.idle), 100, " MB"),
  ];
}
