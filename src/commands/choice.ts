import { wordOf } from "./gather.ts";
import { foldWord, nearestWord } from "./nearest.ts";
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
    nearest: nearestWord(word, spellings(words)) ?? begun(word, spellings(words)),
  };
}

/** The words are short: with one letter more, or some of its letters, one of them is meant all the same. */
function begun(word: string, all: readonly string[]): string | undefined {
  const typed = foldWord(word);
  return typed.length < 2
    ? undefined
    : all.find((one) => typed.startsWith(foldWord(one)) || foldWord(one).startsWith(typed));
}

/** The first of the words behind a command that is complete without them; undefined when there is none. */
export function nothingMore([first]: readonly Token[], text: string): Outline | undefined {
  return first && { kind: "nothing-more", word: wordOf(first, text), span: first };
}
