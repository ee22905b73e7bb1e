import type { Filters, SortKey } from "../fleet/index.ts";
import { type Command, commandSchema, defaultSize, limits } from "./command.ts";
import { type Gathered, gather } from "./filters.ts";
import { nearestWord } from "./nearest.ts";
import { print } from "./print.ts";
import type { CommandProblem, Outline } from "./problem.ts";
import { type Piece, type Span, type Token, tokenise } from "./token.ts";
import {
  commandNames,
  findCommand,
  findKey,
  findPlanned,
  findSubcommand,
  findTopic,
  isFacet,
  isOption,
  keyOfValue,
  keyWords,
  optionsOf,
  plannedCommands,
  plannedSubcommands,
  subcommands,
} from "./words.ts";

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: CommandProblem };

type Read = { readonly command: Command } | { readonly outline: Outline };

/** Reads a command. Never throws, whatever the text; the time that it takes grows with the text's length alone. */
export function parse(text: string): Parsed {
  const read = readText(text);
  if ("command" in read) {
    return { ok: true, command: read.command };
  }
  const { outline } = read;
  const shown = outline.kind === "too-long" ? text.slice(0, 80) : text;
  const { start, end } = outline.span;
  const place = { text: shown, span: { start, end }, nearest: outline.nearest, mended: mend(text, outline) };
  return { ok: false, problem: { ...outline, ...place } };
}

/** Reads filters alone, as they stand in a scope or a saved view; empty text is no filter. */
export function parseFilters(
  text: string,
): { readonly ok: true; readonly filters: Filters } | { readonly ok: false; readonly problem: CommandProblem } {
  const prefix = "/runtimes summary ";
  const parsed = parse(prefix + text);
  if (parsed.ok) {
    const { command } = parsed;
    if (command.kind === "summary" && command.by === undefined) {
      return { ok: true, filters: command.filters };
    }
    const span = { start: 0, end: text.length };
    return {
      ok: false,
      problem: { kind: "key-elsewhere", key: "by", text, span, nearest: undefined, mended: undefined },
    };
  }
  const { span, ...problem } = parsed.problem;
  const shift = (at: number) => Math.max(0, at - prefix.length);
  return { ok: false, problem: { ...problem, text, span: { start: shift(span.start), end: shift(span.end) } } };
}

/** Puts the nearest words in place, one after the other, until it is a command or nothing is near. */
function mend(text: string, outline: Outline): string | undefined {
  let [mended, next] = [text, outline];
  for (let round = 0; round < 5; round += 1) {
    if (next.nearest === undefined) {
      return undefined;
    }
    mended = mended.slice(0, next.span.start) + next.nearest + mended.slice(next.span.end);
    const read = readText(mended);
    if ("command" in read) {
      return print(read.command);
    }
    next = read.outline;
  }
  return undefined;
}

function readText(text: string): Read {
  if (text.length > limits.text) {
    return wrong({ kind: "too-long", limit: limits.text, span: { start: 0, end: 80 } });
  }
  const lexed = tokenise(text);
  if (!lexed.ok) {
    return wrong({ kind: "unclosed-quote", span: lexed.unclosed });
  }
  const [first, ...rest] = lexed.tokens;
  const name = first === undefined || first.key !== undefined ? undefined : first.values[0];
  if (first === undefined || name === undefined) {
    return wrong({
      kind: "not-a-command",
      span: first ?? { start: 0, end: text.length },
      nearest: nearestCommand(first),
    });
  }
  const word = name.text.replace(/^[／]/u, "/");
  switch (findCommand(word)) {
    case "/runtimes":
      return readRuntimes(rest, text.length);
    case "/help":
      return readHelp(rest);
    case undefined:
      return wrong(unknownCommand(word, first));
  }
}

function wrong(outline: Outline): Read {
  return { outline };
}

function nearestCommand(token: Token | undefined): string | undefined {
  const word = token?.key?.text ?? "";
  return word.startsWith("/") ? nearestWord(word, names(commandNames)) : undefined;
}

function names(words: readonly { readonly name: string; readonly aliases: readonly string[] }[]): readonly string[] {
  return words.flatMap(({ name, aliases }) => [name, ...aliases]);
}

function unknownCommand(word: string, span: Span): Outline {
  if (!word.startsWith("/")) {
    return { kind: "not-a-command", span };
  }
  const planned = findPlanned(word);
  if (planned?.startsWith("/")) {
    return { kind: "planned", word: planned, span };
  }
  const nearest = nearestWord(word, [...names(commandNames), ...names(plannedCommands)]);
  return { kind: "unknown-command", word, span, nearest };
}

