import { LRUCache } from "lru-cache";
import type { Answer } from "../cards/index.ts";

type ListAnswer = Extract<Answer, { kind: "list" }>;

/**
 * Gives the earlier answer where the same was asked and the same was read: readings are shared for some seconds, and so is
 * what is drawn of them. Two answers are the same when they hold the very same runtimes.
 */
export type SameAnswer = (asked: string, answer: ListAnswer) => ListAnswer;

/** How many answers are kept; each holds one page of runtimes, which the readings hold as well. */
const kept = 200;

export function createSameAnswer(): SameAnswer {
  const earlier = new LRUCache<string, ListAnswer>({ max: kept });
  return (asked, answer) => {
    const before = earlier.get(asked);
    if (before !== undefined && isSame(before, answer)) {
      return before;
    }
    earlier.set(asked, answer);
    return answer;
  };
}

function isSame(one: ListAnswer, other: ListAnswer): boolean {
  const { runtimes, ...about } = one.listing;
  const { runtimes: others, ...aboutOther } = other.listing;
  return (
    runtimes.length === others.length &&
    runtimes.every((runtime, index) => runtime === others[index]) &&
    one.showsUsers === other.showsUsers &&
    one.canExport === other.canExport &&
    one.nothingAtAll === other.nothingAtAll &&
    one.providers === other.providers &&
    JSON.stringify(about) === JSON.stringify(aboutOther)
  );
}
