import { everything, print } from "../../commands/index.ts";
import type { Block, Button, Card, Colour, Fact } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import type { WatchStatus } from "../desk-views.ts";
import { button, buttons, card, note, type Setting, text } from "../parts.ts";
import { type Times, timesIn } from "../times.ts";
import { isOpen, kindColour } from "./alerted.ts";
import { alertedTable } from "./alerted-table.ts";
import { watchSection } from "./watch-section.ts";
import { noticeWord, personText } from "./words.ts";

type StatusAnswer = Extract<DeskAnswer, { kind: "watch-status" }>;

const mostOpen = 10;
const mostMutes = 20;
const mostFailed = 5;

/** How the watches of a chat are doing: what they see, what is open, what is quiet, and what has not arrived. */
export function statusCard(answer: StatusAnswer, setting: Setting): Card {
  const { command, watches, mutes, owed } = answer;
  const { texts } = setting;
  const { status } = texts.watches;
  const times = timesIn(answer.zone, setting.locale, latestScan(answer));
  return card(setting, {
    title: status.title,
    colour: statusColour(answer),
    command: print(command),
    blocks: [
      watches.length === 0 ? text(status.none) : headline(answer, setting),
      ...watches.map((watch) => watchSection(watch, times, setting, openBlocks(watch, times, setting))),
      section(status.mutes, muteFacts(answer, times, setting)),
      note(mutes.length > mostMutes && status.more(mutes.length - mostMutes)),
      owed.count > 0 && owed.since !== undefined
        ? text(status.owedSince(owed.count, times.time(owed.since)))
        : undefined,
      section(status.failed, failedFacts(answer, times, setting)),
      section(status.means, meansFacts(answer, setting)),
      note(latestScan(answer) > 0 && texts.alerts.card.times(times.day, times.offset)),
      { kind: "command", text: print(command) },
      buttons(...statusButtons(answer, setting)),
    ],
  });
}

/** What the times of the card are told by: the last scan, or else whatever is the latest. */
function latestScan({ watches, owed, failed }: StatusAnswer): number {
  const scans = watches.flatMap(({ last, lastComplete }) => [last?.at, lastComplete?.at]);
  const all = [...scans, owed.since, ...failed.map(({ madeAt }) => madeAt)];
  return Math.max(0, ...all.filter((at) => at !== undefined));
}

/** Green says that everything is watched, has arrived, and is in order; before the first scan, blue says nothing. */
function statusColour({ watches, failed }: StatusAnswer): Colour {
  if (watches.length === 0) {
    return "grey";
  }
  if (watches.some(({ open }) => open.some((one) => isOpen(one) && kindColour(one.kind) === "red"))) {
    return "red";
  }
  const wrong = watches.some(
    ({ total, paused, blindSince }) => total > 0 || paused !== undefined || blindSince !== undefined,
  );
  if (wrong || failed.length > 0) {
    return "orange";
  }
  return watches.every(({ lastComplete }) => lastComplete !== undefined) ? "green" : "blue";
}

function headline({ watches, owed }: StatusAnswer, { texts }: Setting): Block {
  const { status } = texts.watches;
  const open = watches.reduce((sum, { total }) => sum + total, 0);
  return {
    kind: "facts",
    style: "headline",
    facts: [
      { label: status.open(open), value: String(open), colour: open > 0 ? "orange" : undefined },
      ...(owed.count > 0 ? [{ label: status.owed, value: String(owed.count) }] : []),
    ],
  };
}

/** Some of what is open, and how many more there are. */
function openBlocks({ open, total }: WatchStatus, times: Times, { texts }: Setting): readonly (Block | undefined)[] {
  const shown = open.slice(0, mostOpen);
  return [
    alertedTable(shown, { texts, times, showsUsers: false }),
    note(total > shown.length && texts.alerts.over.more(total - shown.length)),
  ];
}

function muteFacts({ mutes }: StatusAnswer, { time }: Times, { texts }: Setting): readonly Fact[] {
  const { status } = texts.watches;
  return mutes.slice(0, mostMutes).map(({ target, label, until, by }) => ({
    label: target === everything ? status.everything : clip(label || target || "–", lengths.label),
    value: status.mute(time(until), personText(by)),
  }));
}

function failedFacts({ failed }: StatusAnswer, { time }: Times, { texts }: Setting): readonly Fact[] {
  return failed.slice(0, mostFailed).map((notice) => ({
    label: `${time(notice.madeAt)} ${noticeWord(notice, texts)}`,
    value: clip(notice.reason ?? "", lengths.cell) || "–",
  }));
}

/** How often is scanned, and what is left of what may be used in a month. */
function meansFacts({ watches, interval, calls, pushes }: StatusAnswer, { locale, texts }: Setting): readonly Fact[] {
  const { status, every, budgetUsed } = texts.watches;
  const number = new Intl.NumberFormat(locale);
  const used = (budget: StatusAnswer["calls"]) =>
    budgetUsed(number.format(budget.used), budget.of === 0 ? undefined : number.format(budget.of));
  return [
    ...(watches.length === 0 ? [] : [{ label: status.interval, value: every(texts.alerts.duration(interval)) }]),
    { label: status.calls, value: used(calls) },
    { label: status.pushes, value: used(pushes) },
  ];
}

function section(title: string, facts: readonly Fact[]): Block | undefined {
  return facts.length === 0
    ? undefined
    : { kind: "section", title, collapsed: false, blocks: [{ kind: "facts", style: "list", facts }] };
}

/** A watch of the configuration cannot be turned off in a chat. */
function statusButtons({ command, watches, mutes }: StatusAnswer, { texts }: Setting): readonly (Button | false)[] {
  const { labels } = texts.alerts;
  const own = watches.some(({ watch }) => watch.origin === "command");
  return [
    button(texts.labels.refresh, command, "refresh"),
    !own && button(labels.watch, { kind: "alerts-on", filters: {}, preview: false }),
    watches.length > 0 && button(labels.test, { kind: "alerts-test" }),
    mutes.length > 0 && button(labels.unmuteAll, { kind: "alerts-unmute", target: everything }),
    own && button(labels.off, { kind: "alerts-off" }, "other", "danger"),
  ];
}
