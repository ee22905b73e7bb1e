import type { Filters } from "../fleet/index.ts";
import { nothingMore, unknownChoice } from "./choice.ts";
import { type Command, limits } from "./command.ts";
import { gatherAll, wordOf } from "./gather.ts";
import { findKey } from "./keys.ts";
import { nearestWord } from "./nearest.ts";
import { print, printFilters } from "./print.ts";
import { type CommandProblem, isOutline, type Outline, type Read } from "./problem.ts";
import { readAlerts } from "./read-alerts.ts";
import { readAudit } from "./read-audit.ts";
import { readDigest } from "./read-digest.ts";
import { readRuntimes } from "./read-runtimes.ts";
import { readView } from "./read-view.ts";
import { commandsWith, commandsWithNearest } from "./second-words.ts";
import { readTarget } from "./target.ts";
import { bareWord, type Head, readHead, type Token, tokenise } from "./token.ts";
import { findTopic, nearestTopic } from "./topics.ts";
import { type CommandName, commandNames, findCommand, findLanguage, languages, spellings } from "./words.ts";

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

/** How many characters are shown of a text that is too long to be read. */
const shownLength = 80;

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
  return readers[command](lexed.tokens, text);
}

const readers: Readonly<Record<CommandName, (tokens: readonly Token[], text: string) => Read<Command>>> = {
  "/runtimes": readRuntimes,
  "/why": readWhy,
  "/alerts": readAlerts,
  "/digest": readDigest,
  "/view": readView,
  "/lang": readLanguage,
  "/audit": readAudit,
  "/help": readHelp,
};

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

function unknownCommand(head: Head, text: string): Outline {
  const { text: word, start, end } = head;
  const span = { start, end };
  const bare = word.replace(/^／/u, "/");
  if (!bare.startsWith("/")) {
    const forgotten = word === "" ? undefined : findCommand(`/${word}`);
    return { kind: "not-a-command", span: word === "" ? { start: 0, end: text.length } : span, nearest: forgotten };
  }
  if (bare === "/") {
    return { kind: "unknown-command", word: bare, span, nearest: "/help" };
  }
  const second = bare.slice(1);
  if (/^[=＝]/u.test(text.slice(end))) {
    const filter = findKey(second) === undefined ? nearestWord(bare, spellings(commandNames)) : `/runtimes ${second}`;
    return { kind: "unknown-command", word: bare, span, nearest: filter };
  }
  const whole = wholeCommand(commandsWith(second), head, text);
  const near = whole === undefined ? nearestWord(bare, spellings(commandNames)) : undefined;
  const full = whole ?? (near === undefined ? wholeCommand(commandsWithNearest(second), head, text) : undefined);
  return full === undefined
    ? { kind: "unknown-command", word: bare, span, nearest: near }
    : { kind: "unknown-command", word: bare, span: { start, end: head.next }, nearest: full };
}

/** Which of some commands that begin otherwise was meant: the first that the rest of the text goes with. */
function wholeCommand(commands: readonly string[], { start, next }: Head, text: string): string | undefined {
  const goesOn = (command: string): boolean => !isOutline(readText(text.slice(0, start) + command + text.slice(next)));
  return commands.find(goesOn) ?? commands[0];
}

function readWhy(tokens: readonly Token[], text: string): Read<Command> {
  const read = readTarget(tokens, text, "runtime-or-alert");
  return isOutline(read) ? read : { kind: "why", target: read.target };
}

function readLanguage(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  if (first === undefined) {
    return { kind: "lang" };
  }
  const word = bareWord(first);
  const locale = word === undefined ? undefined : findLanguage(word);
  return locale === undefined
    ? unknownChoice("/lang", languages, first, text)
    : (nothingMore(rest, text) ?? { kind: "lang", locale });
}

/** What is asked about stands last, but a command with words of its own is explained as one. */
function readHelp(tokens: readonly Token[], text: string): Read<Command> {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) {
    return { kind: "help" };
  }
  const whole = findTopic(topicWord(first, text));
  const word = topicWord(last, text);
  const topic = whole === undefined || whole === "runtimes" ? (findTopic(word) ?? whole) : whole;
  if (topic !== undefined) {
    return { kind: "help", topic };
  }
  if (findCommand(`/${word.replace(/^[/／]/u, "")}`) === "/help") {
    return { kind: "help" };
  }
  return { kind: "unknown-topic", word, span: last, nearest: nearestTopic(word) };
}

function topicWord(token: Token, text: string): string {
  return token.key?.text || wordOf(token, text);
}
