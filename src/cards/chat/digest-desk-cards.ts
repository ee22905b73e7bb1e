import { print, printDays, printTime, type Weekday, weekdays } from "../../commands/index.ts";
import type { Card, Fact } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import type { DigestView } from "../desk-views.ts";
import { notice } from "../message-card.ts";
import { askable, button, buttons, card, note, type Setting, text } from "../parts.ts";
import type { Texts } from "../texts/index.ts";
import { timesIn } from "../times.ts";
import { filtersOf } from "./filters.ts";

type Of<Kind extends DeskAnswer["kind"]> = Extract<DeskAnswer, { kind: Kind }>;

/** A digest that was set up or changed: when it comes, of what, and how to end it. */
export function digestSetCard({ command, digest, next, edited }: Of<"digest-set">, setting: Setting): Card {
  const { texts } = setting;
  const words = texts.chat.digest;
  return card(setting, {
    title: edited ? words.set.edited : words.set.new,
    colour: "green",
    command: print(command),
    blocks: [
      {
        kind: "facts",
        style: "list",
        facts: [...planFacts(digest, texts), timeFact(words.next, next, digest, setting)],
      },
      { kind: "command", text: print(command) },
      buttons(
        button(words.status, { kind: "digest-status" }),
        nowButton(digest, texts),
        button(words.off, { kind: "digest-off" }, "other", "danger"),
      ),
    ],
  });
}

export function digestOffCard({ command, was }: Of<"digest-off">, setting: Setting): Card {
  const { texts } = setting;
  return notice(setting, {
    ...(was ? texts.chat.digest.ended : texts.chat.digest.none),
    colour: was ? "blue" : "grey",
    command,
    buttons: buttons(button(texts.labels.help, { kind: "help", topic: "digest" })),
  });
}

/** How the digest of a chat is doing. */
export function digestStatusCard(answer: Of<"digest-status">, setting: Setting): Card {
  const { command, digest, next, last, skipped, paused } = answer;
  const { texts } = setting;
  const words = texts.chat.digest;
  if (digest === undefined) {
    return noDigestCard(answer, setting);
  }
  const times = [
    ...(next === undefined || paused !== undefined ? [] : [timeFact(words.next, next, digest, setting)]),
    ...(last === undefined ? [] : [timeFact(words.last, last, digest, setting)]),
  ];
  const { dated } = timesIn(digest.zone, setting.locale, next ?? last ?? 0);
  return card(setting, {
    title: words.statusTitle,
    colour: paused === undefined ? "green" : "orange",
    command: print(command),
    blocks: [
      paused === undefined ? undefined : text(words.paused[paused], "warning"),
      { kind: "facts", style: "list", facts: [...planFacts(digest, texts), ...times] },
      note(skipped.length > 0 && words.skipped(skipped.map(dated))),
      { kind: "command", text: print(command) },
      buttons(
        button(texts.labels.refresh, command, "refresh"),
        nowButton(digest, texts),
        button(words.off, { kind: "digest-off" }, "other", "danger"),
      ),
    ],
  });
}

function noDigestCard({ command }: Of<"digest-status">, setting: Setting): Card {
  const { texts } = setting;
  const { none, example } = texts.chat.digest;
  const workdays = weekdays.slice(0, 5);
  return notice(setting, {
    ...none,
    colour: "grey",
    command,
    buttons: buttons(
      button(example, { kind: "digest-on", filters: {}, at: 9 * 60, days: workdays }),
      button(texts.labels.help, { kind: "help", topic: "digest" }),
    ),
  });
}

function planFacts({ at, days, zone, filter }: DigestView, texts: Texts): readonly Fact[] {
  const { digest, everything } = texts.chat;
  return [
    { label: digest.when, value: digest.at(printTime(at), daysText(days, texts)) },
    { label: digest.zone, value: clip(zone, lengths.label) },
    { label: digest.list, value: clip(filter, lengths.value) || everything },
  ];
}

/** Days as people say them: "Mon–Fri, Sun". */
function daysText(days: readonly Weekday[], { chat, together }: Texts): string {
  if (days.length === weekdays.length) {
    return chat.everyDay;
  }
  const name = (day: string | undefined): string => {
    const known = weekdays.find((one) => one === day);
    return known === undefined ? "" : chat.weekdays[known];
  };
  const runs = printDays(days).split(",");
  return together(
    runs.map((run) => {
      const [first, last] = run.split("-");
      return last === undefined ? name(first) : chat.daysFrom(name(first), name(last));
    }),
  );
}

function timeFact(label: string, at: number, { zone }: DigestView, { locale }: Setting): Fact {
  const { dated, offset } = timesIn(zone, locale, at);
  return { label, value: offset === "" ? dated(at) : `${dated(at)} ${offset}` };
}

function nowButton({ filter }: DigestView, { chat }: Texts) {
  const filters = filtersOf(filter);
  const told = filters && askable({ kind: "summary", filters });
  return told !== undefined && button(chat.digest.now, told);
}
