import type { Filters } from "../fleet/index.ts";
import { type Command, defaultSize, defaultTrendDays } from "./command.ts";
import type { Gathered } from "./filters.ts";
import { gatherAll } from "./gather.ts";
import { findFacet, findFormat, findSortKey } from "./keys.ts";
import { isOutline, type Read } from "./problem.ts";
import { readTarget } from "./target.ts";
import { bareWord, type Token } from "./token.ts";
import { findSubcommand } from "./words.ts";

function subcommandOf(token: Token | undefined): ReturnType<typeof findSubcommand> {
  const word = bareWord(token);
  return word === undefined ? undefined : findSubcommand(word);
}

/** `/runtimes` and what follows it. A subcommand stands first, but one that has filters only may come after them. */
export function readRuntimes(tokens: readonly Token[], text: string): Read<Command> {
  const [first, ...rest] = tokens;
  if (subcommandOf(first) === "show") {
    const read = readTarget(rest, text, "runtime");
    return isOutline(read) ? read : { kind: "show", target: read.target };
  }
  const at = tokens.findIndex((token) => subcommandOf(token) !== undefined && subcommandOf(token) !== "show");
  const others = tokens.filter((_, index) => index !== at);
  switch (subcommandOf(tokens[at])) {
    case "summary":
      return readSummary(others, text);
    case "export":
      return readExport(others, text);
    case "trend":
      return readTrend(others, text);
    case "risks":
      return readList(others, text, { filters: { risk: ["yes"] }, options: {} });
    default:
      return readList(tokens, text);
  }
}

/** A list. `implied` is what stands for filters and options in the words before these. */
export function readList(tokens: readonly Token[], text: string, implied?: Gathered): Read<Command> {
  const gathered = gatherAll("list", tokens, text, implied);
  if (isOutline(gathered)) {
    return gathered;
  }
  const { page = "1", size = String(defaultSize), sort = "" } = gathered.options;
  const descending = sort.startsWith("-");
  const key = findSortKey(descending ? sort.slice(1) : sort);
  return {
    kind: "list",
    ...narrowedBy(gathered),
    page: Number(page),
    size: Number(size),
    ...(key !== undefined && { sort: { key, descending } }),
  };
}

/** The filters of a command, and its view where there is one. */
export function narrowedBy({ filters, options: { view } }: Gathered): {
  readonly filters: Filters;
  readonly view?: string;
} {
  return { filters, ...(view !== undefined && { view }) };
}

function readSummary(tokens: readonly Token[], text: string): Read<Command> {
  const gathered = gatherAll("summary", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const by = findFacet(gathered.options.by);
  return { kind: "summary", ...narrowedBy(gathered), ...(by !== undefined && { by }) };
}

function readExport(tokens: readonly Token[], text: string): Read<Command> {
  const gathered = gatherAll("export", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const format = findFormat(gathered.options.format);
  return { kind: "export", ...narrowedBy(gathered), ...(format !== undefined && { format }) };
}

function readTrend(tokens: readonly Token[], text: string): Read<Command> {
  const gathered = gatherAll("trend", tokens, text);
  if (isOutline(gathered)) {
    return gathered;
  }
  const { by, days = String(defaultTrendDays) } = gathered.options;
  const facet = findFacet(by);
  return {
    kind: "trend",
    ...narrowedBy(gathered),
    days: Number(days),
    ...(facet !== undefined && { by: facet }),
  };
}
