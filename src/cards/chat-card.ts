import type { Card } from "./card.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import { card, type Setting } from "./parts.ts";

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
      | "language";
  }
>;

export function chatCard(answer: ChatAnswer, setting: Setting): Card {
  return card(setting, { title: answer.kind, colour: "blue", blocks: [] });
}
