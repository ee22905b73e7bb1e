/** One way to go on from what is typed: put `insert` in place of `text.slice(start, end)`. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
  /** What the list of suggestions shows. */
  readonly label: string;
  /** What kind of word it is; a channel may show a hint for it in the reader's language. */
  readonly kind: "command" | "subcommand" | "key" | "value";
  /** A short explanation in the reader's language; empty where there is none. */
  readonly detail: string;
}
