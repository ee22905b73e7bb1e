import { everything, muteTimes, parseFilters } from "../../commands/index.ts";
import { type RiskKind, riskKinds } from "../../fleet/index.ts";
import type { Block, Button, Card, Colour, Fact, Tag, TextBlock } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import type { Alerted } from "../desk-views.ts";
import { askable, button, buttons, card, note, type Setting, tag, text } from "../parts.ts";
import { type Times, timesIn } from "../times.ts";
import { among, endedColour, isOpen, kindColour } from "./alerted.ts";
import { alertedTable } from "./alerted-table.ts";
import { detailsOf, pressable } from "./pressable.ts";

type AlertAnswer = Extract<DeskAnswer, { kind: "alert" }>;

const mostShared = 3;
const mostPeople = 20;

/** Runtimes at risk: which, since when, what was changed, what they have in common, and what can be done about it. */
export function alertCard(answer: AlertAnswer, setting: Setting): Card {
  const { runtimes, open, did, kinds, showsUsers, named = runtimes.length } = answer;
  const { texts } = setting;
  const { card: words } = texts.alerts;
  const times = timesIn(answer.zone, setting.locale, latest(runtimes));
  return card(setting, {
    title: title(answer, setting),
    colour: open > 0 ? openColour(answer) : endedColour(runtimes),
    tags: tags(answer, setting),
    command: askable({ kind: "alerts-show", alert: answer.id, page: answer.page }),
    blocks: [
      did && text(words.did(did.what, did.count, mutedUntil(did.what, runtimes, times))),
      kindFacts(kinds, open > 0, setting),
      alertedTable(runtimes.slice(0, named), { texts, times, showsUsers }),
      note(named < runtimes.length && words.left(runtimes.length - named)),
      ...(open > 0 ? advice(answer, setting) : []),
      pageBlock(answer, setting),
      note(answer.mayRepeat && words.mayRepeat),
      watchNote(answer.watch.filter, times, setting),
      buttons(...alertButtons(answer, setting)),
    ],
  });
}

/** The last time on the card at which a risk began: what is shown without a day is of this one. */
export function latest(alerted: readonly Alerted[]): number {
  return alerted.reduce((last, { since }) => Math.max(last, since), 0);
}

/** Which watch tells this, and what day and zone its times are of. */
export function watchNote(filter: string, { day, offset }: Times, { texts }: Setting): TextBlock | undefined {
  const { card: words } = texts.alerts;
  return note(`${words.watch(clip(filter, lengths.cell))} · ${words.times(day, offset)}`);
}

function title({ reason, open, total, counted }: AlertAnswer, { texts }: Setting): string {
  const { card: words } = texts.alerts;
  if (open === 0) {
    return reason === "passed" ? words.passed(counted.all) : words.ended(total);
  }
  return words.title(reason, counted.open, counted.all);
}

function openColour(answer: AlertAnswer): Colour {
  return isOpenKind("agent-uninstalled", answer) ? "red" : "orange";
}

/** Whether a kind of risk is open. Of other pages it is known only that some are, and what kinds there were. */
function isOpenKind(kind: RiskKind, { runtimes, open, kinds }: AlertAnswer): boolean {
  const here = runtimes.filter(isOpen);
  return here.some((one) => one.kind === kind) || (open > here.length && (kinds[kind] ?? 0) > 0);
}

/** What a glance at the head of the card says: that somebody is at it. */
function tags({ runtimes, open }: AlertAnswer, { texts }: Setting): readonly Tag[] {
  const here = runtimes.filter(isOpen);
  const acked = here.length > 0 && here.length === open && here.every(({ acked }) => acked !== undefined);
  return acked ? [tag(texts.alerts.labels.acknowledged, "blue")] : [];
}

function mutedUntil(what: string, runtimes: readonly Alerted[], { time }: Times): string | undefined {
  const until = runtimes.flatMap(({ mutedUntil: one }) => (one === undefined ? [] : [one]));
  return what !== "muted" || until.length === 0 ? undefined : time(Math.max(...until));
}

