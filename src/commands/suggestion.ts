import type { Piece, Token } from "./token.ts";

/** A word that somebody may go on with. */
export interface Suggestion {
  readonly kind: "command" | "subcommand" | "key" | "value";
  readonly label: string;
  readonly insert: string;
  /** What it is explained by; its label where that is left out. */
  readonly meaning?: string;
}

export interface Suggestions {
  /** Where what is typed of the word begins. */
  readonly start: number;
  readonly words: readonly Suggestion[];
}

export const nothing: Suggestions = { start: 0, words: [] };

/** What is being typed: a word, or a value of a key; and the whole tokens around it. */
export interface Place {
  readonly key: Piece | undefined;
  readonly start: number;
  readonly typed: string;
  /** The values that the key has already. */
  readonly taken: readonly Piece[];
  readonly others: readonly Token[];
}
