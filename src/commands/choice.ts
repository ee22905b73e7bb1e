import { wordOf } from "./gather.ts";
import { nearestWord } from "./nearest.ts";
import type { Outline } from "./problem.ts";
import type { Token } from "./token.ts";
import { spellings, type Word } from "./words.ts";

/** A word after a command that takes one of a few words, and not this one. */
export function unknownChoice(command: string, words: readonly Word<string>[], token: Token, text: string): Outline {
  const word = wordOf(token, text);
  const allowed = words.map(({ name }) => name);
  return {
    kind: "unknown-choice",
    command,
    word,
    allowed,
    span: token,
    nearest: nearestWord(word, spellings(words)),
  };
}

/** The first of the words behind a command that is complete without them; undefined when there is none. */
export function nothingMore([first]: readonly Token[], text: string): Outline | undefined {
  return first && { kind: "nothing-more", word: wordOf(first, text), span: first };
}
