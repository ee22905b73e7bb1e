import type { Filters } from "../fleet/index.ts";
import { type Command, defaultSize, limits } from "./command.ts";
import type { Gathered } from "./filters.ts";
import { gatherAll, wordOf } from "./gather.ts";
import { findFacet, findFormat, findSortKey } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import { print, printFilters } from "./print.ts";
import type { CommandProblem, Outline } from "./problem.ts";
import { readTarget } from "./target.ts";
import { type Head, readHead, type Token, tokenise } from "./token.ts";
import {
  commandNames,
  findCommand,
  findPlannedCommand,
  findPlannedSubcommand,
  findSubcommand,
  findTopic,
  plannedCommands,
  spellings,
  subcommands,
} from "./words.ts";

export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly problem: CommandProblem };

export type ParsedFilters =
  | { readonly ok: true; readonly filters: Filters }
  | { readonly ok: false; readonly problem: CommandProblem };

/** Reads a command. Never throws, whatever the text; the time that it takes grows with the text's length alone. */
export function parse(text: string): Parsed {
  const command = readText(text);
  return isOutline(command) ? { ok: false, problem: problemOf(text, command, readText, print) } : { ok: true, command };
}

/** Reads filters alone, as they stand in a scope or a saved view; empty text is no filter. */
export function parseFilters(text: string): ParsedFilters {
  const filters = readFilters(text);
  return isOutline(filters)
    ? { ok: false, problem: problemOf(text, filters, readFilters, printFilters) }
    : { ok: true, filters };
}

type Read<Value> = Value | Outline;

/** How many characters are shown of a text that is too long to be read. */
const shownLength = 80;

function isOutline(read: Command | Gathered | Filters | Outline): read is Outline {
  return "span" in read;
}

function problemOf<Value extends Command | Filters>(
  text: string,
  outline: Outline,
  read: (text: string) => Read<Value>,
  show: (value: Value) => string,
): CommandProblem {
  const { start, end } = outline.span;
  if (outline.kind === "too-long") {
    const span = { start: 0, end: Math.min(text.length, shownLength) };
    return { ...outline, text: text.slice(0, shownLength), span, nearest: undefined, mended: undefined };
  }
  return {
    ...outline,
    text,
    span: { start, end },
    nearest: outline.nearest,
    mended: mend(text, outline, read, show),
  };
}

/** Puts the nearest words in place, one after the other, until it can be read or nothing is near. */
function mend<Value extends Command | Filters>(
  text: string,
  outline: Outline,
  read: (text: string) => Read<Value>,
  show: (value: Value) => string,
): string | undefined {
  let [mended, next] = [text, outline];
  for (let round = 0; round < 5 && next.nearest !== undefined; round += 1) {
    mended = mended.slice(0, next.span.start) + next.nearest + mended.slice(next.span.end);
    const value = read(mended);
    if (!isOutline(value)) {
      return show(value);
    }
    next = value;
  }
  return undefined;
}

/** What is too long is refused before it is looked at. */
function tooLong(text: string): Outline {
  return { kind: "too-long", limit: limits.text, span: { start: 0, end: text.length } };
}

function readText(text: string): Read<Command> {
  if (text.length > limits.text) {
    return tooLong(text);
  }
  const head = readHead(text);
  const command = findCommand(head.text);
  if (command === undefined) {
    return unknownCommand(head, text);
  }
  const lexed = tokenise(text, head.next);
  if (!lexed.ok) {
    return { kind: "unclosed-quote", span: lexed.unclosed };
  }
  return command === "/help" ? readHelp(lexed.tokens, text) : readRuntimes(lexed.tokens, text);
}

function readFilters(text: string): Read<Filters> {
  if (text.length > limits.text) {
    return tooLong(text);
  }
  const lexed = tokenise(text);
  if (!lexed.ok) {
    return { kind: "unclosed-quote", span: lexed.unclosed };
  }
  const gathered = gatherAll("filters", lexed.tokens, text);
  return isOutline(gathered) ? gathered : gathered.filters;
}

function unknownCommand({ text: word, start, end }: Head, text: string): Outline {
  const span = { start, end };
  const bare = word.replace(/^／/u, "/");
  if (!bare.startsWith("/")) {
    const forgotten = word === "" ? undefined : findCommand(`/${word}`);
    return { kind: "not-a-command", span: word === "" ? { start: 0, end: text.length } : span, nearest: forgotten };
  }
  const planned = findPlannedCommand(bare);
  if (planned !== undefined) {
    return { kind: "planned", word: planned, span };
  }
  const nearest =
    bare === "/" ? "/help" : nearestWord(bare, [...spellings(commandNames), ...spellings(plannedCommands)]);
  return { kind: "unknown-command", word: bare, span, nearest };
}

function readHelp(tokens: readonly Token[], text: string): Read<Command> {
  const last = tokens.at(-1);
  if (last === undefined) {
    return { kind: "help" };
  }
  const word = last.key?.text || wordOf(last, text);
  const topic = findTopic(word);
  if (topic !== undefined) {
    return { kind: "help", topic };
  }
  const command = `/${word.replace(/^[/／]/u, "")}`;
  if (findCommand(command) === "/help") {
    return { kind: "help" };
  }
  const planned = findPlannedCommand(command) ?? findPlannedSubcommand(word);
  if (planned !== undefined) {
    return { kind: "planned", word: planned, span: last };
  }
  const nearest = nearestWord(word, ["runtimes", ...spellings(subcommands), "filters"]);
  return { kind: "unknown-topic", word, span: last, nearest };
}

function subcommandOf(token: Token | undefined): ReturnType<typeof findSubcommand> {
  const word = token?.key === undefined ? token?.values[0] : undefined;
  return word === undefined || word.quoted ? undefined : findSubcommand(word.text);
}

/** `/runtimes` and what follows it. A subcommand stands first, but one that has filters only may come after them. */
function readRuntimes(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  if (subcommandOf(first) === "show") {
    return readTarget(rest, text);
  }
  const at = tokens.findIndex((token) => subcommandOf(token) !== undefined && subcommandOf(token) !== "show");
  const others = tokens.filter((_, index) => index !== at);
  switch (subcommandOf(tokens[at])) {
    case "summary":
      return readSummary(others, text);
    case "export":
      return readExport(others, text);
    case "risks":
      return readList(others, text, { risk: ["yes"] });
    default:
      return readList(tokens, text, {});
  }
}

function readList(tokens: readonly Token[], text: string, implied: Filters): Read<Command> {
  const gathered = gatherAll("list", tokens, text, implied);
  if (isOutline(gathered)) {
    return gathered;
  }
  const { page = "1", size = String(defaultSize), sort = "" } = gathered.options;
  const descending = sort.startsWith("-");
  const key = findSortKey(descending ? sort.slice(1) : sort);
  return {
    kind: "list",
    filters: gathered.filters,
    page: Number(page),
    size: Number(size),
    ...(key !== undefined && { sort: { key, descending } }),
  };
}

function readSummary(tokens: readonly Token[], text: string): Read<Command> {
  const gathered = gatherAll("summary", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const by = findFacet(gathered.options.by);
  return { kind: "summary", filters: gathered.filters, ...(by !== undefined && { by }) };
}

function readExport(tokens: readonly Token[], text: string): Read<Command> {
  const gathered = gatherAll("export", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const format = findFormat(gathered.options.format);
  return { kind: "export", filters: gathered.filters, ...(format !== undefined && { format }) };
}
