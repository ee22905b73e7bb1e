import type { Card } from "./card.ts";
import { chatCard } from "./chat-card.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import { card, type Setting } from "./parts.ts";

/** The picture of an answer on what is kept for a chat, or of a notice that it gets. */
export function deskCard(answer: DeskAnswer, setting: Setting): Card {
  switch (answer.kind) {
    case "alert":
    case "over":
    case "blind":
    case "sight":
    case "watch-paused":
    case "budget":
    case "alert-test":
    case "alert-test-begun":
    case "watching":
    case "unwatchable":
    case "watch-off":
    case "watch-status":
    case "quieted":
    case "no-alert":
    case "which-alert":
    case "why":
    case "chats-only":
    case "store-failed":
      return card(setting, { title: answer.kind, colour: "blue", blocks: [] });
    default:
      return chatCard(answer, setting);
  }
}
