import type { Answer } from "./answer.ts";
import type { Card, Locale } from "./card.ts";
import { choicesCard } from "./choices-card.ts";
import { deskCard } from "./desk-card.ts";
import {
  exportedCard,
  exportingCard,
  exportNotSentCard,
  exportTooLargeCard,
  exportTooManyCard,
} from "./export-card.ts";
import { helloCard, refusedCard } from "./hello-card.ts";
import { helpCard } from "./help-card.ts";
import { listCard } from "./list-card.ts";
import {
  busyCard,
  failureCard,
  internalCard,
  missingCard,
  notice,
  problemCard,
  tooLargeCard,
  workingCard,
} from "./message-card.ts";
import type { Setting } from "./parts.ts";
import { runtimeCard } from "./runtime-card.ts";
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
    case "exporting":
      return exportingCard(answer, setting);
    case "exported":
      return exportedCard(answer, setting);
    case "export-too-many":
      return exportTooManyCard(answer, setting);
    case "export-too-large":
      return exportTooLargeCard(answer, setting);
    case "export-not-sent":
      return exportNotSentCard(answer, setting);
    case "refused":
      return refusedCard(answer, setting);
    case "hello":
      return helloCard(answer, setting);
    case "unread":
      return notice(setting, { ...texts.unread, colour: "grey" });
    case "too-fast":
      return notice(setting, { ...texts.tooFast, colour: "orange" });
    case "late":
      return notice(setting, { ...texts.late(answer.minutes), colour: "orange" });
    case "busy":
      return busyCard(answer, setting);
    case "internal":
      return internalCard(answer, setting);
    default:
      return deskCard(answer, setting);
  }
}
