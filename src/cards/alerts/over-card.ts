import type { Card } from "../card.ts";
import type { DeskAnswer } from "../desk-answer.ts";
import { button, buttons, card, note, type Setting, text } from "../parts.ts";
import { timesIn } from "../times.ts";
import { latest, watchNote } from "./alert-card.ts";
import { alertedName, endedColour } from "./alerted.ts";
import { alertedTable } from "./alerted-table.ts";
import { detailsOf } from "./pressable.ts";

type OverAnswer = Extract<DeskAnswer, { kind: "over" }>;

/** Risks that are over, and how. What is no longer listed is not called over: nobody has seen that it is. */
export function overCard(answer: OverAnswer, setting: Setting): Card {
  const { runtimes, total, open } = answer;
  const { texts } = setting;
  const { over: words, card: cardWords, labels } = texts.alerts;
  const times = timesIn(answer.zone, setting.locale, latest(runtimes));
  const details = detailsOf(runtimes.map(({ runtime }) => runtime));
  return card(setting, {
    title: title(answer, setting),
    colour: endedColour(runtimes),
    blocks: [
      alertedTable(runtimes, { texts, times, showsUsers: false }),
      note(total > runtimes.length && words.more(total - runtimes.length)),
      runtimes.some(({ end }) => end?.how === "gone") ? text(words.gone) : undefined,
      open > 0 ? text(words.open(open)) : undefined,
      note(answer.mayRepeat && cardWords.mayRepeat),
      watchNote(answer.watch.filter, times, setting),
      buttons(
        open > 0 && button(labels.status, { kind: "alerts-status" }),
        details !== undefined && button(texts.labels.details, details, "details"),
      ),
    ],
  });
}

function title({ runtimes, total }: OverAnswer, { texts }: Setting): string {
  const { over: words } = texts.alerts;
  const [only] = runtimes;
  const hows = new Set(runtimes.map(({ end }) => end?.how));
  const resolved = hows.size === 1 && hows.has("resolved");
  if (only === undefined || total > 1) {
    return resolved && total === runtimes.length ? words.many(total) : words.ended(total);
  }
  const name = alertedName(only, texts);
  if (only.end?.how === "gone") {
    return words.oneGone(name);
  }
  return resolved ? words.one(name, texts.risks[only.kind].short) : words.ended(total);
}
