import { countRuntimes, type Listing } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Card, Locale } from "./card.ts";
import { toCard } from "./to-card.ts";

type ListAnswer = Extract<Answer, { kind: "list" }>;
type AlertAnswer = Extract<Answer, { kind: "alert" }>;

/**
 * The card of an answer for a place that cannot show every card. A list turns to the largest page size whose card fits: the
 * runtimes that the larger page began with are a page of the smaller size, and from there Next shows all that follow. An alert
 * names as many runtimes as fit, and says how many more there are. What does not fit even so is left to the adapter to shorten.
 */
export function toCardThatFits(answer: Answer, locale: Locale, fits: (card: Card) => boolean): Card {
  const whole = toCard(answer, locale);
  if (fits(whole)) {
    return whole;
  }
  switch (answer.kind) {
    case "list":
      return smallerList(answer, locale, fits) ?? whole;
    case "alert":
      return smallerAlert(answer, locale, fits) ?? whole;
    default:
      return whole;
  }
}

function smallerList(answer: ListAnswer, locale: Locale, fits: (card: Card) => boolean): Card | undefined {
  for (const size of smallerSizes(answer)) {
    const card = toCard(withSize(answer, size), locale);
    if (fits(card)) {
      return card;
    }
  }
  return undefined;
}

/** A page of an alert can be long: the most that fit are looked for by halves. */
function smallerAlert(answer: AlertAnswer, locale: Locale, fits: (card: Card) => boolean): Card | undefined {
  let best: Card | undefined;
  let [fewest, most] = [1, answer.runtimes.length - 1];
  while (fewest <= most) {
    const named = Math.floor((fewest + most) / 2);
    const card = toCard({ ...answer, named }, locale);
    if (fits(card)) [best, fewest] = [card, named + 1];
    else most = named - 1;
  }
  return best;
}

/** Page sizes at which a page begins with the runtime that this one begins with, largest first. */
function smallerSizes({ listing }: ListAnswer): readonly number[] {
  const offset = (listing.page - 1) * listing.size;
  const most = Math.min(listing.size - 1, Math.max(1, listing.runtimes.length));
  return Array.from({ length: most }, (_, index) => most - index).filter((size) => offset % size === 0);
}

function withSize(answer: ListAnswer, size: number): ListAnswer {
  const { command, listing } = answer;
  const page = ((listing.page - 1) * listing.size) / size + 1;
  const runtimes = listing.runtimes.slice(0, size);
  const smaller: Listing = {
    ...listing,
    ...{ runtimes, page, size, pages: Math.max(1, Math.ceil(listing.total / size)) },
    counts: listing.counted === "page" ? countRuntimes(runtimes) : listing.counts,
  };
  return { ...answer, command: { ...command, page, size }, listing: smaller };
}
