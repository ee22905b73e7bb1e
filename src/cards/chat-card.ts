import type { Card } from "./card.ts";
import { auditCard } from "./chat/audit-card.ts";
import { digestCard } from "./chat/digest-card.ts";
import { digestOffCard, digestSetCard, digestStatusCard } from "./chat/digest-desk-cards.ts";
import { languageCard } from "./chat/language-card.ts";
import { trendCard } from "./chat/trend-card.ts";
import { tooManyViewsCard, unknownViewCard, viewsCard } from "./chat/views-card.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import type { Setting } from "./parts.ts";

/** Answers on what a chat keeps beside its watches: trends, digests, views and its language. */
export type ChatAnswer = Extract<
  DeskAnswer,
  {
    kind:
      | "trend"
      | "digest"
      | "digest-set"
      | "digest-off"
      | "digest-status"
      | "views"
      | "too-many-views"
      | "unknown-view"
      | "language"
      | "audit";
  }
>;

/** The picture of such an answer. */
export function chatCard(answer: ChatAnswer, setting: Setting): Card {
  switch (answer.kind) {
    case "trend":
      return trendCard(answer, setting);
    case "digest":
      return digestCard(answer, setting);
    case "digest-set":
      return digestSetCard(answer, setting);
    case "digest-off":
      return digestOffCard(answer, setting);
    case "digest-status":
      return digestStatusCard(answer, setting);
    case "views":
      return viewsCard(answer, setting);
    case "too-many-views":
      return tooManyViewsCard(answer, setting);
    case "unknown-view":
      return unknownViewCard(answer, setting);
    case "language":
      return languageCard(answer, setting);
    case "audit":
      return auditCard(answer, setting);
  }
}
