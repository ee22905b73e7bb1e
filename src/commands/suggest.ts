import { findKey } from "./keys.ts";
import { begins } from "./nearest.ts";
import type { Taker } from "./options.ts";
import { suggestKeys, suggestValues } from "./suggest-keys.ts";
import { nothing, type Place, type Suggestion, type Suggestions } from "./suggestion.ts";
import { bareWord } from "./token.ts";
import { topicWords } from "./topics.ts";
import {
  alertsWords,
  type CommandName,
  commandNames,
  digestWords,
  everythingWord,
  findAlertsWord,
  findDigestWord,
  findPreview,
  findSubcommand,
  findViewWord,
  languages,
  previewWord,
  subcommands,
  viewWords,
  type Word,
} from "./words.ts";

/** The commands that begin with what is typed. */
export function suggestCommands(typed: string, start: number): Suggestions {
  const words = matching(commandNames, typed);
  return { start, words: words.map(({ name }) => ({ kind: "command", label: name, insert: `${name} ` })) };
}

/** The ways to go on behind a command. */
export function suggestAfter(command: CommandName, place: Place): Suggestions {
  switch (command) {
    case "/runtimes":
      return suggestRuntimes(place);
    case "/alerts":
      return suggestAlerts(place);
    case "/digest":
      return suggestDigest(place);
    case "/view":
      return suggestView(place);
    case "/lang":
      return suggestFirst(command, languages, place, "");
    case "/audit":
      return suggest(place, [], "audit");
    case "/help":
      return suggestFirst(undefined, topicWords, place, "");
    case "/why":
      return nothing;
  }
}

function suggestRuntimes(place: Place): Suggestions {
  const [first] = place.others;
  const subcommand = findSubcommand(bareWord(first) ?? "");
  if (subcommand === "show") {
    return nothing;
  }
  const taker = subcommand === undefined || subcommand === "risks" ? "list" : subcommand;
  return suggest(place, first === undefined ? wordsFor(undefined, subcommands, place.typed, " ") : [], taker);
}

function suggestAlerts(place: Place): Suggestions {
  const { others } = place;
  const [first, second] = others;
  if (first === undefined) {
    return suggestFirst("/alerts", alertsWords, place);
  }
  const all = second === undefined ? [everythingWord] : [];
  const word = findAlertsWord(bareWord(first) ?? "");
  switch (word) {
    case "on": {
      const said = others.some((token) => findPreview(bareWord(token) ?? "") !== undefined);
      return suggest(place, wordsFor("/alerts on", said ? [] : [previewWord], place.typed, " "), "alerts-on");
    }
    case "ack":
    case "unmute":
      return suggest(place, wordsFor(`/alerts ${word}`, all, place.typed, ""));
    case "mute":
      return suggest(place, wordsFor("/alerts mute", all, place.typed, " "), second && "alerts-mute");
    case "show":
      return suggest(place, [], second && "alerts-show");
    default:
      return nothing;
  }
}

function suggestDigest(place: Place): Suggestions {
  const [first] = place.others;
  if (first === undefined) {
    return suggestFirst("/digest", digestWords, place);
  }
  return findDigestWord(bareWord(first) ?? "") === "on" ? suggest(place, [], "digest-on") : nothing;
}

/** Behind the name of a view, whatever that is, filters follow. */
function suggestView(place: Place): Suggestions {
  const [first, second] = place.others;
  if (first === undefined) {
    return suggestFirst("/view", viewWords, place);
  }
  switch (findViewWord(bareWord(first) ?? "")) {
    case "save":
      return second === undefined ? nothing : suggest(place, [], "filters");
    case "list":
    case "drop":
      return nothing;
    case undefined:
      return first.key === undefined ? suggest(place, [], "list", ["view"]) : nothing;
  }
}

/** The words right behind a command, where nothing else stands yet. */
function suggestFirst(
  command: string | undefined,
  words: readonly Word<string>[],
  place: Place,
  after = " ",
): Suggestions {
  return place.key === undefined && place.others.length === 0
    ? { start: place.start, words: wordsFor(command, words, place.typed, after) }
    : nothing;
}

/** Words, then the keys that somebody takes; or the values of the key that is being typed. */
function suggest(
  place: Place,
  words: readonly Suggestion[],
  taker?: Taker,
  given: readonly string[] = [],
): Suggestions {
  if (place.key === undefined) {
    return { start: place.start, words: [...words, ...suggestKeys(place, taker, given)] };
  }
  const key = findKey(place.key.text);
  return key === undefined || taker === undefined
    ? nothing
    : { start: place.start, words: suggestValues(place, key, taker) };
}

function matching<Name extends string>(words: readonly Word<Name>[], typed: string): readonly Word<Name>[] {
  return words.filter(({ name, aliases }) => begins(typed, name, ...aliases));
}

function wordsFor(
  command: string | undefined,
  words: readonly Word<string>[],
  typed: string,
  after: string,
): readonly Suggestion[] {
  return matching(words, typed).map(({ name }) => ({
    kind: "subcommand",
    label: name,
    insert: `${name}${after}`,
    ...(command !== undefined && { meaning: `${command} ${name}` }),
  }));
}
