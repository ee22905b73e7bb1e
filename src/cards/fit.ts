import { countRuntimes, type Listing } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Card, Locale } from "./card.ts";
import { toCard } from "./to-card.ts";

type ListAnswer = Extract<Answer, { kind: "list" }>;
type AuditAnswer = Extract<Answer, { kind: "audit" }>;
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
    case "audit":
      return smallerAudit(answer, locale, fits) ?? whole;
    case "alert":
      return smallerAlert(answer, locale, fits) ?? whole;
    default:
      return whole;
  }
}

function smallerList(answer: ListAnswer, locale: Locale, fits: (card: Card) => boolean): Card | undefined {
  const { page, size: whole, runtimes } = answer.listing;
  for (const size of sizesBelow({ page, size: whole, held: runtimes.length })) {
    const card = toCard(withSize(answer, size), locale);
    if (fits(card)) {
      return card;
    }
  }
  return undefined;
}

function smallerAudit(answer: AuditAnswer, locale: Locale, fits: (card: Card) => boolean): Card | undefined {
  const { page, size } = answer.command;
  for (const smaller of sizesBelow({ page, size, held: answer.entries.length })) {
    const card = toCard(auditWithSize(answer, smaller), locale);
    if (fits(card)) {
      return card;
    }
  }
  return undefined;
}

/** The first entries of the page; the next page begins with the first that is left out. */
function auditWithSize(answer: AuditAnswer, size: number): AuditAnswer {
  const { command, entries } = answer;
  return {
    ...answer,
    command: { ...command, page: ((command.page - 1) * command.size) / size + 1, size },
    entries: entries.slice(0, size),
    next: entries[size]?.place ?? answer.next,
    older: answer.older + Math.max(0, entries.length - size),
  };
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

interface Paged {
  readonly page: number;
  readonly size: number;
  /** Rows that the page holds. */
  readonly held: number;
}

/** Page sizes at which a page begins with the row that this one begins with, largest first. */
function sizesBelow({ page, size, held }: Paged): readonly number[] {
  const offset = (page - 1) * size;
  const most = Math.min(size - 1, Math.max(1, held));
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
