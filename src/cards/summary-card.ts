import { defaultSize, print } from "../commands/index.ts";
import { type FacetCount, type FacetKey, facetKeys, filtersOf, type RuntimeCounts, riskKinds } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Card, ChartBlock, Colour, Fact, Slice, Tag } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import { askable, button, buttons, card, note, type Setting, tag, text, wordFor } from "./parts.ts";
import { statusColour, statusText } from "./runtime-row.ts";
import type { Texts } from "./texts/index.ts";

type SummaryAnswer = Extract<Answer, { kind: "summary" }>;

/** Counts and shares, each a picture whose parts lead to the list of what was counted. */
export function summaryCard(answer: SummaryAnswer, setting: Setting): Card {
  const { command, summary, canExport } = answer;
  const { texts } = setting;
  const { counts } = summary;
  const charts = facetKeys.flatMap((facet) => chart(answer, facet, texts));
  const several = charts.some(({ slices, total }) => slices.reduce((sum, { value }) => sum + value, 0) > total);
  return card(setting, {
    title: texts.words.summary,
    colour: summaryColour(answer),
    tags: tags(counts, texts),
    command: print(command),
    blocks: [
      { kind: "facts", style: "headline", facts: headline(counts, texts) },
      counts.runtimes === 0 ? text(texts.notes.empty) : undefined,
      summary.complete ? undefined : text(texts.notes.moved, "warning"),
      ...charts,
      note(counts.riskUnknown > 0 && texts.notes.riskUnknown(counts.riskUnknown)),
      note(summary.counted === "totals" && texts.notes.totalsOnly),
      note(several && texts.notes.countsSeveral),
      note(summary.unreadable > 0 && texts.notes.unreadable(summary.unreadable)),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, command, "refresh"),
        button(texts.labels.list, { kind: "list", filters: command.filters, page: 1, size: defaultSize }),
        canExport && counts.runtimes > 0 && button(texts.labels.export, { kind: "export", filters: command.filters }),
      ),
    ],
  });
}

function isSerious({ risks }: RuntimeCounts): boolean {
  return (risks?.["agent-uninstalled"] ?? 0) > 0;
}

function summaryColour({ summary: { counts, complete, unreadable } }: SummaryAnswer): Colour {
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

function tags(counts: RuntimeCounts, { counted, words }: Texts): readonly Tag[] {
  const { atRisk, running } = counts;
  return [
    ...(atRisk > 0 ? [tag(counted(atRisk, words.atRisk, "list"), isSerious(counts) ? "red" : "orange")] : []),
    ...(running > 0 ? [tag(counted(running, words.running, "list"), "green")] : []),
  ];
}

function headline(counts: RuntimeCounts, texts: Texts): readonly Fact[] {
  const { words } = texts;
  const total: Fact = { label: words.total(counts.runtimes), value: String(counts.runtimes) };
  if (counts.runtimes === 0) {
    return [total];
  }
  const fact = (label: string, value: number, colour?: Colour): Fact => ({
    label,
    value: String(value),
    colour: value > 0 ? colour : undefined,
  });
  const some = (label: string, value: number, colour?: Colour) => (value > 0 ? [fact(label, value, colour)] : []);
  const riskKnown = counts.riskUnknown < counts.runtimes;
  return [
    total,
    fact(words.running, counts.running, "green"),
    ...some(words.stopped, counts.stopped),
    ...some(words.other, counts.other),
    ...(riskKnown ? [fact(words.atRisk, counts.atRisk, isSerious(counts) ? "red" : "orange")] : []),
    ...riskKinds.flatMap((kind) =>
      some(texts.risks[kind].short, counts.risks?.[kind] ?? 0, kind === "agent-uninstalled" ? "red" : "orange"),
    ),
  ];
}

/** Bars beyond this many are added up as one. */
const mostSlices = 8;

/** A ring shows parts of a whole: only where a runtime counts once, and the values are few. */
const rings: readonly FacetKey[] = ["status", "os"];

function chart(answer: SummaryAnswer, facet: FacetKey, texts: Texts): readonly ChartBlock[] {
  const { command, summary } = answer;
  const counts = summary.facets[facet];
  if (counts === undefined || counts.length === 0 || summary.counts.runtimes === 0) {
    return [];
  }
  // A list of one status has that status: nobody needs a picture of it who did not ask for it.
  if (counts.length === 1 && command.filters[facet] !== undefined && command.by !== facet) {
    return [];
  }
  const shown = counts.length > mostSlices ? counts.slice(0, mostSlices - 1) : counts;
  const rest = counts.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  const others: Slice = { label: texts.words.others, value: rest, colour: "grey" };
  const slices = shown.map((count) => slice(answer, facet, count, texts));
  return [
    {
      kind: "chart",
      shape: rings.includes(facet) ? "donut" : "bar",
      title: texts.facets[facet],
      total: summary.counts.runtimes,
      slices: facet === "risk" ? withUnknown(slices, summary.counts, texts) : rest > 0 ? [...slices, others] : slices,
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

function slice({ command }: SummaryAnswer, facet: FacetKey, count: FacetCount, texts: Texts): Slice {
  const filters = filtersOf(facet, count, command.filters);
  return {
    label: clip(sliceLabel(facet, count.label, texts), lengths.label),
    value: count.count,
    colour: sliceColour(facet, count.label),
    command: filters && askable({ kind: "list", filters, page: 1, size: defaultSize }),
  };
}

function sliceLabel(facet: FacetKey, label: string | undefined, texts: Texts): string {
  if (label === undefined) {
    return facet === "risk" ? texts.words.noRisk : texts.words.none;
  }
  switch (facet) {
    case "status":
      return statusText(label, texts.desktopStatus);
    case "agent":
      return statusText(label, texts.agentStatus);
    case "channel":
      return wordFor(label, texts.channel) ?? label;
    case "risk": {
      const kind = riskKinds.find((one) => one === label);
      return kind === undefined ? label : texts.risks[kind].short;
    }
    default:
      return label;
  }
}

function sliceColour(facet: FacetKey, label: string | undefined): Colour | undefined {
  switch (facet) {
    case "status":
    case "agent":
      return statusColour(label);
    case "risk":
      return label === undefined ? "green" : label === "agent-uninstalled" ? "red" : "orange";
    default:
      return undefined;
  }
}
