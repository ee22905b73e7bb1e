import type { Filters } from "../fleet/index.ts";
import { limits } from "./command.ts";
import { type Gathered, gather, missingValue } from "./filters.ts";
import { findKey, keyOfValue, keyWords, takes, tellingValues } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import type { Taker } from "./options.ts";
import { printFilters } from "./print.ts";
import { isOutline, type Outline } from "./problem.ts";
import type { Piece, Span, Token } from "./token.ts";
import { findSubcommand, previewWord, spellings, subcommands } from "./words.ts";

const nothing: Gathered = { filters: {}, options: {} };

/** Reads every `key=value` of a command. `implied` is what its other words stand for: filters give way to those that are typed. */
export function gatherAll(
  taker: Taker,
  tokens: readonly Token[],
  text: string,
  implied: Gathered = nothing,
): Gathered | Outline {
  let gathered: Gathered = { filters: {}, options: implied.options };
  for (const token of tokens) {
    const next = gatherToken(taker, gathered, token, { text, alone: tokens.length === 1 && implied === nothing });
    if (isOutline(next)) {
      return next;
    }
    gathered = next;
  }
  const filters = { ...implied.filters, ...gathered.filters };
  const clash = contradiction(filters, implied.filters, tokens);
  if (clash !== undefined) {
    return clash;
  }
  return printFilters(filters).length > limits.filters
    ? { kind: "too-long", limit: limits.filters, span: { start: 0, end: text.length } }
    : { ...gathered, filters };
}

interface Around {
  readonly text: string;
  /** Whether the token is the only one. */
  readonly alone: boolean;
}

function gatherToken(taker: Taker, gathered: Gathered, token: Token, around: Around): Gathered | Outline {
  if (token.key === undefined || token.key.text === "") {
    return unexpectedWord(token, around, taker);
  }
  const key = findKey(token.key.text);
  if (key === undefined) {
    return unknownKey(token.key, taker);
  }
  return takes(taker, key) ? gather(taker, gathered, key, token) : { kind: "key-elsewhere", key, span: token };
}

/** Filters that exclude each other: risk cannot be asked for and left out. */
function contradiction(filters: Filters, implied: Filters, tokens: readonly Token[]): Outline | undefined {
  const spanOf = (key: "risk" | "risk-info"): Span =>
    tokens.find((token) => token.key !== undefined && findKey(token.key.text) === key) ?? { start: 0, end: 0 };
  const other = implied.risk === undefined ? "risk" : "risks";
  if (filters.risk !== undefined && filters["risk-info"]?.[0] === "no") {
    return { kind: "contradiction", key: "risk-info", other, span: spanOf("risk-info"), nearest: "risk-info=yes" };
  }
  return implied.risk !== undefined && filters.risk?.[0] === "no"
    ? { kind: "contradiction", key: "risk", other, span: spanOf("risk") }
    : undefined;
}

/** The word of a token without a key, or what stands in its place. */
export function wordOf(token: Token, text: string): string {
  return (token.key === undefined && token.values[0]?.text) || text.slice(token.start, token.end);
}

function unexpectedWord(token: Token, { text, alone }: Around, taker: Taker): Outline {
  const word = wordOf(token, text);
  const key = findKey(word);
  if (key !== undefined && takes(taker, key)) {
    return missingValue(key, token);
  }
  const value = keyOfValue(word);
  if (value !== undefined) {
    return { kind: "unknown-word", word, span: token, nearest: `${value.key}=${value.value}` };
  }
  const near = nearestWord(word, [...wordsOf(taker, word), ...tellingValues]);
  const nearValue = near === undefined ? undefined : keyOfValue(near);
  const nearest = nearValue === undefined ? near : `${nearValue.key}=${nearValue.value}`;
  // Who types a name or an id alone wants to see what has it; most have a digit, and few other words do.
  const target = taker === "list" && alone && word.length <= limits.valueLength && /\d/.test(word);
  const show = target ? `show ${text.slice(token.start, token.end)}` : undefined;
  return { kind: "unknown-word", word, span: token, nearest: nearest ?? show };
}

/** The words without a key that a command takes. */
function wordsOf(taker: Taker, word: string): readonly string[] {
  if (taker === "alerts-on") {
    return spellings([previewWord]);
  }
  return taker === "list" && findSubcommand(word) === undefined ? spellings(subcommands) : [];
}

function unknownKey(key: Piece, taker: Taker): Outline {
  return { kind: "unknown-key", word: key.text, span: key, nearest: nearestWord(key.text, keyWords(taker)) };
}
