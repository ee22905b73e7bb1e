import type { TimelineBlock, TimelineSeries } from "./card.ts";

/** How numbers went, of which some may be unknown. */
export interface Course {
  readonly first: number;
  readonly last: number;
  readonly least: number;
  readonly most: number;
}

/** How a line went; undefined where nothing of it is known. */
export function courseOf(values: TimelineSeries["values"]): Course | undefined {
  const known = values.filter(isKnown);
  const [first, last] = [known[0], known.at(-1)];
  return first === undefined || last === undefined
    ? undefined
    : { first, last, least: Math.min(...known), most: Math.max(...known) };
}

/** The lines of which something is known at the times of the timeline, in their order. */
export function knownSeries({ series, times }: TimelineBlock): readonly TimelineSeries[] {
  return series
    .map((one) => (one.values.length > times.length ? { ...one, values: one.values.slice(0, times.length) } : one))
    .filter(({ values }) => values.some(isKnown));
}

export function isKnown(value: number | null | undefined): value is number {
  return Number.isFinite(value);
}

/** The same in signs that every language reads: from where to where, the lowest and the highest. */
export function courseText({ first, last, least, most }: Course): string {
  return least === most ? String(last) : `${first} → ${last} · ↓${least} ↑${most}`;
}

const levels = "▁▂▃▄▅▆▇";
const gap = "·";

/** A line as a row of signs, at most `width` of them; where several values share a sign, it is of the highest. */
export function sparkline(values: TimelineSeries["values"], width: number): string {
  const course = courseOf(values);
  if (course === undefined) {
    return "";
  }
  const { least, most } = course;
  return buckets(values, width)
    .map((bucket) => {
      const known = bucket.filter(isKnown);
      return known.length === 0 ? gap : levelOf(Math.max(...known), least, most);
    })
    .join("");
}

function levelOf(value: number, least: number, most: number): string {
  const level = most === least ? 0 : Math.round(((value - least) / (most - least)) * (levels.length - 1));
  return levels.charAt(level);
}

function buckets<Entry>(entries: readonly Entry[], most: number): readonly (readonly Entry[])[] {
  const count = Math.min(entries.length, Math.max(1, most));
  return Array.from({ length: count }, (_, index) =>
    entries.slice(Math.floor((index * entries.length) / count), Math.floor(((index + 1) * entries.length) / count)),
  );
}

/** What a line is called beside the title of its timeline; empty where it is alone and called the same. */
export function labelBeside({ title, series }: TimelineBlock, { label }: Pick<TimelineSeries, "label">): string {
  return series.length === 1 && label === title ? "" : label;
}

/** From when to when a timeline goes; empty where it has no times. */
export function spanOf({ times }: TimelineBlock): string {
  const [first = "", last = ""] = [times[0], times.at(-1)];
  return first === last ? first : `${first} – ${last}`;
}

/** The timeline with at most so many times, the latest among them. Each has of every line what was last known until then. */
export function thinned(timeline: TimelineBlock, most: number): TimelineBlock {
  const { times, series } = timeline;
  if (times.length <= most) {
    return timeline;
  }
  const parts = buckets([...times.keys()], most);
  const latest = (values: TimelineSeries["values"], places: readonly number[]): number | null =>
    places.map((place) => values[place]).findLast(isKnown) ?? null;
  return {
    ...timeline,
    times: parts.map((places) => times[places.at(-1) ?? -1] ?? ""),
    series: series.map((one) => ({ ...one, values: parts.map((places) => latest(one.values, places)) })),
  };
}
