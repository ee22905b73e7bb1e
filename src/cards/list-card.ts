import { type ListCommand, print } from "../commands/index.ts";
import { desktopStatuses, type FilterKey, type Listing, riskKinds } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, Colour, Fact, Picker, PickerOption, Tag } from "./card.ts";
import {
  button,
  buttons,
  card,
  nameOf,
  note,
  runtimeTable,
  type Setting,
  showCommand,
  statusText,
  text,
} from "./parts.ts";

type ListAnswer = Extract<Answer, { kind: "list" }>;

/** A page of runtimes: what matters first, then the rows, where the page stands, and where to go from here. */
export function listCard(answer: ListAnswer, setting: Setting): Card {
  const { command, listing } = answer;
  const { texts } = setting;
  const known = knownCounts(listing, command);
  const beyond = listing.page > listing.pages;
  return card(setting, {
    title: texts.words.runtimes,
    colour: listColour(listing, known),
    tags: tags(known, setting),
    command: print(command),
    blocks: [
      { kind: "facts", style: "headline", facts: facts(listing, known, setting) },
      beyond ? text(texts.notes.beyond(listing.page, listing.pages), "warning") : undefined,
      listing.total === 0 ? text(texts.notes.empty) : undefined,
      runtimeTable(listing.runtimes, texts),
      note(listing.doubles > 0 && texts.notes.doubles(listing.doubles)),
      note(listing.unreadable > 0 && texts.notes.unreadable(listing.unreadable)),
      listing.complete ? undefined : text(texts.notes.moved, "warning"),
      beyond ? undefined : pageBlock(listing, setting),
      { kind: "command", text: print(command) },
      navigation(listing, command, setting),
      { kind: "pickers", pickers: pickers(answer, setting) },
    ],
  });
}

/** A count, and whether it speaks of the whole list or only of the page that is shown. */
interface Known {
  readonly count: number;
  readonly whole: boolean;
}

interface KnownCounts {
  readonly running: Known;
  readonly atRisk: Known;
  readonly riskKnown: boolean;
  readonly serious: boolean;
}

/** What is known without a further call: a list of those at risk is at risk whole, whatever page is shown. */
function knownCounts(listing: Listing, command: ListCommand): KnownCounts {
  const { counts, total } = listing;
  const whole = listing.counted === "all";
  const { risk, status } = command.filters;
  const only = (value: number): Known => ({ count: value, whole: true });
  const atRisk = risk === undefined ? { count: counts.atRisk, whole } : only(risk[0] === "no" ? 0 : total);
  const running = status?.length === 1 ? only(status[0] === "Running" ? total : 0) : { count: counts.running, whole };
  return {
    running,
    atRisk,
    riskKnown: risk !== undefined || counts.runtimes === 0 || counts.riskUnknown < counts.runtimes,
    serious: (counts.risks?.["agent-uninstalled"] ?? 0) > 0,
  };
}

function listColour(listing: Listing, known: KnownCounts): Colour {
  if (listing.total === 0) {
    return "grey";
  }
  if (known.serious) {
    return "red";
  }
  if (known.atRisk.count > 0 || !listing.complete) {
    return "orange";
  }
  return known.riskKnown ? "green" : "blue";
}

function tags(known: KnownCounts, { texts }: Setting): readonly Tag[] {
  const label = ({ count, whole }: Known, word: string) => `${count} ${whole ? word : texts.words.onThisPage(word)}`;
  const risk: Tag = {
    text: label(known.atRisk, texts.words.atRisk.toLowerCase()),
    colour: known.serious ? "red" : "orange",
  };
  const running: Tag = { text: label(known.running, texts.words.running.toLowerCase()), colour: "green" };
  return [...(known.atRisk.count > 0 ? [risk] : []), ...(known.running.count > 0 ? [running] : [])];
}

