import { type Answer, type Card, type Locale, toCard, toCardThatFits } from "../cards/index.ts";
import type { Tracer } from "../telemetry/index.ts";
import type { Channel } from "./channel.ts";
import { faultOf, type Log } from "./log.ts";

/**
 * The card of an answer, as a channel can show it; the very same answer is the very same card. Never throws: an answer that
 * cannot be shown is a fault of the bot, and is told as one.
 */
export type ShowAnswer = (answer: Answer, locale: Locale, channel: Channel) => Card;

export function createShowAnswer(log: Log, tracer: Pick<Tracer, "traceId">): ShowAnswer {
  const drawn = new WeakMap<Answer, Map<string, Card>>();

  function draw(answer: Answer, locale: Locale, channel: Channel): Card {
    const key = JSON.stringify([locale, channel.name]);
    const cards = drawn.get(answer) ?? new Map<string, Card>();
    const card = cards.get(key) ?? toCardThatFits(answer, locale, channel.fits);
    drawn.set(answer, cards.set(key, card));
    return card;
  }

  return (answer, locale, channel) => {
    try {
      // Who chooses a language is answered in it.
      const chosen = answer.kind === "language" ? answer.locale : undefined;
      return draw(answer, chosen ?? locale, channel);
    } catch (error) {
      log.error({ fault: faultOf(error), answer: answer.kind }, "An answer could not be shown.");
      return toCard({ kind: "internal", command: undefined, traceId: tracer.traceId() }, locale);
    }
  };
}
