import { z } from "zod";

const figureSchema = z
  .object({
    what: z.string(),
    measured: z.string(),
    goal: z.string(),
    /** Measured over goal: up to 1 is good. */
    ratio: z.number(),
  })
  .readonly();

/** One line of docs/performance.md: a figure, what it may be, and the ratio of both. */
export type Figure = z.infer<typeof figureSchema>;

const tableSchema = z
  .object({
    /** A sentence above it. */
    title: z.string(),
    columns: z.array(z.string()).readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
  })
  .readonly();

/** Figures that have no goal of their own. */
export type Table = z.infer<typeof tableSchema>;

const chartSchema = z
  .object({
    /** The name of its file, without ending. */
    name: z.string(),
    title: z.string(),
    /** What the numbers count. */
    unit: z.string(),
    /** What the bars of a row stand for, from above. */
    series: z.array(z.string()).readonly(),
    /** undefined: there is no such figure, which is said in place of the bar. */
    rows: z
      .array(z.object({ label: z.string(), values: z.array(z.number().optional()).readonly() }).readonly())
      .readonly(),
  })
  .readonly();

/** Bars. */
export type Chart = z.infer<typeof chartSchema>;

/** What one part of the benchmark found out; it goes from process to process. */
export const resultSchema = z
  .object({
    figures: z.array(figureSchema).readonly(),
    tables: z.array(tableSchema).readonly(),
    charts: z.array(chartSchema).readonly(),
  })
  .readonly();

export type Result = z.infer<typeof resultSchema>;

/** A result of figures alone. */
export function onlyFigures(figures: readonly Figure[]): Result {
  return { figures, tables: [], charts: [] };
}

/** The value below which `share` of the values are. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
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
