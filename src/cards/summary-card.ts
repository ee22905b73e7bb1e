import { print } from "../commands/index.ts";
import { type FacetCount, type FacetKey, facetKeys, filtersOf, riskKinds } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Card, ChartBlock, Colour, Fact, Slice } from "./card.ts";
import { button, buttons, card, note, type Setting, statusColour, statusText, text } from "./parts.ts";

type SummaryAnswer = Extract<Answer, { kind: "summary" }>;

/** Counts and shares, each a picture whose parts lead to the list of what was counted. */
export function summaryCard(answer: SummaryAnswer, setting: Setting): Card {
  const { command, summary } = answer;
  const { texts } = setting;
  const { counts } = summary;
  const serious = (counts.risks?.["agent-uninstalled"] ?? 0) > 0;
  const colour: Colour =
    counts.runtimes === 0 ? "grey" : serious ? "red" : counts.atRisk > 0 || !summary.complete ? "orange" : "green";
  return card(setting, {
    title: texts.words.summary,
    colour,
    tags: counts.atRisk > 0 ? [{ text: `${counts.atRisk} ${texts.words.atRisk.toLowerCase()}`, colour }] : [],
    command: print(command),
    blocks: [
      { kind: "facts", style: "headline", facts: headline(answer, setting) },
      counts.runtimes === 0 ? text(texts.notes.empty) : undefined,
      ...facetKeys.flatMap((facet) => chart(answer, facet, setting)),
      summary.complete ? undefined : text(texts.notes.moved, "warning"),
      note(summary.counted === "totals" && texts.notes.totalsOnly),
      note(summary.counted === "runtimes" && counts.runtimes > 0 && texts.notes.countsSeveral),
      note(summary.unreadable > 0 && texts.notes.unreadable(summary.unreadable)),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, command, "refresh"),
        button(texts.labels.list, { kind: "list", filters: command.filters, page: 1, size: 10 }),
      ),
    ],
  });
}

function headline({ summary }: SummaryAnswer, { texts }: Setting): readonly Fact[] {
  const { counts } = summary;
  const { words } = texts;
  const fact = (label: string, value: number, colour?: Colour): Fact => ({
    label,
    value: String(value),
    colour: value > 0 ? colour : undefined,
  });
  return [
    fact(words.total, counts.runtimes),
    fact(words.running, counts.running, "green"),
    fact(words.stopped, counts.stopped),
    fact(words.other, counts.other),
    fact(words.atRisk, counts.atRisk, "orange"),
    ...riskKinds.flatMap((kind) => {
      const count = counts.risks?.[kind] ?? 0;
      return count === 0 ? [] : [fact(texts.risks[kind].short, count, kind === "agent-uninstalled" ? "red" : "orange")];
    }),
  ];
}

/** Bars beyond this many are added up as one. */
const mostSlices = 8;

function chart(answer: SummaryAnswer, facet: FacetKey, { texts }: Setting): readonly ChartBlock[] {
  const counts = answer.summary.facets[facet];
  if (counts === undefined || counts.length === 0 || answer.summary.counts.runtimes === 0) {
    return [];
  }
  const shown = counts.length > mostSlices ? counts.slice(0, mostSlices - 1) : counts;
  const rest = counts.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  const slices = shown.map((count) => slice(answer, facet, count, { texts }));
  const title = texts.facets[facet];
  return [
    {
      kind: "chart",
      // A donut shows parts of a whole: only where a runtime counts once.
      shape: facet === "status" || facet === "os" ? "donut" : "bar",
      title,
      total: answer.summary.counts.runtimes,
      slices: rest > 0 ? [...slices, { label: texts.words.other, value: rest, colour: "grey" }] : slices,
    },
  ];
}

function slice(answer: SummaryAnswer, facet: FacetKey, count: FacetCount, { texts }: Pick<Setting, "texts">): Slice {
  const filters = filtersOf(facet, count, answer.command.filters);
  return {
    label: sliceLabel(facet, count.label, texts),
    value: count.count,
    colour: sliceColour(facet, count.label),
    command: filters && print({ kind: "list", filters, page: 1, size: 10 }),
  };
}

function sliceLabel(facet: FacetKey, label: string | undefined, texts: Setting["texts"]): string {
  if (label === undefined) {
    return texts.words.none;
  }
  switch (facet) {
    case "status":
      return statusText(label, texts.desktopStatus);
    case "agent":
      return statusText(label, texts.agentStatus);
    case "channel":
      return texts.channel[label] ?? label;
    case "risk":
      return texts.risks[riskKinds.find((kind) => kind === label) ?? "model-modified"].short;
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
