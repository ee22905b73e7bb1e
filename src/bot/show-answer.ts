import { type Answer, type Card, type Locale, toCard, toCardThatFits } from "../cards/index.ts";
import type { Channel } from "./channel.ts";
import { faultOf, type Log } from "./log.ts";

/**
 * The card of an answer, as a channel can show it. Never throws: an answer that cannot be shown is a fault of the bot, and is
 * told as one.
 */
export type ShowAnswer = (answer: Answer, locale: Locale, channel: Channel) => Card;

export function createShowAnswer(log: Log): ShowAnswer {
  return (answer, locale, channel) => {
    try {
      return toCardThatFits(answer, locale, channel.fits);
    } catch (error) {
      log.error({ fault: faultOf(error), answer: answer.kind }, "An answer could not be shown.");
      return toCard({ kind: "internal", command: undefined }, locale);
    }
  };
}
