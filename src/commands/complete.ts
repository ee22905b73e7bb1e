import { limits } from "./command.ts";
import { suggestAfter, suggestCommands } from "./suggest.ts";
import { nothing, type Place, type Suggestion, type Suggestions } from "./suggestion.ts";
import { endOfContent, readHead, type Token, tokenise } from "./token.ts";
import { findCommand } from "./words.ts";

/** One way to go on from what is typed: put `insert` in place of `text.slice(start, end)`. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
  /** What the list of suggestions shows. */
  readonly label: string;
  /** What kind of word it is. */
  readonly kind: Suggestion["kind"];
  /** A short explanation in the reader's language; empty where there is none. */
  readonly detail: string;
}

/**
 * Explains a word in the reader's language; empty where there is nothing to say. Words of other commands than `/runtimes` and
 * `/help` come with theirs: `/alerts on`.
 */
export type Describe = (kind: Completion["kind"], word: string) => string;

const most = 12;

/**
 * The ways to go on from a text that is being typed, best first, at most twelve. Nothing for a text that is not a command.
 *
 * @param cursor where the person types, in UTF-16 units
 */
export function complete(text: string, cursor: number, describe: Describe = () => ""): readonly Completion[] {
  const end = Math.min(Math.max(0, cursor), text.length);
  if (!(end <= limits.text)) {
    return [];
  }
  const { start, words } = suggest(text.slice(0, end));
  return words.slice(0, most).map(({ kind, label, insert, meaning = label }) => ({
    start,
    end,
    insert,
    label,
    kind,
    detail: describe(kind, meaning),
  }));
}

function suggest(typed: string): Suggestions {
  const head = readHead(typed);
  if (!/^[/／?？]/u.test(head.text)) {
    return nothing;
  }
  if (head.next === typed.length) {
    return head.end === head.next ? suggestCommands(head.text, head.start) : nothing;
  }
  const command = findCommand(head.text);
  const lexed = tokenise(typed, head.next);
  const place = lexed.ok ? placeOf(typed, lexed.tokens) : undefined;
  return command === undefined || place === undefined ? nothing : suggestAfter(command, place);
}

function placeOf(typed: string, tokens: readonly Token[]): Place | undefined {
  const last = tokens.at(-1);
  const used = endOfContent(typed);
  const atEnd = used === typed.length;
  const fresh: Place = { key: undefined, start: typed.length, typed: "", taken: [], others: tokens };
  if (last === undefined) {
    return fresh;
  }
  const others = tokens.slice(0, -1);
  const piece = last.values.at(-1);
  if (last.key === undefined || (piece === undefined && last.key.end === used && atEnd)) {
    // A word, or `--word`, which may still become a key.
    const start = last.key?.start ?? last.start;
    return atEnd ? { ...fresh, start, typed: typed.slice(start), others } : fresh;
  }
  if (piece === undefined || piece.end < used) {
    // Behind the sign after the key, or behind a comma.
    return { ...fresh, key: last.key, taken: last.values, others };
  }
  if (!atEnd) {
    return fresh;
  }
  const { start, quoted } = piece;
  return quoted
    ? undefined
    : { key: last.key, start, typed: typed.slice(start), taken: last.values.slice(0, -1), others };
}
