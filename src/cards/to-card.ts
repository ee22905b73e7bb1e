import type { Answer } from "./answer.ts";
import type { Card, Locale } from "./card.ts";
import { helpCard } from "./help-card.ts";
import { listCard } from "./list-card.ts";
import { failureCard, missingCard, notice, problemCard, tooLargeCard, workingCard } from "./message-card.ts";
import type { Setting } from "./parts.ts";
import { choicesCard, runtimeCard } from "./runtime-card.ts";
import { summaryCard } from "./summary-card.ts";
import { textsOf } from "./texts/index.ts";

/** The picture of an answer in a language. Pure: the same answer is always the same card. */
export function toCard(answer: Answer, locale: Locale): Card {
  const texts = textsOf(locale);
  const setting: Setting = { locale, texts };
  switch (answer.kind) {
    case "list":
      return listCard(answer, setting);
    case "summary":
      return summaryCard(answer, setting);
    case "too-large":
      return tooLargeCard(answer, setting);
    case "runtime":
      return runtimeCard(answer, setting);
    case "choices":
      return choicesCard(answer, setting);
    case "missing":
      return missingCard(answer, setting);
    case "help":
      return helpCard(answer, setting);
    case "problem":
      return problemCard(answer, setting);
    case "failure":
      return failureCard(answer, setting);
    case "working":
      return workingCard(answer, setting);
    case "refused":
      return notice(setting, { ...texts.refused, colour: "grey" });
    case "late":
      return notice(setting, { ...texts.late(answer.minutes), colour: "orange" });
    case "busy":
      return notice(setting, { ...texts.busy, colour: "orange", command: answer.command });
    case "internal":
      return notice(setting, { ...texts.internal, colour: "red", command: answer.command });
  }
}
