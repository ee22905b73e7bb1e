import type { Filters } from "../fleet/index.ts";
import { limits } from "./command.ts";
import { type Gathered, gather, missingValue } from "./filters.ts";
import { findKey, isOption, keyOfValue, keyWords, optionsOf, tellingValues } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import { printFilters } from "./print.ts";
import type { Outline } from "./problem.ts";
import type { Piece, Span, Token } from "./token.ts";
import { findPlannedSubcommand, findSubcommand, plannedSubcommands, spellings, subcommands } from "./words.ts";

/** What takes filters, and options beside them. */
type Taker = keyof typeof optionsOf;

/** Reads every `key=value` of a command. `implied` are filters that its subcommand stands for. */
export function gatherAll(
  kind: Taker,
  tokens: readonly Token[],
  text: string,
  implied: Filters = {},
): Gathered | Outline {
  let gathered: Gathered = { filters: {}, options: {} };
  for (const token of tokens) {
    const next = gatherToken(kind, gathered, token, { text, alone: tokens.length === 1 && implied.risk === undefined });
    if ("span" in next) {
      return next;
    }
    gathered = next;
  }
  const filters = { ...implied, ...gathered.filters };
  const clash = contradiction(filters, implied, tokens);
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

function gatherToken(kind: Taker, gathered: Gathered, token: Token, around: Around): Gathered | Outline {
  if (token.key === undefined || token.key.text === "") {
    return unexpectedWord(token, around, kind);
  }
  const key = findKey(token.key.text);
  if (key === undefined) {
    return unknownKey(token.key);
  }
  if (isOption(key) && !optionsOf[kind].includes(key)) {
    return { kind: "key-elsewhere", key, span: token };
  }
  return gather(gathered, key, token);
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

function unexpectedWord(token: Token, { text, alone }: Around, kind: Taker): Outline {
  const word = wordOf(token, text);
  const planned = findPlannedSubcommand(word);
  if (planned !== undefined && kind === "list") {
    return { kind: "planned", word: planned, span: token };
  }
  const key = findKey(word);
  if (key !== undefined) {
    return missingValue(key, token);
  }
  const value = keyOfValue(word);
  if (value !== undefined) {
    return { kind: "unknown-word", word, span: token, nearest: `${value.key}=${value.value}` };
  }
  const known = kind === "list" && findSubcommand(word) === undefined;
  const near = nearestWord(word, [
    ...(known ? [...spellings(subcommands), ...spellings(plannedSubcommands)] : []),
    ...tellingValues,
  ]);
  const nearValue = near === undefined ? undefined : keyOfValue(near);
  const nearest = nearValue === undefined ? near : `${nearValue.key}=${nearValue.value}`;
  // Who types a name or an id alone wants to see what has it; most have a digit, and few other words do.
  const target = kind === "list" && alone && word.length <= limits.valueLength && /\d/.test(word);
  const show = target ? `show ${text.slice(token.start, token.end)}` : undefined;
  return { kind: "unknown-word", word, span: token, nearest: nearest ?? show };
}

function unknownKey(key: Piece): Outline {
  return { kind: "unknown-key", word: key.text, span: key, nearest: nearestWord(key.text, keyWords) };
}
