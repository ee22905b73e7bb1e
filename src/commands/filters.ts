import { type FilterKey, type Filters, filterDefinition } from "../fleet/index.ts";
import { limits } from "./command.ts";
import { nearestWord } from "./nearest.ts";
import type { Outline } from "./problem.ts";
import type { Piece, Token } from "./token.ts";
import { findFlag, findValue, isOption, type Key, type OptionKey, optionDefinition } from "./words.ts";

/** The keys and values of a command, as they are gathered token by token. */
export interface Gathered {
  readonly filters: Filters;
  readonly options: Readonly<Partial<Record<OptionKey, string>>>;
}

/** Takes in one more `key=value`, or says what is wrong with it. */
export function gather(gathered: Gathered, key: Key, token: Token): Gathered | Outline {
  if (token.values.length === 0) {
    return { kind: "missing-value", key, allowed: shapeOf(key).values.slice(0, 8), span: token };
  }
  const values: string[] = [];
  for (const piece of token.values) {
    const value = readValue(key, piece);
    if (typeof value !== "string") {
      return value;
    }
    values.push(value);
  }
  return isOption(key) ? addOption(gathered, key, values, token) : addFilter(gathered, key, values, token);
}

function shapeOf(key: Key) {
  return isOption(key) ? { open: false, ...optionDefinition(key) } : { greatest: 0, ...filterDefinition(key) };
}

function addOption(gathered: Gathered, key: OptionKey, values: readonly string[], token: Token): Gathered | Outline {
  const [value] = values;
  if (value === undefined || values.length > 1 || gathered.options[key] !== undefined) {
    return { kind: "one-value", key, span: token };
  }
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
function readValue(key: Key, piece: Piece): string | Outline {
  const { shape, values, open, greatest } = shapeOf(key);
  const { text } = piece;
  if (text.length > limits.valueLength) {
    return { kind: "value-too-long", limit: limits.valueLength, span: piece };
  }
  if (text === "") {
    return { kind: "missing-value", key, allowed: values.slice(0, 8), span: piece };
  }
  switch (shape) {
    case "whole":
      return readWhole(key, piece, greatest);
    case "flag":
      return findFlag(text) ?? wrongValue(key, piece, ["yes", "no"]);
    case "flag-or-names":
      return findValue(text, values) ?? findFlag(text) ?? wrongValue(key, piece, ["yes", "no", ...values]);
    case "list":
    case "one":
      if (key === "sort") {
        return readSort(piece, values);
      }
      return findValue(text, values) ?? (open ? text : wrongValue(key, piece, values));
  }
}

function wrongValue(key: Key, piece: Piece, allowed: readonly string[]): Outline {
  return { kind: "bad-value", key, word: piece.text, allowed, span: piece, nearest: nearestWord(piece.text, allowed) };
}

function readSort(piece: Piece, values: readonly string[]): string | Outline {
  const descending = /^[-－−]/u.test(piece.text);
  const bare = values.filter((value) => !value.startsWith("-"));
  const word = descending ? piece.text.slice(1) : piece.text;
  const found = findValue(word, bare);
  if (found !== undefined) {
    return `${descending ? "-" : ""}${found}`;
  }
  const nearest = nearestWord(word, bare);
  return { ...wrongValue("sort", piece, bare), nearest: nearest && `${descending ? "-" : ""}${nearest}` };
}

function readWhole(key: Key, piece: Piece, greatest: number): string | Outline {
  const digits = piece.text.normalize("NFKC");
  const least = isOption(key) ? 1 : 0;
  const number = /^-?\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
  const tooGreat = greatest > 0 && number > greatest;
  if (Number.isNaN(number) || number < least || tooGreat) {
    const nearest = Number.isNaN(number) ? undefined : String(tooGreat ? greatest : least);
    return { kind: "not-whole", key, word: piece.text, greatest, span: piece, nearest };
  }
  return String(number);
}
