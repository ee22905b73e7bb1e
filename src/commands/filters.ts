import { type FilterKey, type Filters, filterDefinition } from "../fleet/index.ts";
import { limits } from "./command.ts";
import { findValue, isOption, type Key, keyDefinition } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import { isFormed, readFormed } from "./option-values.ts";
import { type OptionKey, optionDefinition, type Taker } from "./options.ts";
import type { Outline } from "./problem.ts";
import type { Piece, Span, Token } from "./token.ts";
import { daysOfList, printDays } from "./weekdays.ts";

/** The keys and values of a command, as they are gathered token by token. */
export interface Gathered {
  readonly filters: Filters;
  readonly options: Readonly<Partial<Record<OptionKey, string>>>;
}

/** Takes in one more `key=value`, or says what is wrong with it. */
export function gather(taker: Taker, gathered: Gathered, key: Key, token: Token): Gathered | Outline {
  if (token.values.length === 0) {
    return missingValue(key, token);
  }
  const single = isOption(key) && !(key === "days" && taker === "digest-on");
  // Days of the week are a list. All other options are counted before they are read, which can take a while.
  if (single && (token.values.length > 1 || gathered.options[key] !== undefined)) {
    return { kind: "one-value", key, span: token };
  }
  const values: string[] = [];
  for (const piece of token.values) {
    const value = readValue(taker, key, piece);
    if (typeof value !== "string") {
      return value;
    }
    values.push(value);
  }
  return isOption(key) ? addOption(gathered, key, values) : addFilter(gathered, key, values, token);
}

/** A key without a value. Whoever names a key that can be "yes" most likely means that. */
export function missingValue(key: Key, span: Span, form: "key" | "value" = "key"): Outline {
  const { shape, values } = keyDefinition(key);
  const yes = shape === "flag" || shape === "flag-or-names" ? "yes" : undefined;
  const nearest = form === "value" ? yes : yes && `${key}=${yes}`;
  const formed = key === "for" || key === "at" || key === "tz";
  const allowed = formed ? [optionDefinition(key).example] : values;
  return { kind: "missing-value", key, allowed, span, nearest };
}

/** Where an option has several values, they are days of the week. */
function addOption(gathered: Gathered, key: OptionKey, values: readonly string[]): Gathered {
  const all = [gathered.options[key] ?? [], values].flat().join(",");
  const value = values.length === 1 && gathered.options[key] === undefined ? all : printDays(daysOfList(all));
  return { ...gathered, options: { ...gathered.options, [key]: value } };
}

function addFilter(gathered: Gathered, key: FilterKey, values: readonly string[], token: Token): Gathered | Outline {
  const { shape } = filterDefinition(key);
  const known = gathered.filters[key];
  const all = [...new Set([...(known ?? []), ...values])];
  const takesList = shape === "list" || shape === "flag-or-names";
  if (!takesList && (known !== undefined || values.length > 1)) {
    return { kind: "one-value", key, span: token };
  }
  if (shape === "flag-or-names" && all.length > 1 && (all.includes("yes") || all.includes("no"))) {
    return { kind: "exclusive", key, span: token };
  }
  if (all.length > limits.valuesOfKey) {
    return { kind: "too-many-values", key, limit: limits.valuesOfKey, span: token };
  }
  return { ...gathered, filters: { ...gathered.filters, [key]: all } };
}

/** The canonical spelling of one value. */
function readValue(taker: Taker, key: Key, piece: Piece): string | Outline {
  const { shape, values, open, greatest } = keyDefinition(key);
  const { text } = piece;
  if (text.length > limits.valueLength) {
    return { kind: "value-too-long", limit: limits.valueLength, span: piece };
  }
  if (text === "") {
    return missingValue(key, piece, "value");
  }
  if (isFormed(key) && (key !== "days" || taker === "digest-on")) {
    return readFormed(key, piece);
  }
  if (shape === "whole") {
    return readWhole(key, piece, key === "days" && taker === "audit" ? limits.auditDays : greatest);
  }
  if (key === "sort") {
    return readSort(piece, values);
  }
  return findValue(key, text) ?? (open ? text : wrongValue(key, piece, values));
}

function wrongValue(key: Key, piece: Piece, allowed: readonly string[]): Outline {
  return { kind: "bad-value", key, word: piece.text, allowed, span: piece, nearest: nearestWord(piece.text, allowed) };
}

function readSort(piece: Piece, allowed: readonly string[]): string | Outline {
  const descending = /^[-－−–—]/u.test(piece.text);
  const sign = descending ? "-" : "";
  const word = descending ? piece.text.slice(1) : piece.text;
  const found = findValue("sort", word);
  if (found !== undefined) {
    return `${sign}${found}`;
  }
  const nearest = nearestWord(word, allowed);
  return { ...wrongValue("sort", piece, allowed), nearest: nearest && `${sign}${nearest}` };
}

function readWhole(key: Key, piece: Piece, greatest: number): string | Outline {
  const digits = piece.text.normalize("NFKC");
  const least = isOption(key) ? 1 : 0;
  const number = /^-?\d+$/.test(digits) ? Number(digits) : Number.NaN;
  const bounded = greatest > 0;
  if (number >= least && number <= (bounded ? greatest : Number.MAX_SAFE_INTEGER)) {
    return String(number);
  }
  const nearest = number < least ? String(least) : bounded && number > greatest ? String(greatest) : undefined;
  return { kind: "not-whole", key, word: piece.text, greatest, span: piece, nearest };
}
