import { type Command, everything, print } from "../../commands/index.ts";
import type { Button, Card, PickerOption, Row } from "../card.ts";
import { clip, lengths } from "../clip.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import type { RuntimeChoice } from "../desk-views.ts";
import { notice } from "../message-card.ts";
import { askable, button, buttons, card, note, type Setting, text } from "../parts.ts";
import type { Texts } from "../texts/index.ts";
import { timesIn } from "../times.ts";
import { alertedName, kindColour } from "./alerted.ts";
import { pressable } from "./pressable.ts";

type Of<Kind extends DeskAnswer["kind"]> = Extract<DeskAnswer, { kind: Kind }>;

function statusButton({ alerts: { labels } }: Texts): Button {
  return button(labels.status, { kind: "alerts-status" });
}

/** What was acknowledged, muted or unmuted, and for how long. */
export function quietedCard(answer: Of<"quieted">, setting: Setting): Card {
  const { command, what, count, target } = answer;
  const { texts } = setting;
  const { labels } = texts.alerts;
  const nothing = what !== "muted" && count === 0;
  return card(setting, {
    title: nothing ? texts.watches.quieted.nothing : texts.watches.quieted.title[what],
    colour: nothing ? "grey" : "blue",
    command: print(command),
    blocks: [
      text(quietedSentence(answer, setting), "strong"),
      ...quietedNotes(answer, setting),
      { kind: "command", text: print(command) },
      buttons(what === "muted" && pressable(labels.unmute, { kind: "alerts-unmute", target }), statusButton(texts)),
    ],
  });
}

function quietedSentence({ what, target, count, until, zone }: Of<"quieted">, { locale, texts }: Setting): string {
  const { quieted } = texts.watches;
  const of = target === everything ? undefined : clip(target, lengths.label);
  switch (what) {
    case "acked":
      return quieted.acked(of, count);
    case "unmuted":
      return quieted.unmuted(of, count);
    case "muted":
      return quieted.muted(of, until === undefined ? undefined : timesIn(zone, locale, until).dated(until));
  }
}

function quietedNotes({ what, count, until, zone }: Of<"quieted">, { locale, texts }: Setting) {
  const { quieted } = texts.watches;
  switch (what) {
    case "acked":
      return [count > 0 ? text(quieted.ackedMeans) : undefined];
    case "unmuted":
      return [];
    case "muted": {
      const times = until === undefined ? undefined : timesIn(zone, locale, until);
      return [text(quieted.mutedMeans(count)), note(times && texts.alerts.card.times(times.day, times.offset))];
    }
  }
}

export function noAlertCard({ command, target }: Of<"no-alert">, setting: Setting): Card {
  const { texts } = setting;
  return notice(setting, {
    ...texts.watches.noAlert(clip(target, lengths.cell)),
    colour: "grey",
    command,
    buttons: buttons(statusButton(texts)),
  });
}

/** The runtimes of one name, to choose from: a choice runs what was asked, of that one. */
export function whichAlertCard({ command, target, runtimes }: Of<"which-alert">, setting: Setting): Card {
  const { texts } = setting;
  const { columns, fields, watches } = texts;
  const rows = runtimes.map((one) => rowOf(one, command, texts));
  const options = rows.flatMap(({ label, command: text }): PickerOption[] =>
    text === undefined ? [] : [{ label, command: text, selected: false }],
  );
  return card(setting, {
    title: watches.which.title,
    colour: "blue",
    command: print(command),
    blocks: [
      text(watches.which.question(clip(target, lengths.cell))),
      {
        kind: "table",
        columns: [
          { key: "name", label: columns.name, weight: 3 },
          { key: "id", label: fields.id, weight: 3 },
          { key: "risk", label: columns.risk, weight: 3 },
        ],
        rows,
      },
      { kind: "command", text: print(command) },
      options.length === 0 ? undefined : { kind: "pickers", pickers: [{ label: watches.which.choose, options }] },
    ],
  });
}

/** A runtime with all that it is at risk of. */
function rowOf(one: RuntimeChoice, command: Command, texts: Texts): Row {
  const { runtime, kinds } = one;
  const [name, id] = [alertedName(one, texts), clip(runtime, lengths.label) || "–"];
  const colour = kinds.length === 0 ? "grey" : kinds.some((kind) => kindColour(kind) === "red") ? "red" : "orange";
  const risk = texts.together(kinds.map((kind) => texts.risks[kind].short)) || "–";
  return {
    cells: [{ text: name }, { text: id }, { text: risk, colour }],
    command: askableOf(command, runtime),
    label: `${clip(name, 40)} (${clip(id, 36)})`,
    colour,
  };
}

/** The command of one runtime, by its id. */
function askableOf(command: Command, target: string): string | undefined {
  switch (command.kind) {
    case "alerts-ack":
    case "alerts-mute":
    case "alerts-unmute":
    case "why":
      return askable({ ...command, target });
    case "alerts-show":
      return askable({ ...command, alert: target });
    default:
      return undefined;
  }
}

export function chatsOnlyCard({ command }: Of<"chats-only">, setting: Setting): Card {
  return notice(setting, { ...setting.texts.watches.chatsOnly, colour: "orange", command });
}

export function storeFailedCard({ command }: Of<"store-failed">, setting: Setting): Card {
  const { labels, watches } = setting.texts;
  return notice(setting, {
    ...watches.storeFailed,
    colour: "red",
    command,
    buttons: buttons(button(labels.tryAgain, command, "refresh", "primary")),
  });
}
