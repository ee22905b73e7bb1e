import { clip, plain } from "./inert.ts";

/** A text with one place marked: `text.slice(start, end)`, in UTF-16 units. */
interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands before a marked place, in it, and after it; each may be empty. */
interface MarkedParts {
  readonly before: string;
  readonly mark: string;
  readonly after: string;
  /** Whether something of a part is missing; an ellipsis stands there. */
  readonly cut: boolean;
}

/**
 * Somebody's text, `plain`, in the parts that its marked place makes of it: of each, what is nearest to the place's start.
 * A place that reaches out of the text is the part of it that is within.
 *
 * @param limit UTF-16 units of a part
 */
export function markedParts({ text, start, end }: Marked, limit: number): MarkedParts {
  const from = Math.min(Math.max(0, start), text.length);
  const to = Math.min(Math.max(from, end), text.length);
  return {
    before: from > limit ? `…${plain(text.slice(from - limit, from))}` : plain(text.slice(0, from)),
    mark: clip(plain(text.slice(from, to)), limit),
    after: clip(plain(text.slice(to)), limit),
    cut: from > limit || to - from > limit || text.length - to > limit,
  };
}
