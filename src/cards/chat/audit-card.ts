import { type AuditCommand, limits, print } from "../../commands/index.ts";
import type { AuditCounts, AuditLine, AuditOutcome } from "../audit-views.ts";
import type { Block, Card, Colour, Fact, Picker, Row } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { askable, button, buttons, card, type Setting, tag, text } from "../parts.ts";
import { durationsIn } from "../texts/duration.ts";
import type { Texts } from "../texts/index.ts";
import { type Times, timesIn } from "../times.ts";

type AuditAnswer = Extract<DeskAnswer, { kind: "audit" }>;

/** Who did what in a chat, newest first, a page a card. */
export function auditCard(answer: AuditAnswer, setting: Setting): Card {
  const { command, counts, entries, zone, kept } = answer;
  const { texts, locale } = setting;
  const times = timesIn(zone, locale, entries[0]?.at ?? 0);
  return card(setting, {
    title: texts.audit.title,
    colour: counts.entries === 0 ? "grey" : counts.refused > 0 ? "orange" : "blue",
    tags: counts.refused > 0 ? [tag(`${atLeast(counts.refused, counts)} ${texts.audit.refused}`, "orange")] : [],
    command: print(command),
    blocks: [
      { kind: "facts", style: "headline", facts: facts(answer, texts) },
      ...(entries.length === 0 ? nothingBlocks(answer, texts) : [table(answer, texts, times)]),
      ...(entries.length === 0
        ? []
        : [pageBlock(answer, texts), text(texts.audit.times(times.day, times.offset), "small")]),
      kept === 0 || entries.length === 0 ? undefined : text(keptText(answer, setting), "small"),
      { kind: "command", text: print(command) },
      navigation(answer, texts),
      { kind: "pickers", pickers: [daysPicker(answer, texts), ...whoPicker(answer, texts)] },
    ],
  });
}

function facts({ counts }: AuditAnswer, { audit }: Texts): readonly Fact[] {
  const { entries, people, refused } = counts;
  return [
    { label: audit.entries(entries), value: atLeast(entries, counts) },
    { label: audit.people(people), value: atLeast(people, counts) },
    { label: audit.refused, value: atLeast(refused, counts), colour: refused > 0 ? "orange" : undefined },
  ];
}

/** A number as it is, or as the least that it can be. */
const atLeast = (count: number, { more = false }: AuditCounts): string => (more ? `${count}+` : String(count));

function nothingBlocks({ counts, kept }: AuditAnswer, { audit }: Texts): readonly Block[] {
  if (kept === 0) {
    return [text(audit.off.happened, "warning"), text(audit.off.todo)];
  }
  return [text(counts.entries > 0 ? audit.beyond : audit.none)];
}

function keptText({ command, kept }: AuditAnswer, { texts, locale }: Setting): string {
  const { kept: all, keptOnly } = texts.audit;
  return (command.days * day > kept ? keptOnly : all)(durationsIn(locale)(kept));
}

const day = 24 * 60 * 60_000;

const colours: Readonly<Partial<Record<AuditOutcome, Colour>>> = {
  refused: "orange",
  failed: "red",
  bad: "grey",
  late: "orange",
};

function table({ entries }: AuditAnswer, texts: Texts, times: Times): Block {
  const { when, who, what, outcome } = texts.audit.columns;
  return {
    kind: "table",
    columns: [
      { key: "when", label: when, weight: 2 },
      { key: "who", label: who, weight: 2 },
      { key: "what", label: what, weight: 5 },
      { key: "outcome", label: outcome, weight: 3 },
    ],
    rows: entries.map((entry) => row(entry, texts, times)),
  };
}

function row(entry: AuditLine, texts: Texts, times: Times): Row {
  const when = times.time(entry.at);
  const who = clip(nameOf(entry, texts), lengths.label);
  return {
    cells: [
      { text: when },
      { text: who },
      { text: clip(whatText(entry, texts), lengths.cell) },
      { text: clip(outcomeText(entry, texts, times), lengths.cell), colour: colours[entry.outcome] },
    ],
    // What is in an audit is not done again by touching it.
    command: undefined,
    label: clip(`${when} ${who}`, lengths.label),
  };
}