function facts(listing: Listing, known: KnownCounts, { texts }: Setting): readonly Fact[] {
  const { words } = texts;
  const { counts } = listing;
  const fact = (label: string, { count, whole }: Known, colour?: Colour): Fact => ({
    label: whole ? label : words.onThisPage(label),
    value: String(count),
    colour: count > 0 ? colour : undefined,
  });
  const whole = listing.counted === "all";
  return [
    { label: words.total, value: String(listing.total) },
    fact(words.running, known.running, "green"),
    ...(whole ? [fact(words.stopped, { count: counts.stopped, whole })] : []),
    ...(whole && counts.other > 0 ? [fact(words.other, { count: counts.other, whole })] : []),
    ...(known.riskKnown ? [fact(words.atRisk, known.atRisk, known.serious ? "red" : "orange")] : []),
    ...riskFacts(listing, known, texts.risks),
  ];
}

/** Of which kind the risks are, where that is known of the whole list. */
function riskFacts(listing: Listing, known: KnownCounts, names: Setting["texts"]["risks"]): readonly Fact[] {
  const { risks } = listing.counts;
  if (risks === undefined || listing.counted !== "all" || known.atRisk.count === 0) {
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

function navigation(listing: Listing, command: ListCommand, { texts }: Setting): Block | undefined {
  const { labels } = texts;
  const { page, pages } = listing;
  const to = (target: number): ListCommand => ({ ...command, page: target });
  const beyond = page > pages;
  const filtered = Object.keys(command.filters).length > 0;
  return buttons(
    beyond && button(labels.lastPage, to(pages), "other", "primary"),
    page > 1 && !beyond && button(labels.previous, to(page - 1), "previous"),
    page < pages && button(labels.next, to(page + 1), "next", "primary"),
    button(labels.refresh, command, "refresh"),
    listing.total > 0 && button(labels.summary, { kind: "summary", filters: command.filters }),
    listing.total === 0 && filtered && button(labels.withoutFilters, { ...command, filters: {}, page: 1 }),
  );
}

function pickers(answer: ListAnswer, setting: Setting): readonly Picker[] {
  const { command, listing } = answer;
  const { texts } = setting;
  const details: Picker = {
    label: texts.labels.details,
    options: listing.runtimes.flatMap((runtime): PickerOption[] => {
      const show = showCommand(runtime);
      return show === undefined ? [] : [{ label: nameOf(runtime, texts), command: show, selected: false }];
    }),
  };
  return [
    ...(details.options.length > 0 ? [details] : []),
    filterPicker(command, "status", texts.pickers.status, desktopStatuses, setting, (value) =>
      statusText(value, texts.desktopStatus),
    ),
    filterPicker(command, "risk", texts.pickers.risk, ["yes", ...riskKinds, "no"], setting, (value) =>
      riskChoice(value, setting),
    ),
    filterPicker(command, "provider", texts.pickers.provider, answer.providers, setting, (value) => value),
    sizePicker(command, setting),
  ];
}

function riskChoice(value: string, { texts }: Setting): string {
  if (value === "yes" || value === "no") {
    return value === "yes" ? texts.words.atRisk : texts.words.none;
  }
  const kind = riskKinds.find((one) => one === value);
  return kind === undefined ? value : texts.risks[kind].short;
}

function filterPicker(
  command: ListCommand,
  key: FilterKey,
  label: string,
  values: readonly string[],
  { texts }: Setting,
  show: (value: string) => string,
): Picker {
  const { [key]: current, ...others } = command.filters;
  const without: ListCommand = { ...command, filters: others, page: 1 };
  const option = (chosen: readonly string[]): PickerOption => ({
    label: chosen.map(show).join(", "),
    command: print({ ...without, filters: { ...others, [key]: chosen } }),
    selected: current !== undefined && current.join() === chosen.join(),
  });
  const unlisted = current !== undefined && !(current.length === 1 && values.includes(current[0] ?? ""));
  return {
    label,
    options: [
      { label: texts.words.all, command: print(without), selected: current === undefined },
      ...(unlisted ? [option(current)] : []),
      ...values.map((value) => option([value])),
    ],
  };
}

const sizes = [5, 10, 20, 50] as const;

/** Another page size, on the page where the first row of this one stands. */
function sizePicker(command: ListCommand, { texts }: Setting): Picker {
  const first = (command.page - 1) * command.size;
  const all = [...new Set<number>([...sizes, command.size])].sort((a, b) => a - b);
  return {
    label: texts.pickers.size,
    options: all.map((size) => ({
      label: texts.perPage(size),
      command: print({ ...command, size, page: Math.floor(first / size) + 1 }),
      selected: size === command.size,
    })),
  };
}
