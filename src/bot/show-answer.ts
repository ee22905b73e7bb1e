import { type Answer, type Card, type Locale, toCard } from "../cards/index.ts";
import { faultOf, type Log } from "./log.ts";

/** The card of an answer. Never throws: an answer that cannot be shown is a fault of the bot, and is told as one. */
export type ShowAnswer = (answer: Answer, locale: Locale) => Card;

export function createShowAnswer(log: Log): ShowAnswer {
  return (answer, locale) => {
    try {
      return toCard(answer, locale);
    } catch (error) {
      log.error({ fault: faultOf(error), answer: answer.kind }, "An answer could not be shown.");
      return toCard({ kind: "internal", command: undefined }, locale);
    }
  };
}