/** How many there are of each kind. */
function kindFacts(kinds: AlertAnswer["kinds"], coloured: boolean, { texts }: Setting): Block | undefined {
  const facts = riskKinds.flatMap((kind): Fact[] => {
    const count = kinds[kind] ?? 0;
    const colour = coloured ? kindColour(kind) : undefined;
    return count === 0 ? [] : [{ label: texts.risks[kind].short, value: String(count), colour }];
  });
  return facts.length === 0 ? undefined : { kind: "facts", style: "headline", facts };
}

/** What the runtimes have in common, what to do about each kind of risk, and who is to know. */
function advice(answer: AlertAnswer, { texts }: Setting): readonly (Block | undefined)[] {
  const { owners } = answer;
  const { card: words } = texts.alerts;
  const shared = unasked(answer)
    .slice(0, mostShared)
    .map(({ facet, value, count, of }) => words.shared(facet, clip(value, among), count, of));
  const facts = riskKinds
    .filter((kind) => isOpenKind(kind, answer))
    .map((kind) => ({ label: texts.risks[kind].short, value: texts.risks[kind].todo }));
  const people = owners.slice(0, mostPeople).map(({ name, id }) => ({ name: clip(name, lengths.label), id }));
  return [
    shared.length === 0 ? undefined : text(words.common(shared)),
    facts.length === 0
      ? undefined
      : { kind: "section", title: words.todo, collapsed: false, blocks: [{ kind: "facts", style: "list", facts }] },
    people.length === 0 ? undefined : { kind: "people", label: words.people, people },
  ];
}

/** What runtimes have in common beyond what their watch asks for, which they all have. */
function unasked({ common, watch }: AlertAnswer): AlertAnswer["common"] {
  const asked = parseFilters(watch.filter);
  return asked.ok ? common.filter(({ facet }) => asked.filters[facet]?.length !== 1) : common;
}

function pageBlock({ page, pages, total }: AlertAnswer, { texts }: Setting): Block | undefined {
  return pages > 1 ? { kind: "page", page, pages, total, text: texts.alerts.card.page(page, pages, total) } : undefined;
}

function alertButtons(answer: AlertAnswer, { texts }: Setting): readonly (Button | false | undefined)[] {
  const { id, runtimes, page, pages } = answer;
  const { labels } = texts;
  const turnTo = (target: number) => ({ kind: "alerts-show", alert: id, page: target }) as const;
  const details = detailsOf(runtimes.map(({ runtime }) => runtime));
  return [
    ...quietButtons(answer, texts),
    page > 1 && pressable(labels.previous, turnTo(page - 1), "previous"),
    page < pages && pressable(labels.next, turnTo(page + 1), "next"),
    details !== undefined && button(labels.details, details, "details"),
    pressable(texts.alerts.labels.why, { kind: "why", target: id }),
  ];
}

/** What can be made quieter, of all pages. */
function quietButtons(
  { id, runtimes, open }: AlertAnswer,
  { alerts: { labels } }: Setting["texts"],
): readonly (Button | false | undefined)[] {
  const here = runtimes.filter(isOpen);
  const elsewhere = open > here.length;
  const muted = here.filter((one) => one.mutedUntil !== undefined);
  const allMuted = here.some(({ mutedBy }) => mutedBy === "everything");
  const loud = !allMuted && (elsewhere || muted.length < here.length);
  const unanswered = elsewhere || here.some(({ acked }) => acked === undefined);
  return [
    open > 0 && unanswered && pressable(labels.acknowledge, { kind: "alerts-ack", target: id }, "other", "primary"),
    open > 0 && loud && pressable(labels.mute, { kind: "alerts-mute", target: id, for: muteTimes.usual }),
    allMuted && button(labels.unmuteAll, { kind: "alerts-unmute", target: everything }),
    muted.length > 0 && !allMuted && pressable(labels.unmute, { kind: "alerts-unmute", target: id }),
  ];
}
