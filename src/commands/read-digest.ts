import { nothingMore, unknownChoice } from "./choice.ts";
import { type Command, weekdays } from "./command.ts";
import { gatherAll, wordOf } from "./gather.ts";
import { findKey, takes } from "./keys.ts";
import { isOutline, type Outline, type Read } from "./problem.ts";
import { narrowedBy } from "./read-runtimes.ts";
import { printTime, timeOf } from "./time-of-day.ts";
import { bareWord, type Token } from "./token.ts";
import { daysOf, daysOfList, printDays } from "./weekdays.ts";
import { digestWords, findDigestWord } from "./words.ts";
import { zoneOf } from "./zone.ts";

/** `/digest` and what follows it; alone, it asks when the next one comes. */
export function readDigest(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  if (first === undefined) {
    return { kind: "digest-status" };
  }
  const word = bareWord(first);
  const subcommand = word === undefined ? undefined : findDigestWord(word);
  switch (subcommand) {
    case "on":
      return readOn(first, rest, text);
    case "off":
    case "status":
      return nothingMore(rest, text) ?? { kind: `digest-${subcommand}` };
    case undefined:
      return unknownWord(first, text);
  }
}

/** What a digest alone takes, and a time without a key, most likely are for a new one. */
function unknownWord(token: Token, text: string): Outline {
  const key = token.key && findKey(token.key.text);
  const ofDigest = key !== undefined && takes("digest-on", key);
  const rest = ofDigest ? text.slice(token.start, token.end) : hasKey(token) ? undefined : keyed(token, text);
  const outline = unknownChoice("/digest", digestWords, token, text);
  return rest === undefined ? outline : { ...outline, nearest: `on ${rest}` };
}

function readOn(on: Token, tokens: readonly Token[], text: string): Read<Command> {
  const stray = strayWord(tokens, text);
  if (stray !== undefined) {
    return stray;
  }
  const gathered = gatherAll("digest-on", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const { at, days, tz } = gathered.options;
  const time = timeOf(at ?? "");
  if (time === undefined) {
    return { kind: "missing-time", span: on, nearest: "on at=09:00" };
  }
  const some = daysOfList(days ?? "");
  return {
    kind: "digest-on",
    at: time,
    ...(days !== undefined && some.length < weekdays.length && { days: some }),
    ...(tz !== undefined && { zone: tz }),
    ...narrowedBy(gathered),
  };
}

/** The first word without a key, where it says by itself which is meant; its key may stand before it as a word: `at 09:00`. */
function strayWord(tokens: readonly Token[], text: string): Outline | undefined {
  const at = tokens.findIndex((token) => !hasKey(token));
  const [first, second] = at === -1 ? [] : tokens.slice(at, at + 2);
  const key = first === undefined ? undefined : bareWord(first);
  const named = key !== undefined && second !== undefined && !hasKey(second) && findKey(key) !== undefined;
  const last = named ? second : first;
  const nearest = last && keyed(last, text);
  return first === undefined || last === undefined || nearest === undefined
    ? undefined
    : {
        kind: "unknown-word",
        word: text.slice(last.start, last.end),
        span: { start: first.start, end: last.end },
        nearest,
      };
}

function hasKey(token: Token): boolean {
  return token.key !== undefined && findKey(token.key.text) !== undefined;
}

/** With its key what stands without one and says by itself what it is: a time, days, or a zone. */
function keyed(token: Token, text: string): string | undefined {
  const word = token.key === undefined ? wordOf(token, text) : text.slice(token.start, token.end);
  const time = timeOf(word);
  if (time !== undefined) {
    return `at=${printTime(time)}`;
  }
  const days = daysOf(word);
  if (days !== undefined) {
    return `days=${printDays(days)}`;
  }
  const zone = word.includes("/") ? zoneOf(word) : undefined;
  return zone && `tz=${zone}`;
}
