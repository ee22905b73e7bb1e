import type { Card } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { notice } from "../message-card.ts";
import { button, buttons, card, note, type Setting, text } from "../parts.ts";
import type { Texts } from "../texts/index.ts";
import { timesIn } from "../times.ts";
import { readText } from "./pressable.ts";
import { personText, troubleText } from "./words.ts";

type Of<Kind extends DeskAnswer["kind"]> = Extract<DeskAnswer, { kind: Kind }>;

function statusButton({ alerts: { labels } }: Texts) {
  return button(labels.status, { kind: "alerts-status" });
}

/** No scan was complete for some time: silence says nothing now. */
export function blindCard({ zone, since, reason }: Of<"blind">, setting: Setting): Card {
  const { texts } = setting;
  const { title, happened, todo } = texts.alerts.blind(timesIn(zone, setting.locale, since).dated(since));
  return card(setting, {
    title,
    colour: "orange",
    blocks: [
      text(happened, "strong"),
      text(todo),
      note(reason !== "" && texts.alerts.because(troubleText(reason, texts))),
      buttons(statusButton(texts)),
    ],
  });
}

export function sightCard({ zone, since, until }: Of<"sight">, setting: Setting): Card {
  const { texts, locale } = setting;
  const { dated, time } = timesIn(zone, locale, since);
  const { sight, duration } = texts.alerts;
  return notice(setting, {
    ...sight(dated(since), time(until), duration(until - since)),
    colour: "green",
    buttons: buttons(statusButton(texts)),
  });
}

/** A watch that stands still, and how it goes on. */
export function pausedCard({ why, filter }: Of<"watch-paused">, setting: Setting): Card {
  const { texts } = setting;
  const { title, happened, todo } = texts.alerts.paused[why];
  const again = readText(`/alerts on ${filter}`);
  return card(setting, {
    title,
    colour: "orange",
    blocks: [
      text(happened, "strong"),
      text(todo),
      note(texts.alerts.card.watch(clip(filter, lengths.cell))),
      buttons(again !== undefined && button(texts.alerts.labels.watch, again, "other", "primary"), statusButton(texts)),
    ],
  });
}

/** What is left out to stay within what may be used in a month. */
export function budgetCard({ what, used, of, interval }: Of<"budget">, setting: Setting): Card {
  const { texts } = setting;
  const { budget, duration } = texts.alerts;
  const advice = {
    "calls-optional": budget.callsOptional,
    "calls-slower": budget.callsSlower(duration(interval)),
    "pushes-optional": budget.pushesOptional,
    "pushes-spent": budget.pushesSpent,
  }[what];
  const number = new Intl.NumberFormat(setting.locale);
  const kind = what === "calls-optional" || what === "calls-slower" ? "calls" : "pushes";
  return card(setting, {
    title: budget.title[kind],
    colour: what === "pushes-spent" ? "red" : "orange",
    blocks: [
      text(advice.happened, "strong"),
      text(advice.todo),
      note(texts.watches.budgetUsed(number.format(used), of === 0 ? undefined : number.format(of))),
      buttons(statusButton(texts)),
    ],
  });
}

/** What somebody asked for, to see that it arrives. */
export function testCard({ zone, by, at }: Of<"alert-test">, setting: Setting): Card {
  const { test } = setting.texts.alerts;
  const times = timesIn(zone, setting.locale, at);
  return card(setting, {
    title: test.title,
    colour: "blue",
    blocks: [
      text(test.arrives, "strong"),
      text(test.asked(personText(by), times.dated(at), times.offset)),
      buttons(statusButton(setting.texts)),
    ],
  });
}

export function testBegunCard({ command }: Of<"alert-test-begun">, setting: Setting): Card {
  const { texts } = setting;
  return notice(setting, {
    ...texts.alerts.test.begun,
    colour: "blue",
    command,
    buttons: buttons(statusButton(texts)),
  });
}
