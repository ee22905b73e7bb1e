import type { DeskCall } from "../../bot/index.ts";
import type { Answer, TrendPoint, TrendSeries } from "../../cards/index.ts";
import { parseFilters, printFilters, type TrendCommand } from "../../commands/index.ts";
import type { FacetKey, Filters } from "../../fleet/index.ts";
import type { AlertMemory, Sample } from "../memory.ts";
import { listKey, withoutRisk } from "../rounds/samples.ts";
import type { Time } from "../time.ts";

export interface TrendOptions {
  readonly memory: Pick<AlertMemory, "samples" | "watches">;
  readonly zone: string;
  readonly time: Time;
}

const day = 24 * 60 * 60_000;
/** How many points a chart has at most, and how many lines besides the sums. */
const most = { points: 60, lines: 6 } as const;

/** Shows how a list went over time, as far as it was counted. Rejects when the store fails. */
export function createTrend({ memory, zone, time }: TrendOptions) {
  return async (command: TrendCommand, call: DeskCall): Promise<Answer> => {
    const { scope } = call.grant;
    const { days, by } = command;
    const filters = withoutRisk(command.filters);
    const { wall } = time.now();
    const samples = await memory.samples.of(listKey({ filters, scope }), wall - days * day);
    const points = thinned(samples, most.points);
    const recent = await scansOf(filters, call, samples.at(-1)?.at ?? wall - days * day);
    return {
      ...{ kind: "trend", command, zone, by },
      series: by === undefined ? sums(points, recent) : lines(points, by),
      since: samples[0]?.at ?? recent[0]?.at,
      samples: samples.length + recent.length,
      known: await known(call),
    };
  };

  /** What this chat's own scans of the same list, within the same scope, have seen since it was counted last. */
  async function scansOf(filters: Filters, { asker, grant }: DeskCall, since: number): Promise<readonly TrendPoint[]> {
    const text = printFilters(filters);
    const seen = printFilters(grant.scope);
    const watches = (await memory.watches.of(asker)).filter(({ filter, scope }) => {
      const parsed = parseFilters(filter);
      const all = parsed.ok && (parsed.filters.risk === undefined || parsed.filters.risk[0] === "yes");
      return all && scope === seen && printFilters(withoutRisk(parsed.filters)) === text;
    });
    const [first] = watches;
    if (first === undefined) {
      return [];
    }
    // Before it was set up, or edited, it saw another list.
    const scans = (await memory.watches.history([first.id], Math.max(since, first.madeAt))).filter(
      ({ complete, wall }) => complete && wall > since,
    );
    return thinned(scans, 10).map(({ wall: at, atRisk: value }) => ({ at, value }));
  }

  /** The lists of this chat that are counted and may be asked for, as filters. */
  async function known({ asker, grant }: DeskCall): Promise<readonly string[]> {
    const watches = await memory.watches.of(asker);
    const filters = watches.flatMap(({ filter }) => {
      const parsed = parseFilters(filter);
      const isAllowed = parsed.ok && (grant.show === "full" || parsed.filters.user === undefined);
      return isAllowed ? [printFilters(withoutRisk(parsed.filters))] : [];
    });
    return watches.length === 0 ? [] : [...new Set(["", ...filters])];
  }
}

/** The total, and what is at risk; of the latter there may be later points. */
function sums(samples: readonly Sample[], recent: readonly TrendPoint[]): readonly TrendSeries[] {
  const total = samples.map(({ at, counts }) => ({ at, value: counts.runtimes }));
  const atRisk = [...samples.map(({ at, counts }) => ({ at, value: counts.atRisk })), ...recent];
  const all: readonly TrendSeries[] = [
    { of: "total", label: undefined, points: total },
    { of: "at-risk", label: undefined, points: atRisk },
  ];
  return all.filter(({ points }) => points.length > 0);
}

/** A line for each of the commonest values. */
function lines(samples: readonly Sample[], by: FacetKey): readonly TrendSeries[] {
  const sizes = new Map<string | undefined, number>();
  for (const { facets } of samples) {
    for (const { label, count } of facets[by] ?? []) {
      sizes.set(label, Math.max(sizes.get(label) ?? 0, count));
    }
  }
  const labels = [...sizes].toSorted(([, one], [, other]) => other - one).map(([label]) => label);
  return labels.slice(0, most.lines).map((label) => ({
    of: "facet",
    label,
    points: samples.map(({ at, facets }) => {
      const counts = facets[by];
      return { at, value: counts && (counts.find((one) => one.label === label)?.count ?? 0) };
    }),
  }));
}

/** At most so many of them, spread evenly, the first and the last included. */
function thinned<Item>(items: readonly Item[], points: number): readonly Item[] {
  if (items.length <= points) {
    return items;
  }
  const step = (items.length - 1) / (points - 1);
  return Array.from({ length: points }, (_, index) => items[Math.round(index * step)]).flatMap((item) => item ?? []);
}
