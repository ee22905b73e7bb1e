import { nothingMore, unknownChoice } from "./choice.ts";
import { type Command, limits } from "./command.ts";
import { gatherAll, wordOf } from "./gather.ts";
import { nearestWord } from "./nearest.ts";
import { readViewName } from "./option-values.ts";
import { quote } from "./print.ts";
import { isOutline, type Outline, type Read } from "./problem.ts";
import { readList } from "./read-runtimes.ts";
import { bareWord, type Token } from "./token.ts";
import { findSubcommand, findViewWord, spellings, viewWords } from "./words.ts";

/** `/view` and what follows it; alone, it lists the views. A name that is none of its words is a list of that view. */
export function readView(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  if (first === undefined) {
    return { kind: "view-list" };
  }
  const word = bareWord(first);
  switch (word === undefined ? undefined : findViewWord(word)) {
    case "save":
      return readSave(rest, text);
    case "list":
      return nothingMore(rest, text) ?? { kind: "view-list" };
    case "drop":
      return readDrop(rest, text);
    case undefined:
      return readViewed(tokens, text);
  }
}

function readSave(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  const name = readName(first, text);
  if (typeof name !== "string") {
    return name;
  }
  const gathered = gatherAll("filters", rest, text);
  if (isOutline(gathered)) {
    return withQuotes(gathered, tokens, text);
  }
  return Object.keys(gathered.filters).length === 0
    ? { kind: "missing-filters", span: { start: text.length, end: text.length } }
    : { kind: "view-save", name, filters: gathered.filters };
}

function readDrop(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  const name = readName(first, text);
  if (typeof name !== "string") {
    return name;
  }
  const more = nothingMore(rest, text);
  return more === undefined ? { kind: "view-drop", name } : withQuotes(more, tokens, text);
}

/** `/view NAME` is `/runtimes view=NAME`, and what follows is added to it. */
function readViewed(tokens: readonly Token[], text: string): Read<Command> {
  const [first, second] = tokens;
  if (first === undefined || first.key !== undefined) {
    const list = readList(tokens, text);
    const viewed = isOutline(list) || (list.kind === "list" && list.view !== undefined);
    return viewed ? list : { kind: "missing-name", span: first ?? { start: text.length, end: text.length } };
  }
  const misspelled = first.values[0]?.quoted !== true && nearestWord(wordOf(first, text), spellings(viewWords));
  if (misspelled && second !== undefined && second.key === undefined) {
    return unknownChoice("/view", viewWords, first, text);
  }
  const name = readName(first, text);
  if (typeof name !== "string") {
    return name;
  }
  const subcommand = second && findSubcommand(bareWord(second) ?? "");
  if (second !== undefined && subcommand !== undefined && subcommand !== "show") {
    return ofRuntimes(subcommand, name, second, text);
  }
  const list = readList(tokens.slice(1), text, { filters: {}, options: { view: name } });
  return isOutline(list) ? withQuotes(list, tokens, text) : list;
}

/** What is not a list is asked of the runtimes, with the view as an option. */
function ofRuntimes(subcommand: string, view: string, token: Token, text: string): Outline {
  return {
    kind: "unknown-word",
    word: wordOf(token, text),
    span: { start: 0, end: token.end },
    nearest: `/runtimes ${subcommand} view=${quote(view, "value")}`,
  };
}

function readName(token: Token | undefined, text: string): string | Outline {
  const [piece] = token?.key === undefined ? (token?.values ?? []) : [];
  return piece === undefined
    ? { kind: "missing-name", span: token ?? { start: text.length, end: text.length } }
    : readViewName(piece);
}

/** A name with blanks in it lacks quotes where the word behind its first word belongs to nothing else. */
function withQuotes(outline: Outline, tokens: readonly Token[], text: string): Outline {
  const [first, second] = tokens;
  const keyed = tokens.findIndex((token) => token.key !== undefined);
  const words = keyed === -1 ? tokens : tokens.slice(0, keyed);
  const last = words.at(-1);
  const belongs =
    !["unknown-word", "missing-value", "nothing-more"].includes(outline.kind) || second?.key !== undefined;
  if (belongs || outline.nearest !== undefined || first === undefined || last === undefined) {
    return outline;
  }
  const name = words.map((token) => wordOf(token, text)).join(" ");
  return outline.span.start !== second?.start || name.length > limits.viewName
    ? outline
    : { ...outline, span: { start: first.start, end: last.end }, nearest: quote(name, "word") };
}
