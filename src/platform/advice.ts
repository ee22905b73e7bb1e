/** What went wrong, and what to do about it. */
export interface Advice {
  /** Without a full stop, as a code may follow. */
  readonly what: string;
  /** A sentence; undefined where a person can do nothing. */
  readonly todo?: string;
}

/** All of it in one sentence, for the log: "The card is too long.", "There is no robot: add it. (code 7)". */
export function sentenceOf({ what, todo }: Advice, tail: string): string {
  const rest = todo === undefined ? "." : `: ${todo.charAt(0).toLowerCase()}${todo.slice(1)}`;
  return `${what}${rest}${tail}`;
}

/** What happened, with what the platform calls it, as a sentence of its own. */
export function whatOf({ what }: Advice, tail: string): string {
  return `${what}${tail}.`;
}
