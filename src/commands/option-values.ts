import { auditPlace, limits, muteTimes } from "./command.ts";
import { durationOf, likelyDuration, printDuration } from "./duration.ts";
import type { OptionKey } from "./options.ts";
import type { Outline } from "./problem.ts";
import { likelyTime, printTime, timeOf } from "./time-of-day.ts";
import { type Piece, trimBlanks } from "./token.ts";
import { daysOf, daysWords, nearestDays, printDays } from "./weekdays.ts";
import { findViewWord } from "./words.ts";
import { nearestZone, zoneOf } from "./zone.ts";

/** Options whose values have a form of their own. */
type FormedKey = Extract<OptionKey, "view" | "days" | "for" | "at" | "tz" | "until">;

const formedKeys: readonly string[] = ["view", "days", "for", "at", "tz", "until"] satisfies readonly FormedKey[];

export function isFormed(key: string): key is FormedKey {
  return formedKeys.includes(key);
}

/** The canonical spelling of a value that has a form of its own; `days` are those of a digest. */
export function readFormed(key: FormedKey, piece: Piece): string | Outline {
  switch (key) {
    case "view":
      return readViewName(piece);
    case "days":
      return readDays(piece);
    case "for":
      return readDuration(piece);
    case "at":
      return readTime(piece);
    case "tz":
      return readZone(piece);
    case "until":
      return readPlace(piece);
  }
}

/** The name of a view, as it was typed. */
export function readViewName(piece: Piece): string | Outline {
  const name = trimBlanks(piece.text);
  if (name === "") {
    return { kind: "missing-name", span: piece };
  }
  if (name.length > limits.viewName) {
    return { kind: "value-too-long", limit: limits.viewName, span: piece };
  }
  return findViewWord(name) === undefined ? name : { kind: "reserved-name", word: name, span: piece };
}

function readDays(piece: Piece): string | Outline {
  const days = daysOf(piece.text);
  return days === undefined
    ? {
        kind: "bad-value",
        key: "days",
        word: piece.text,
        allowed: daysWords,
        span: piece,
        nearest: nearestDays(piece.text),
      }
    : printDays(days);
}

function readDuration(piece: Piece): string | Outline {
  const { least, most } = muteTimes;
  const given = durationOf(piece.text);
  if (given !== undefined && least <= given && given <= most) {
    return printDuration(given);
  }
  const likely = given ?? likelyDuration(piece.text);
  const nearest = likely === undefined ? undefined : printDuration(Math.min(Math.max(likely, least), most));
  return { kind: "bad-duration", key: "for", word: piece.text, least, most, span: piece, nearest };
}

function readTime(piece: Piece): string | Outline {
  const given = timeOf(piece.text);
  if (given !== undefined) {
    return printTime(given);
  }
  const likely = likelyTime(piece.text);
  const nearest = likely === undefined ? undefined : printTime(likely);
  return { kind: "bad-time", key: "at", word: piece.text, span: piece, nearest };
}

function readZone(piece: Piece): string | Outline {
  const { text } = piece;
  return zoneOf(text) ?? { kind: "bad-zone", key: "tz", word: text, span: piece, nearest: nearestZone(text) };
}

function readPlace(piece: Piece): string | Outline {
  const place = piece.text.normalize("NFKC");
  return auditPlace.test(place) ? place : { kind: "bad-place", key: "until", word: piece.text, span: piece };
}
