import { alertCard } from "./alerts/alert-card.ts";
import { overCard } from "./alerts/over-card.ts";
import { chatsOnlyCard, noAlertCard, quietedCard, storeFailedCard, whichAlertCard } from "./alerts/quiet-cards.ts";
import { statusCard } from "./alerts/status-card.ts";
import { blindCard, budgetCard, pausedCard, sightCard, testBegunCard, testCard } from "./alerts/watch-notices.ts";
import { unwatchableCard, watchingCard, watchOffCard } from "./alerts/watching-card.ts";
import { whyCard } from "./alerts/why-card.ts";
import type { Card } from "./card.ts";
import { chatCard } from "./chat-card.ts";
import type { DeskAnswer } from "./desk-answer.ts";
import type { Setting } from "./parts.ts";

/** The picture of an answer on what is kept for a chat, or of a notice that it gets. */
export function deskCard(answer: DeskAnswer, setting: Setting): Card {
  switch (answer.kind) {
    case "alert":
      return alertCard(answer, setting);
    case "over":
      return overCard(answer, setting);
    case "blind":
      return blindCard(answer, setting);
    case "sight":
      return sightCard(answer, setting);
    case "watch-paused":
      return pausedCard(answer, setting);
    case "budget":
      return budgetCard(answer, setting);
    case "alert-test":
      return testCard(answer, setting);
    case "alert-test-begun":
      return testBegunCard(answer, setting);
    case "watching":
      return watchingCard(answer, setting);
    case "unwatchable":
      return unwatchableCard(answer, setting);
    case "watch-off":
      return watchOffCard(answer, setting);
    case "watch-status":
      return statusCard(answer, setting);
    case "quieted":
      return quietedCard(answer, setting);
    case "no-alert":
      return noAlertCard(answer, setting);
    case "which-alert":
      return whichAlertCard(answer, setting);
    case "why":
      return whyCard(answer, setting);
    case "chats-only":
      return chatsOnlyCard(answer, setting);
    case "store-failed":
      return storeFailedCard(answer, setting);
    default:
      return chatCard(answer, setting);
  }
}
