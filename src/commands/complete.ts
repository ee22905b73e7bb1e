import { filterKeyNames } from "../fleet/index.ts";
import { limits, topics } from "./command.ts";
import { findKey, findValue, isOption, type Key, keyDefinition, optionDefinition, optionsOf } from "./keys.ts";
import { begins } from "./nearest.ts";
import { endOfContent, type Piece, readHead, type Token, tokenise } from "./token.ts";
import { commandNames, findCommand, findSubcommand, type Subcommand, subcommands, type Word } from "./words.ts";

/** One way to go on from what is typed: put `insert` in place of `text.slice(start, end)`. */
export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
  /** What the list of suggestions shows. */
  readonly label: string;
  /** What kind of word it is. */
  readonly kind: "command" | "subcommand" | "key" | "value";
  /** A short explanation in the reader's language; empty where there is none. */
  readonly detail: string;
}

/** Explains a word in the reader's language; empty where there is nothing to say. */
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
  return words.slice(0, most).map(({ kind, label, insert }) => ({
    start,
    end,
    insert,
    label,
    kind,
    detail: describe(kind, label),
  }));
}

type Suggestion = Pick<Completion, "kind" | "label" | "insert">;

interface Suggestions {
  /** Where what is typed of the word begins. */
  readonly start: number;
  readonly words: readonly Suggestion[];
}

const nothing: Suggestions = { start: 0, words: [] };

function suggest(typed: string): Suggestions {
  const head = readHead(typed);
  if (!/^[/／?？]/u.test(head.text)) {
    return nothing;
  }
  if (head.next === typed.length) {
    return head.end === head.next ? suggestWords("command", commandNames, head.text, head.start) : nothing;
  }
  const command = findCommand(head.text);
  const lexed = tokenise(typed, head.next);
  if (command === undefined || !lexed.ok) {
    return nothing;
  }
  const place = placeOf(typed, lexed.tokens);
  return command === "/help" ? suggestTopics(place) : suggestFilters(place);
}

/** What is being typed: a word, or a value of a key; and the whole tokens around it. */
interface Place {
  readonly key: Piece | undefined;
  readonly start: number;
  readonly typed: string;
  /** The values that the key has already. */
  readonly taken: readonly Piece[];
  readonly others: readonly Token[];
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

function suggestTopics(place: Place | undefined): Suggestions {
  return place === undefined || place.key !== undefined || place.others.length > 0
    ? nothing
    : suggestWords(
        "subcommand",
        topics.map((name) => ({ name, aliases: aliasesOf(name) })),
        place.typed,
        place.start,
        "",
      );
}

function aliasesOf(topic: string): readonly string[] {
  return subcommands.find(({ name }) => name === topic)?.aliases ?? [];
}

function suggestFilters(place: Place | undefined): Suggestions {
  const [first] = place?.others ?? [];
  const subcommand = first?.key === undefined ? findSubcommand(first?.values[0]?.text ?? "") : undefined;
  if (place === undefined || subcommand === "show") {
    return nothing;
  }
  if (place.key !== undefined) {
    return suggestValues(place, findKey(place.key.text), subcommand);
  }
  const words = first === undefined ? suggestWords("subcommand", subcommands, place.typed, place.start).words : [];
  return { start: place.start, words: [...words, ...keySuggestions(place, subcommand)] };
}

function suggestWords(
  kind: Suggestion["kind"],
  words: readonly Word<string>[],
  typed: string,
  start: number,
  after = " ",
): Suggestions {
  const near = words.filter(({ name, aliases }) => begins(typed, name, ...aliases));
  return { start, words: near.map(({ name }) => ({ kind, label: name, insert: `${name}${after}` })) };
}

// The keys that people want first.
const commonKeys: readonly Key[] = ["status", "risk", "provider", "agent", "name", "user", "group"];

function optionsFor(subcommand: Subcommand | undefined) {
  return optionsOf[subcommand === "summary" || subcommand === "export" ? subcommand : "list"];
}

function keySuggestions(place: Place, subcommand: Subcommand | undefined): readonly Suggestion[] {
  const used = new Set(place.others.map((token) => token.key && findKey(token.key.text)));
  return [...new Set<Key>([...commonKeys, ...filterKeyNames, ...optionsFor(subcommand)])]
    .filter((key) => !used.has(key) && begins(place.typed, key, keyDefinition(key).chinese))
    .map((key) => ({ kind: "key", label: key, insert: `${key}=` }));
}

function suggestValues(place: Place, key: Key | undefined, subcommand: Subcommand | undefined): Suggestions {
  if (key === undefined || (isOption(key) && !optionsFor(subcommand).includes(key))) {
    return nothing;
  }
  const { shape } = keyDefinition(key);
  const earlier = place.others.filter((token) => token.key !== undefined && findKey(token.key.text) === key);
  const taken = [...earlier.flatMap((token) => token.values), ...place.taken].map(({ text }) => findValue(key, text));
  const values = taken.length === 0 ? valuesOf(key) : furtherValues(key, shape, taken);
  const near = values.filter((value) => isTyped(key, value, place.typed));
  return { start: place.start, words: near.map((value) => ({ kind: "value", label: value, insert: value })) };
}

function valuesOf(key: Key): readonly string[] {
  return key === "sort" ? optionDefinition(key).values : keyDefinition(key).values;
}

/** What can stand beside the values that are there: nothing where one is all, and no flag beside names. */
function furtherValues(key: Key, shape: string, taken: readonly (string | undefined)[]): readonly string[] {
  const flagged = taken.includes("yes") || taken.includes("no");
  if ((shape !== "list" && shape !== "flag-or-names") || flagged) {
    return [];
  }
  return valuesOf(key).filter((value) => value !== "yes" && value !== "no" && !taken.includes(value));
}

function isTyped(key: Key, value: string, typed: string): boolean {
  // The sign is left out of what words are compared by.
  const sameSign = key !== "sort" || typed === "" || value.startsWith("-") === typed.startsWith("-");
  return sameSign && begins(typed, value, keyDefinition(key).chineseValues[value] ?? value);
}