function readHelp(tokens: readonly Token[]): Read {
  const words = tokens.filter((token) => token.key === undefined || token.key.text !== "");
  const last = words.at(-1);
  if (last === undefined) {
    return { command: { kind: "help" } };
  }
  const word = last.key?.text ?? last.values[0]?.text ?? "";
  const topic = findTopic(word);
  if (topic !== undefined) {
    return { command: { kind: "help", topic } };
  }
  const planned = findPlanned(word) ?? findPlanned(`/${word}`);
  if (planned !== undefined) {
    return wrong({ kind: "planned", word: planned, span: last });
  }
  const known = findKey(word);
  const nearest =
    known === undefined ? nearestWord(word, ["runtimes", "show", "summary", "risks", "filters"]) : "filters";
  return wrong({ kind: "unknown-topic", word, span: last, nearest });
}

/** `/runtimes` and what follows it: a subcommand may stand anywhere before its own words. */
function readRuntimes(tokens: readonly Token[], end: number): Read {
  const [sub, ...others] = tokens;
  const name = sub?.key === undefined ? sub?.values[0] : undefined;
  const subcommand = name === undefined || name.quoted ? undefined : findSubcommand(name.text);
  switch (subcommand) {
    case "show":
      return readShow(others, end);
    case "summary":
      return readQuery("summary", others);
    case "risks":
      return readQuery("list", others, { risk: ["yes"] });
    case undefined:
      return readQuery("list", tokens);
  }
}

function readShow(tokens: readonly Token[], end: number): Read {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) {
    return wrong({ kind: "missing-target", span: { start: end, end } });
  }
  const keys = tokens.filter((token) => token.key !== undefined);
  const named = keys.length === 1 && tokens.length === 1 ? findKey(first.key?.text ?? "") : undefined;
  if (keys.length > 0 && named !== "id" && named !== "name") {
    const token = keys[0] ?? first;
    return wrong({ kind: "unknown-word", word: token.key?.text ?? "", span: token });
  }
  const pieces: readonly Piece[] = tokens.flatMap((token) => token.values);
  const target = pieces.map((piece) => piece.text).join(" ");
  const span = { start: first.start, end: last.end };
  if (target === "") {
    return wrong({ kind: "missing-target", span });
  }
  if (target.length > limits.valueLength) {
    return wrong({ kind: "value-too-long", limit: limits.valueLength, span });
  }
  return { command: { kind: "show", target } };
}

function readQuery(kind: "list" | "summary", tokens: readonly Token[], implied: Filters = {}): Read {
  let gathered: Gathered = { filters: {}, options: {} };
  for (const token of tokens) {
    if (token.key === undefined) {
      return wrong(unexpectedWord(token));
    }
    const key = findKey(token.key.text);
    if (key === undefined) {
      return wrong(unknownKey(token.key));
    }
    if (isOption(key) && !optionsOf[kind].includes(key)) {
      return wrong({ kind: "key-elsewhere", key, span: token });
    }
    const next = gather(gathered, key, token);
    if ("kind" in next) {
      return wrong(next);
    }
    const clash = contradiction({ ...implied, ...next.filters }, implied, token);
    if (clash !== undefined) {
      return wrong(clash);
    }
    gathered = next;
  }
  return finish(kind, { ...gathered, filters: { ...implied, ...gathered.filters } });
}

/** Filters that exclude each other: risk cannot be asked for and left out. */
function contradiction(filters: Filters, implied: Filters, span: Span): Outline | undefined {
  if (filters.risk !== undefined && filters["risk-info"]?.[0] === "no") {
    return { kind: "contradiction", key: "risk-info", other: "risk", span };
  }
  return implied.risk !== undefined && filters.risk?.[0] === "no"
    ? { kind: "exclusive", key: "risk", span }
    : undefined;
}

function finish(kind: "list" | "summary", { filters, options }: Gathered): Read {
  const { by, sort, page = "1", size = String(defaultSize) } = options;
  const parsed = commandSchema.safeParse(
    kind === "summary"
      ? { kind, filters, ...(by !== undefined && isFacet(by) && { by }) }
      : { kind, filters, page: Number(page), size: Number(size), ...(sort !== undefined && { sort: sortOf(sort) }) },
  );
  // The grammar lets nothing through that the schema refuses; a property test holds it to that.
  return parsed.success ? { command: parsed.data } : wrong({ kind: "not-a-command", span: { start: 0, end: 0 } });
}

function sortOf(word: string): { readonly key: SortKey; readonly descending: boolean } {
  const descending = word.startsWith("-");
  return { key: (descending ? word.slice(1) : word) as SortKey, descending };
}

function unexpectedWord(token: Token): Outline {
  const word = token.values[0]?.text ?? "";
  const planned = findPlanned(word);
  if (planned !== undefined && !planned.startsWith("/")) {
    return { kind: "planned", word: planned, span: token };
  }
  const value = keyOfValue(word);
  const nearest =
    value === undefined
      ? nearestWord(word, [...names(subcommands), ...names(plannedSubcommands)])
      : `${value.key}=${value.value}`;
  return { kind: "unknown-word", word, span: token, nearest };
}

function unknownKey(key: Piece): Outline {
  return { kind: "unknown-key", word: key.text, span: key, nearest: nearestWord(key.text, keyWords) };
}
