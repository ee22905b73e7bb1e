import { defaultSize } from "../commands/index.ts";
import {
  type FacetCount,
  type FacetKey,
  type Filters,
  filtersOf,
  type RuntimeCounts,
  riskKinds,
  type Summary,
} from "../fleet/index.ts";
import type { ChartBlock, Colour, Fact, Slice, Tag } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import { facetColour, facetText } from "./facet-words.ts";
import { askable, tag } from "./parts.ts";
import type { Texts } from "./texts/index.ts";

/** What was counted of a list. */
export type Counted = Omit<Summary, "kind">;

/** The list that was counted; undefined where it cannot be asked for again. */
export interface CountedList {
  readonly filters: Filters | undefined;
  /** What somebody asked to count by. */
  readonly by?: FacetKey | undefined;
}

function isSerious({ risks }: RuntimeCounts): boolean {
  return (risks?.["agent-uninstalled"] ?? 0) > 0;
}

export function summaryColour({ counts, complete, unreadable }: Counted): Colour {
  if (counts.runtimes === 0) {
    return "grey";
  }
  if (isSerious(counts)) {
    return "red";
  }
  if (counts.atRisk > 0 || !complete || unreadable > 0) {
    return "orange";
  }
  return counts.riskUnknown > 0 ? "blue" : "green";
}

export function summaryTags(counts: RuntimeCounts, { counted, words }: Texts): readonly Tag[] {
  const { atRisk, running } = counts;
  return [
    ...(atRisk > 0 ? [tag(counted(atRisk, words.atRisk, "list"), isSerious(counts) ? "red" : "orange")] : []),
    ...(running > 0 ? [tag(counted(running, words.running, "list"), "green")] : []),
  ];
}

/** Whether anything is known of risk. */
export function isRiskKnown({ riskUnknown, runtimes }: RuntimeCounts): boolean {
  return runtimes > 0 && riskUnknown < runtimes;
}

/**
 * The counts that are read first.
 *
 * @param before earlier counts of the same list: how many more or fewer there are now stands beside
 */
export function summaryFacts(counts: RuntimeCounts, texts: Texts, before?: RuntimeCounts | undefined): readonly Fact[] {
  const { words } = texts;
  const fact = (label: string, value: number, was: number | undefined, colour?: Colour): Fact => ({
    label: was === undefined ? label : texts.chat.change(label, value - was),
    value: String(value),
    colour: value > 0 ? colour : undefined,
  });
  const total = fact(words.total(counts.runtimes), counts.runtimes, before?.runtimes);
  if (counts.runtimes === 0) {
    return [total];
  }
  const some = (label: string, value: number, was: number | undefined, colour?: Colour) =>
    value > 0 ? [fact(label, value, was, colour)] : [];
  return [
    total,
    fact(words.running, counts.running, before?.running, "green"),
    ...some(words.stopped, counts.stopped, before?.stopped),
    ...some(words.other, counts.other, before?.other),
    ...(isRiskKnown(counts)
      ? [fact(words.atRisk, counts.atRisk, before?.atRisk, isSerious(counts) ? "red" : "orange")]
      : []),
    ...riskKinds.flatMap((kind) =>
      some(
        texts.risks[kind].short,
        counts.risks?.[kind] ?? 0,
        before?.risks?.[kind],
        kind === "agent-uninstalled" ? "red" : "orange",
      ),
    ),
  ];
}

/** Bars beyond this many are added up as one. */
const mostSlices = 8;

/** A ring shows parts of a whole: only where a runtime counts once, and the values are few. */
const rings: readonly FacetKey[] = ["status", "os"];

/** A picture of what was counted by one thing, whose parts lead to the list of what was counted; none of what nobody needs. */
export function facetChart(list: CountedList, counted: Counted, facet: FacetKey, texts: Texts): readonly ChartBlock[] {
  const counts = counted.facets[facet];
  if (counts === undefined || counts.length === 0 || counted.counts.runtimes === 0) {
    return [];
  }
  // A list of one status has that status: nobody needs a picture of it who did not ask for it.
  if (counts.length === 1 && list.filters?.[facet] !== undefined && list.by !== facet) {
    return [];
  }
  const shown = counts.length > mostSlices ? counts.slice(0, mostSlices - 1) : counts;
  const rest = counts.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  const others: Slice = { label: texts.words.others, value: rest, colour: "grey" };
  const slices = shown.map((count) => slice(list, facet, count, texts));
  return [
    {
      kind: "chart",
      shape: rings.includes(facet) ? "donut" : "bar",
      title: texts.facets[facet],
      total: counted.counts.runtimes,
      slices: facet === "risk" ? withUnknown(slices, counted.counts, texts) : rest > 0 ? [...slices, others] : slices,
    },
  ];
}

/** Runtimes of which the API said nothing on risk are not without risk. */
function withUnknown(slices: readonly Slice[], { riskUnknown }: RuntimeCounts, texts: Texts): readonly Slice[] {
  if (riskUnknown === 0) {
    return slices;
  }
  const clear = slices.find(({ label }) => label === texts.words.noRisk);
  const left = (clear?.value ?? 0) - riskUnknown;
  return [
    ...slices.filter((one) => one !== clear),
    ...(clear !== undefined && left > 0 ? [{ ...clear, value: left }] : []),
    { label: texts.words.unknown, value: riskUnknown, colour: "grey" },
  ];
}

function slice({ filters: listed }: CountedList, facet: FacetKey, count: FacetCount, texts: Texts): Slice {
  const filters = listed && filtersOf(facet, count, listed);
  return {
    label: clip(facetText(facet, count.label, texts), lengths.label),
    value: count.count,
    colour: facetColour(facet, count.label),
    command: filters && askable({ kind: "list", filters, page: 1, size: defaultSize }),
  };
}

/** What has to be said of the counts, for those who rely on them. */
export function summaryNotes(
  { counts, counted, unreadable }: Counted,
  charts: readonly ChartBlock[],
  { notes }: Texts,
): readonly string[] {
  const several = charts.some(({ slices, total }) => slices.reduce((sum, { value }) => sum + value, 0) > total);
  return [
    ...(counts.riskUnknown > 0 ? [notes.riskUnknown(counts.riskUnknown)] : []),
    ...(counted === "totals" ? [notes.totalsOnly] : []),
    ...(several ? [notes.countsSeveral] : []),
    ...(unreadable > 0 ? [notes.unreadable(unreadable)] : []),
  ];
}
