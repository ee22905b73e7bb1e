import { type ListCommand, print } from "../commands/index.ts";
import { type Listing, riskKinds } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, Colour, Fact, Tag } from "./card.ts";
import { type Known, type KnownCounts, knownCounts } from "./list-counts.ts";
import { listPickers } from "./list-pickers.ts";
import { button, buttons, card, note, type Setting, tag, text } from "./parts.ts";
import { runtimeTable } from "./runtime-row.ts";

/** A page of runtimes: what matters first, then the rows, where the page stands, and where to go from here. */
export function listCard(answer: Extract<Answer, { kind: "list" }>, setting: Setting): Card {
  const { command, listing, showsUsers } = answer;
  const { texts } = setting;
  const { notes } = texts;
  const known = knownCounts(listing, command);
  const beyond = isBeyond(listing);
  return card(setting, {
    title: texts.words.runtimes,
    colour: listColour(listing, known),
    tags: tags(known, setting),
    command: print(command),
    blocks: [
      { kind: "facts", style: "headline", facts: facts(listing, known, setting) },
      beyond ? text(notes.beyond(listing.page, listing.pages), "warning") : undefined,
      listing.total === 0 && !beyond ? text(notes.empty) : undefined,
      note(answer.nothingAtAll === true && notes.nothingAtAll),
      runtimeTable(listing.runtimes, { texts, showsUsers }),
      note(known.riskUnknown > 0 && notes.riskUnknown(known.riskUnknown)),
      note(listing.doubles > 0 && notes.doubles(listing.doubles)),
      note(listing.unreadable > 0 && notes.unreadable(listing.unreadable)),
      listing.complete ? undefined : text(notes.moved, "warning"),
      beyond ? undefined : pageBlock(listing, setting),
      { kind: "command", text: print(command) },
      navigation(answer, setting),
      { kind: "pickers", pickers: listPickers(answer, texts) },
    ],
  });
}

function isBeyond({ page, pages }: Listing): boolean {
  return page > pages;
}

/** Green says that nothing is at risk, and so only of a list that is known whole; of a part of it blue says nothing. */
function listColour(listing: Listing, known: KnownCounts): Colour {
  if (listing.total === 0 || isBeyond(listing)) {
    return "grey";
  }
  if (known.serious) {
    return "red";
  }
  if (known.atRisk.count > 0 || !listing.complete || listing.unreadable > 0) {
    return "orange";
  }
  return known.atRisk.whole && known.riskUnknown === 0 ? "green" : "blue";
}

function tags(known: KnownCounts, { texts }: Setting): readonly Tag[] {
  const { words } = texts;
  const label = ({ count, whole }: Known, word: string) => texts.counted(count, word, whole ? "list" : "page");
  return [
    ...(known.atRisk.count > 0 ? [tag(label(known.atRisk, words.atRisk), known.serious ? "red" : "orange")] : []),
    ...(known.running.count > 0 ? [tag(label(known.running, words.running), "green")] : []),
  ];
}

/** How many there are, how many run, how many are at risk and of which kind: as far as one call tells. */
function facts(listing: Listing, known: KnownCounts, { texts }: Setting): readonly Fact[] {
  const { words } = texts;
  const total: Fact = { label: words.total(listing.total), value: String(listing.total) };
  if (listing.total === 0 || (listing.counts.runtimes === 0 && listing.counted === "page")) {
    return [total];
  }
  const fact = (label: string, { count, whole }: Known, colour?: Colour): Fact => ({
    label: whole ? label : words.onThisPage(label),
    value: String(count),
    colour: count > 0 ? colour : undefined,
  });
  const { running, stopped, other, oneStatus, atRisk, riskKnown, serious } = known;
  return [
    total,
    ...(running.count > 0 || !oneStatus ? [fact(words.running, running, "green")] : []),
    ...(stopped.count > 0 && stopped.whole ? [fact(words.stopped, stopped)] : []),
    ...(other.count > 0 && other.whole && !oneStatus ? [fact(words.other, other)] : []),
    ...(riskKnown ? [fact(words.atRisk, atRisk, serious ? "red" : "orange")] : []),
    ...riskFacts(listing, texts.risks),
  ];
}

/** Of which kind the risks are, where that is known of the whole list. */
function riskFacts(listing: Listing, names: Setting["texts"]["risks"]): readonly Fact[] {
  const { risks } = listing.counts;
  if (risks === undefined || listing.counted !== "all") {
    return [];
  }
  return riskKinds
    .filter((kind) => risks[kind] > 0)
    .map((kind) => ({
      label: names[kind].short,
      value: String(risks[kind]),
      colour: kind === "agent-uninstalled" ? "red" : "orange",
    }));
}

function pageBlock({ page, pages, total }: Listing, { texts }: Setting): Block {
  return { kind: "page", page, pages, total, text: texts.page(page, pages, total) };
}

function navigation(
  { listing, command, canExport }: Extract<Answer, { kind: "list" }>,
  { texts }: Setting,
): Block | undefined {
  const { labels } = texts;
  const { page, pages } = listing;
  const to = (target: number): ListCommand => ({ ...command, page: target });
  const beyond = isBeyond(listing);
  const filtered = Object.keys(command.filters).length > 0;
  return buttons(
    beyond && button(labels.lastPage, to(pages), "other", "primary"),
    page > 1 && !beyond && button(labels.previous, to(page - 1), "previous"),
    page < pages && button(labels.next, to(page + 1), "next", "primary"),
    button(labels.refresh, command, "refresh"),
    canExport && listing.total > 0 && button(labels.export, { kind: "export", filters: command.filters }),
    listing.total > 0 && button(labels.summary, { kind: "summary", filters: command.filters }),
    listing.total === 0 && filtered && button(labels.withoutFilters, { ...command, filters: {}, page: 1 }),
  );
}
