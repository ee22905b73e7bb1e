import { filterDefinition, filterKeyNames } from "../fleet/index.ts";
import { limits, topics } from "./command.ts";
import { foldWord } from "./nearest.ts";
import {
  commandNames,
  findCommand,
  findKey,
  findSubcommand,
  isOption,
  type Key,
  optionDefinition,
  optionsOf,
  type Subcommand,
  subcommands,
} from "./words.ts";

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
  const typed = text.slice(0, Math.min(cursor, limits.message));
  const start = Math.max(0, ...[...typed.matchAll(/\s/g)].map((match) => match.index + 1));
  const word = typed.slice(start);
  const before = typed.slice(0, start).split(/\s+/u).filter(Boolean);
  if (insideQuotes(typed) || (before.length === 0 && !/^[/／?？]/u.test(word))) {
    return [];
  }
  return suggestions(before, word)
    .filter((suggestion) => begins(suggestion, suggestion.typed))
    .slice(0, most)
    .map(({ typed: part, ...suggestion }) => ({
      ...suggestion,
      start: start + word.length - part.length,
      end: typed.length,
      detail: describe(suggestion.kind, suggestion.about),
    }))
    .map(({ about: _, aliases: __, ...completion }) => completion);
}

interface Suggestion {
  readonly kind: Completion["kind"];
  readonly insert: string;
  readonly label: string;
  /** What stands typed of it. */
  readonly typed: string;
  /** The word that is explained. */
  readonly about: string;
  /** Other words that mean it. */
  readonly aliases: readonly string[];
}

function begins(suggestion: Suggestion, typed: string): boolean {
  const folded = foldWord(typed);
  return [suggestion.label, ...suggestion.aliases].some((word) => foldWord(word).startsWith(folded));
}

function insideQuotes(typed: string): boolean {
  return (typed.replace(/\\./g, "").match(/["“”]/g)?.length ?? 0) % 2 === 1;
}

function suggestions(before: readonly string[], word: string): readonly Suggestion[] {
  const [first, second] = before;
  if (first === undefined) {
    return commandNames.map(({ name, aliases }) => toSuggestion("command", name, `${name} `, word, aliases));
  }
  if (findCommand(first) === "/help") {
    return before.length > 1 ? [] : topics.map((topic) => toSuggestion("subcommand", topic, topic, word, []));
  }
  if (findCommand(first) !== "/runtimes") {
    return [];
  }
  const subcommand = second === undefined ? undefined : findSubcommand(second);
  if (subcommand === "show") {
    return [];
  }
  const assignment = /^(?:--|—)?([^=＝:：]+)[=＝:：](.*)$/u.exec(word);
  if (assignment !== null) {
    return valueSuggestions(findKey(assignment[1] ?? ""), assignment[2] ?? "");
  }
  const words = second === undefined ? subcommandSuggestions(word) : [];
  return [...words, ...keySuggestions(before, word.replace(/^(--|—)/u, ""), subcommand)];
}

function toSuggestion(
  kind: Completion["kind"],
  label: string,
  insert: string,
  typed: string,
  aliases: readonly string[],
): Suggestion {
  return { kind, label, insert, typed, about: label, aliases };
}

function subcommandSuggestions(word: string): readonly Suggestion[] {
  return subcommands.map(({ name, aliases }) => toSuggestion("subcommand", name, `${name} `, word, aliases));
}

// The keys that people want first.
const commonKeys: readonly Key[] = ["status", "risk", "provider", "agent", "name", "user", "group"];

function keySuggestions(before: readonly string[], word: string, subcommand: Subcommand | undefined) {
  const used = new Set(before.map((token) => findKey(/^(?:--|—)?([^=＝:：]+)/u.exec(token)?.[1] ?? "")));
  const options = optionsOf[subcommand === "summary" ? "summary" : "list"];
  return [...new Set<Key>([...commonKeys, ...filterKeyNames, ...options])]
    .filter((key) => !used.has(key))
    .map((key) => {
      const chinese = isOption(key) ? optionDefinition(key).chinese : filterDefinition(key).chinese;
      return toSuggestion("key", key, `${key}=`, word, [chinese]);
    });
}

function valueSuggestions(key: Key | undefined, typed: string): readonly Suggestion[] {
  if (key === undefined) {
    return [];
  }
  const definition = isOption(key) ? optionDefinition(key) : filterDefinition(key);
  const flags = definition.shape === "flag-or-names" ? ["yes", "no"] : [];
  const given = typed.split(/[,，、]/u);
  const last = given.at(-1) ?? "";
  const taken = new Set(given.slice(0, -1).map(foldWord));
  return [...flags, ...definition.values]
    .filter((value) => !taken.has(foldWord(value)))
    .map((value) => toSuggestion("value", value, value, last, []));
}
