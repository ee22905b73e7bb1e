/** How long somebody's text may be on a card, in UTF-16 units: whatever the API holds, a card stays readable. */
export const lengths = {
  /** A cell of a table, a title. */
  cell: 200,
  /** An option of a picker, a slice of a chart, a button, a tag. */
  label: 80,
  /** A value that stands for itself, as on the card of one runtime. */
  value: 1_000,
  /** A command that was typed, where a place of it is marked. */
  marked: 400,
} as const;

/** The text, cut at the end when it is longer than `length`: an ellipsis says so. No character is cut in two. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, whole(text, length - 1))}…`;
}

/** A text with one place marked. */
export interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands around the marked place of a long text, with an ellipsis wherever something was cut off. */
export function clipAround({ text, start, end }: Marked, length: number): Marked {
  if (text.length <= length) {
    return { text, start, end };
  }
  const first = whole(text, Math.max(0, Math.min(start - Math.floor(length / 4), text.length - length)));
  const last = whole(text, Math.min(text.length, first + length));
  const head = first > 0 ? "…" : "";
  const moved = (place: number) => Math.min(place, last) - first + head.length;
  return {
    text: `${head}${text.slice(first, last)}${last < text.length ? "…" : ""}`,
    start: moved(start),
    end: moved(end),
  };
}

/** The nearest place at or before `place` that is not between the halves of one character. */
function whole(text: string, place: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(place)) && /[\uD800-\uDBFF]/.test(text.charAt(place - 1))
    ? place - 1
    : place;
}
