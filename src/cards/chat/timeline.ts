import type { Colour, TimelineBlock } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { TrendPoint } from "../desk-views.ts";
import type { Times } from "../times.ts";

/** A line of a timeline, before it stands on the times of all of them. */
export interface TimelineLine {
  readonly label: string;
  readonly points: readonly TrendPoint[];
  readonly colour: Colour | undefined;
}

/** Points so much further from each other than is usual have something unknown between them. */
const wideGap = 3;

const minute = 60_000;

/** Whether points make a line: those of one minute, which is as exactly as times are written, are one point. */
export function isLine(points: readonly TrendPoint[]): boolean {
  return new Set(points.filter(({ value }) => value !== undefined).map(({ at }) => Math.floor(at / minute))).size > 1;
}

/** Lines over the times of all their points, oldest first. Where counts are missing for long, so is a part of each line. */
export function timelineOf(title: string, lines: readonly TimelineLine[], times: Times): TimelineBlock {
  const counted = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
  const all = evenly(lastOfMinutes(counted));
  const oneDay = all.every((at) => times.time(at) !== times.dated(at));
  return {
    kind: "timeline",
    title: clip(title, lengths.cell),
    times: all.map((at) => (oneDay ? times.time(at) : times.dated(at))),
    series: lines.map(({ label, points, colour }) => {
      const values = new Map(points.map(({ at, value }) => [at, value]));
      return { label, values: all.map((at) => values.get(at) ?? null), colour };
    }),
  };
}

function lastOfMinutes(all: readonly number[]): readonly number[] {
  return all.filter(
    (at, index) => Math.floor(at / minute) !== Math.floor((all[index + 1] ?? Number.POSITIVE_INFINITY) / minute),
  );
}

/**
 * Times about as far from each other as most of them are: of some that are close together the latest stays, and one without
 * a count stands in a wide gap.
 */
function evenly(all: readonly number[]): readonly number[] {
  const usual = medianOf(all.slice(1).map((at, index) => at - (all[index] ?? at)));
  const spread: number[] = [];
  for (const at of all) {
    const last = spread.at(-1);
    if (last !== undefined && at - last < usual / 2) {
      spread.pop();
    } else if (last !== undefined && at - last > wideGap * usual) {
      spread.push((last + at) / 2);
    }
    spread.push(at);
  }
  return spread;
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
