import { filterKeyNames } from "../fleet/index.ts";
import { findKey, findValue, type Key, keyDefinition } from "./keys.ts";
import { begins } from "./nearest.ts";
import { optionDefinition, optionsOf, type Taker } from "./options.ts";
import type { Place, Suggestion } from "./suggestion.ts";
import { daysWords } from "./weekdays.ts";
import { placeOfZone, zoneNames } from "./zone.ts";

// The keys that people want first.
const commonKeys: readonly Key[] = ["status", "risk", "provider", "agent", "name", "user", "group"];

/** The keys that a command takes, best first. What asks for a runtime or an alert takes no filters. */
function keysFor(taker: Taker): readonly Key[] {
  const options = optionsOf[taker];
  switch (taker) {
    case "alerts-show":
    case "alerts-mute":
      return options;
    case "digest-on":
      return [...options, ...commonKeys, ...filterKeyNames];
    case "audit":
      return ["user", "days", "size"];
    default:
      return [...commonKeys, ...filterKeyNames, ...options];
  }
}

/** The keys that are not there yet and begin with what is typed; none for no taker. */
export function suggestKeys(place: Place, taker: Taker | undefined, given: readonly string[]): readonly Suggestion[] {
  const used = new Set<string | undefined>([
    ...given,
    ...place.others.map((token) => token.key && findKey(token.key.text)),
  ]);
  return [...new Set(taker === undefined ? [] : keysFor(taker))]
    .filter((key) => !used.has(key) && begins(place.typed, key, keyDefinition(key).chinese))
    .map((key) => ({ kind: "key", label: key, insert: `${key}=` }));
}

/** The values of a key that begin with what is typed; none for a key that the command does not take. */
export function suggestValues(place: Place, key: Key, taker: Taker): readonly Suggestion[] {
  if (!keysFor(taker).includes(key)) {
    return [];
  }
  const earlier = place.others.filter((token) => token.key !== undefined && findKey(token.key.text) === key);
  const taken = [...earlier.flatMap((token) => token.values), ...place.taken].map(
    ({ text }) => findValue(key, text) ?? text,
  );
  const values = taken.length === 0 ? valuesOf(key, taker) : furtherValues(key, taker, taken);
  return values
    .filter((value) => isTyped(key, value, place.typed))
    .map((value) => ({ kind: "value", label: value, insert: value }));
}

function valuesOf(key: Key, taker: Taker): readonly string[] {
  switch (key) {
    case "sort":
      return optionDefinition(key).values;
    case "days":
      return taker === "digest-on" ? daysWords : ["7", "30", "90"];
    case "for":
      return ["30m", "1h", "2h", "8h", "1d", "7d"];
    case "at":
      return ["09:00", "18:00"];
    case "tz":
      return zoneNames;
    default:
      return keyDefinition(key).values;
  }
}

/** What can stand beside the values that are there: nothing where one is all, and no flag beside names. */
function furtherValues(key: Key, taker: Taker, taken: readonly string[]): readonly string[] {
  const { shape } = keyDefinition(key);
  const list = shape === "list" || shape === "flag-or-names" || (key === "days" && taker === "digest-on");
  if (!list || taken.includes("yes") || taken.includes("no")) {
    return [];
  }
  return valuesOf(key, taker).filter((value) => value !== "yes" && value !== "no" && !taken.includes(value));
}

function isTyped(key: Key, value: string, typed: string): boolean {
  if (key === "tz") {
    return begins(typed, value, placeOfZone(value));
  }
  // The sign is left out of what words are compared by.
  const sameSign = key !== "sort" || typed === "" || value.startsWith("-") === typed.startsWith("-");
  return sameSign && begins(typed, value, keyDefinition(key).chineseValues[value] ?? value);
}
