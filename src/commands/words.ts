import {
  type FacetKey,
  type FilterKey,
  facetKeys,
  filterDefinition,
  filterKeyNames,
  type Shape,
  type SortKey,
  sortKeys,
} from "../fleet/index.ts";
import { limits, type Topic, topics } from "./command.ts";
import { foldWord } from "./nearest.ts";

/** The keys that are not filters. */
export type OptionKey = "page" | "size" | "sort" | "by";

export interface OptionDefinition {
  readonly chinese: string;
  readonly shape: Shape;
  readonly values: readonly string[];
  /** The greatest whole number. */
  readonly greatest: number;
  readonly example: string;
}

const sortValues = (Object.keys(sortKeys) as SortKey[]).flatMap((key) => [key, `-${key}`]);

const options: Readonly<Record<OptionKey, OptionDefinition>> = {
  page: { chinese: "页", shape: "whole", values: [], greatest: limits.page, example: "2" },
  size: { chinese: "每页", shape: "whole", values: [], greatest: limits.pageSize, example: "20" },
  sort: { chinese: "排序", shape: "one", values: sortValues, greatest: 0, example: "-risk" },
  by: { chinese: "分组", shape: "one", values: facetKeys, greatest: 0, example: "version" },
};

export type Key = FilterKey | OptionKey;

export function optionDefinition(key: OptionKey): OptionDefinition {
  return options[key];
}

export function isOption(key: Key): key is OptionKey {
  return key in options;
}

/** A word of the grammar with everything that means the same. */
interface Word<Name extends string> {
  readonly name: Name;
  readonly aliases: readonly string[];
}

export type Subcommand = "show" | "summary" | "risks";

export const subcommands: readonly Word<Subcommand>[] = [
  { name: "show", aliases: ["查看"] },
  { name: "summary", aliases: ["汇总"] },
  { name: "risks", aliases: ["风险"] },
];

export const commandNames: readonly Word<"/runtimes" | "/help">[] = [
  { name: "/runtimes", aliases: ["/rt", "/运行时"] },
  { name: "/help", aliases: ["/帮助", "/?", "?"] },
];

/** Words that later versions will know, so that they are answered as such and not as misspelled. */
export const plannedCommands: readonly Word<string>[] = [
  { name: "/why", aliases: ["/为什么"] },
  { name: "/alerts", aliases: ["/告警"] },
  { name: "/digest", aliases: ["/日报"] },
  { name: "/view", aliases: ["/视图"] },
  { name: "/lang", aliases: ["/语言"] },
  { name: "/audit", aliases: ["/审计"] },
];

export const plannedSubcommands: readonly Word<string>[] = [
  { name: "export", aliases: ["导出"] },
  { name: "trend", aliases: ["趋势"] },
];

/** Which options a command takes besides filters. */
export const optionsOf: Readonly<Record<"list" | "summary", readonly OptionKey[]>> = {
  list: ["page", "size", "sort"],
  summary: ["by"],
};

function lookup<Name extends string>(words: readonly Word<Name>[]): ReadonlyMap<string, Name> {
  return new Map(words.flatMap(({ name, aliases }) => [name, ...aliases].map((word) => [foldWord(word), name])));
}

const commandLookup = lookup(commandNames);
const subcommandLookup = lookup(subcommands);
const plannedLookup = lookup([...plannedCommands, ...plannedSubcommands]);

const keyLookup: ReadonlyMap<string, Key> = new Map<string, Key>([
  // The API's own parameter names are understood as well, for those who know the API and not this bot.
  ...filterKeyNames.map((key): [string, Key] => [foldWord(filterDefinition(key).parameter), key]),
  ["hasrisk", "risk"],
  ["pagenumber", "page"],
  ["pagesize", "size"],
  ...filterKeyNames.map((key): [string, Key] => [foldWord(filterDefinition(key).chinese), key]),
  ...filterKeyNames.map((key): [string, Key] => [foldWord(key), key]),
  ...(Object.keys(options) as OptionKey[]).flatMap((key): [string, Key][] => [
    [foldWord(options[key].chinese), key],
    [foldWord(key), key],
  ]),
]);

export function findCommand(word: string): "/runtimes" | "/help" | undefined {
  return commandLookup.get(foldWord(word));
}

export function findSubcommand(word: string): Subcommand | undefined {
  return subcommandLookup.get(foldWord(word));
}

/** The name of a command or subcommand of a later version. */
export function findPlanned(word: string): string | undefined {
  return plannedLookup.get(foldWord(word));
}

export function findKey(word: string): Key | undefined {
  const folded = foldWord(word);
  return folded === "" ? undefined : keyLookup.get(folded);
}

/** Every key as it is documented, for suggestions. */
export const keyWords: readonly string[] = [
  ...filterKeyNames.flatMap((key) => [key, filterDefinition(key).chinese]),
  ...(Object.keys(options) as OptionKey[]).flatMap((key) => [key, options[key].chinese]),
];

export function findTopic(word: string): Topic | undefined {
  const folded = foldWord(word);
  const command = findCommand(`/${word.replace(/^[/／]/u, "")}`);
  if (command === "/runtimes") {
    return "runtimes";
  }
  return findSubcommand(word) ?? topics.find((topic) => foldWord(topic) === folded);
}

const affirmative = new Set(["yes", "true", "on", "y", "1", "是", "有"]);
const negative = new Set(["no", "false", "off", "n", "0", "否", "无"]);

/** "yes" or "no", in the ways that people write them. */
export function findFlag(word: string): "yes" | "no" | undefined {
  const folded = foldWord(word);
  return affirmative.has(folded) ? "yes" : negative.has(folded) ? "no" : undefined;
}

/** The documented spelling of a value. */
export function findValue(word: string, values: readonly string[]): string | undefined {
  const folded = foldWord(word);
  return values.find((candidate) => foldWord(candidate) === folded);
}

/** A documented value given where a key should stand: `Running` means `status=Running`. */
export function keyOfValue(word: string): { readonly key: FilterKey; readonly value: string } | undefined {
  for (const key of ["status", "agent", "provider", "channel", "risk", "os", "platform"] as const) {
    const value = findValue(word, filterDefinition(key).values);
    if (value !== undefined) {
      return { key, value };
    }
  }
  return undefined;
}

export function isFacet(key: string): key is FacetKey {
  return (facetKeys as readonly string[]).includes(key);
}
