import { type AlertsOnCommand, defaultSize, print } from "../../commands/index.ts";
import type { Block, Button, Card, Colour, Fact } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { notice } from "../message-card.ts";
import { button, buttons, card, type Setting, text } from "../parts.ts";

type Watching = Extract<DeskAnswer, { kind: "watching" }>;

/** What a watch matches now, what it tells and how often: of one that was saved, or that somebody only looks at. */
export function watchingCard(answer: Watching, setting: Setting): Card {
  const { command, saved, now } = answer;
  const { texts } = setting;
  const { watching } = texts.watches;
  return card(setting, {
    title: watching.title[saved],
    colour: colour(answer),
    command: print(command),
    blocks: [
      nowBlock(answer, setting),
      now.ok
        ? undefined
        : text(`${watching.unanswered(saved === "preview")} ${texts.failure(now.failure).happened}`, "warning"),
      ...sayings(answer, setting).map((one) => text(one)),
      { kind: "facts", style: "list", facts: facts(answer, setting) },
      { kind: "command", text: print(command) },
      buttons(...watchingButtons(answer, setting)),
    ],
  });
}

function colour({ now, saved }: Watching): Colour {
  if (!now.ok) {
    return "orange";
  }
  return saved === "preview" ? "blue" : now.atRisk > 0 ? "orange" : "green";
}

function nowBlock({ now }: Watching, { texts }: Setting): Block | undefined {
  if (!now.ok) {
    return undefined;
  }
  const { words } = texts;
  const atRisk: Fact = {
    label: words.atRisk,
    value: String(now.atRisk),
    colour: now.atRisk > 0 ? "orange" : undefined,
  };
  return {
    kind: "facts",
    style: "headline",
    facts: [{ label: words.total(now.total), value: String(now.total) }, atRisk],
  };
}

/** What comes next. */
function sayings({ saved, ended }: Watching, { texts }: Setting): readonly string[] {
  const { watching } = texts.watches;
  switch (saved) {
    case "new":
      return [watching.summary];
    case "edited":
      return [watching.goOn, ...(ended > 0 ? [watching.ended(ended)] : [])];
    case "preview":
      return [watching.previewed];
  }
}

function facts(answer: Watching, { texts }: Setting): readonly Fact[] {
  const { kinds, interval, hold, repeat, resolved, groupLimit } = answer;
  const { watching, every } = texts.watches;
  const { duration } = texts.alerts;
  return [
    { label: watching.filter, value: filterText(answer.command) || watching.everything },
    { label: watching.kinds, value: texts.together(kinds.map((kind) => texts.risks[kind].short)) || texts.words.none },
    { label: watching.interval, value: every(duration(interval)) },
    { label: watching.hold, value: hold > 0 ? watching.held(duration(hold)) : watching.atOnce },
    { label: watching.reminders, value: repeat > 0 ? every(duration(repeat)) : watching.never },
    { label: watching.end, value: resolved ? watching.told : watching.untold },
    { label: watching.limit, value: watching.named(groupLimit) },
  ];
}

/** The filters of the watch as they stand in its command; empty for everything. */
function filterText(command: AlertsOnCommand): string {
  const everything = print({ kind: "alerts-on", filters: {}, preview: false });
  return clip(
    print({ ...command, preview: false })
      .slice(everything.length)
      .trim(),
    lengths.value,
  );
}

function watchingButtons({ command, saved }: Watching, { texts }: Setting): readonly Button[] {
  const { labels } = texts.alerts;
  const { view, filters } = command;
  if (saved === "preview") {
    const list = { kind: "list", view, filters, page: 1, size: defaultSize } as const;
    return [button(labels.watch, { ...command, preview: false }, "other", "primary"), button(texts.labels.list, list)];
  }
  return [
    button(labels.status, { kind: "alerts-status" }),
    button(labels.test, { kind: "alerts-test" }),
    button(labels.off, { kind: "alerts-off" }, "other", "danger"),
  ];
}

/** A watch on what is not at risk would never say anything. */
export function unwatchableCard({ command }: Extract<DeskAnswer, { kind: "unwatchable" }>, setting: Setting): Card {
  const { texts } = setting;
  const { risk, "risk-info": riskInfo, ...filters } = command.filters;
  const mended = risk === undefined && riskInfo === undefined ? undefined : { ...command, filters };
  return notice(setting, {
    ...texts.watches.unwatchable,
    colour: "orange",
    command,
    buttons: buttons(
      mended && button(texts.watches.withoutRisk, mended, "other", "primary"),
      button(texts.labels.help, { kind: "help", topic: "alerts" }),
    ),
  });
}

/** The watch of a chat is over, or there was none. */
export function watchOffCard(answer: Extract<DeskAnswer, { kind: "watch-off" }>, setting: Setting): Card {
  const { command, was, configured } = answer;
  const { texts } = setting;
  const { off } = texts.watches;
  const { title, happened, todo } = was ? off.was : off.wasNot;
  return card(setting, {
    title,
    colour: was ? "blue" : "grey",
    command: print(command),
    blocks: [
      text(happened, "strong"),
      text(todo),
      configured > 0 ? text(off.configured(configured)) : undefined,
      { kind: "command", text: print(command) },
      buttons(button(texts.alerts.labels.status, { kind: "alerts-status" })),
    ],
  });
}