function nameOf({ who, how }: AuditLine, { audit }: Texts): string {
  const nobody = how === "configuration" ? audit.nobody.configuration : audit.nobody.unknown;
  return who.name ?? (who.id === "" ? nobody : who.id);
}

function whatText({ text: typed, how, detail }: AuditLine, { audit }: Texts): string {
  if (detail?.kind === "joined" || detail?.kind === "left") {
    return audit.detail(detail, undefined);
  }
  const shown = typed ?? audit.concealed;
  return how === "pressed" ? `${shown} · ${audit.how.pressed}` : shown;
}

function outcomeText({ outcome, detail }: AuditLine, { audit }: Texts, times: Times): string {
  if (detail === undefined || detail.kind === "joined" || detail.kind === "left") {
    return audit.outcomes[outcome];
  }
  const until = detail.kind === "quieted" && detail.until !== undefined ? times.time(detail.until) : undefined;
  return `${audit.outcomes[outcome]} · ${audit.detail(detail, until)}`;
}

/** A list that was begun holds what it held then: what was written since is told apart. */
function pageBlock({ command: { page, size }, entries, older, counts }: AuditAnswer, { audit }: Texts): Block {
  const pages = page + Math.ceil(older / size);
  if (counts.more === true) {
    return { kind: "page", page, pages, total: counts.entries, text: audit.pageOfMany(page, counts.entries) };
  }
  const before = counts.entries - entries.length - older;
  const newer = Math.max(0, before - (page - 1) * size);
  const total = counts.entries - newer;
  return { kind: "page", page, pages, total, text: audit.page({ page, pages, total, newer }) };
}

/** Pages begin at entries and not at counts, so that what is written meanwhile moves nothing. */
function navigation({ command, newer, next, entries }: AuditAnswer, { labels, audit }: Texts): Block | undefined {
  const { until: _, ...fresh } = command;
  const { page, size } = command;
  const before = newer[Math.min(size, newer.length) - 1];
  const isMoved = page > 1 || command.until !== undefined;
  return buttons(
    page > 1 &&
      entries.length > 0 &&
      before !== undefined &&
      button(labels.previous, { ...fresh, page: page - 1, until: before }, "previous"),
    next !== undefined &&
      page < limits.page &&
      button(labels.next, { ...fresh, page: page + 1, until: next }, "next", "primary"),
    button(labels.refresh, command, "refresh"),
    isMoved && button(audit.newest, { ...fresh, page: 1 }, "other", entries.length === 0 ? "primary" : "default"),
    button(labels.help, { kind: "help", topic: "audit" }),
  );
}

/** The same from the newest on, of other days or people. */
function anew({ days, users, size }: AuditCommand): AuditCommand {
  return { kind: "audit", days, size, page: 1, ...(users !== undefined && { users }) };
}

function daysPicker({ command, kept }: AuditAnswer, { audit }: Texts): Picker {
  const most = Math.min(limits.auditDays, Math.max(1, Math.floor(kept / day)));
  const choices = [...new Set([1, 7, 30, most, command.days])].filter((days) => days <= most || days === command.days);
  return {
    label: audit.days,
    options: choices
      .toSorted((one, other) => one - other)
      .map((days) => ({
        label: audit.dayCount(days),
        command: print(anew({ ...command, days })),
        selected: days === command.days,
      })),
  };
}

/** Everybody, or one of those who did the most. */
function whoPicker({ command, people }: AuditAnswer, { audit }: Texts): readonly Picker[] {
  const { users: chosen, ...all } = anew(command);
  const options = people.flatMap(({ id, name, count }) => {
    const asked = askable({ ...all, users: [id] });
    const label = clip(`${name ?? id} · ${count}`, lengths.label);
    return asked === undefined ? [] : [{ label, command: asked, selected: chosen?.length === 1 && chosen[0] === id }];
  });
  const everybody = { label: audit.everybody, command: print(all), selected: chosen === undefined };
  return options.length === 0 ? [] : [{ label: audit.who, options: [everybody, ...options] }];
}
