import {
  type FacetKey,
  type FilterKey,
  facetKeys,
  filterDefinition,
  filterKeyNames,
  type Shape,
  type SortKey,
} from "../fleet/index.ts";
import { type ExportFormat, exportFormats, limits, sortKeyNames } from "./command.ts";
import { foldWord, lookUp } from "./nearest.ts";

const optionNames = ["page", "size", "sort", "by", "format"] as const;

/** The keys that are not filters. */
export type OptionKey = (typeof optionNames)[number];

export interface OptionDefinition {
  readonly chinese: string;
  readonly shape: Shape;
  readonly values: readonly string[];
  /** The greatest whole number. */
  readonly greatest: number;
  /** The parameter of ListDesktopAgentRuntime; empty where there is none. */
  readonly parameter: string;
  readonly example: string;
}

const sortValues = sortKeyNames.flatMap((key) => [key, `-${key}`]);

const options: Readonly<Record<OptionKey, OptionDefinition>> = {
  page: { chinese: "页", shape: "whole", values: [], greatest: limits.page, parameter: "PageNumber", example: "2" },
  size: {
    chinese: "每页",
    shape: "whole",
    values: [],
    greatest: limits.pageSize,
    parameter: "PageSize",
    example: "20",
  },
  sort: { chinese: "排序", shape: "one", values: sortValues, greatest: 0, parameter: "", example: "-risk" },
  by: { chinese: "分组", shape: "one", values: facetKeys, greatest: 0, parameter: "", example: "version" },
  format: { chinese: "格式", shape: "one", values: exportFormats, greatest: 0, parameter: "", example: "xlsx" },
};

export type Key = FilterKey | OptionKey;

const keyNames: readonly Key[] = [...filterKeyNames, ...optionNames];

export function optionDefinition(key: OptionKey): OptionDefinition {
  return options[key];
}

export function isOption(key: Key): key is OptionKey {
  return key in options;
}

/** Which options a command takes besides filters. */
export const optionsOf: Readonly<Record<"list" | "summary" | "export" | "filters", readonly OptionKey[]>> = {
  list: ["page", "size", "sort"],
  summary: ["by"],
  export: ["format"],
  filters: [],
};

/** What the parser needs to know of a key, be it a filter or an option. */
export interface KeyDefinition {
  readonly chinese: string;
  readonly shape: Shape;
  /** The documented values as people are told of them, yes and no included; none for any text and for numbers. */
  readonly values: readonly string[];
  /** What documented values are called in Chinese. */
  readonly chineseValues: Readonly<Record<string, string>>;
  readonly open: boolean;
  /** The greatest whole number; 0 for none. */
  readonly greatest: number;
}

export function keyDefinition(key: Key): KeyDefinition {
  if (isOption(key)) {
    const { chinese, shape, greatest } = options[key];
    const values = key === "sort" ? sortKeyNames : options[key].values;
    return { chinese, shape, values, chineseValues: chineseKeys(values), open: false, greatest };
  }
  const { values, ...definition } = filterDefinition(key);
  return {
    ...definition,
    values: definition.shape === "flag-or-names" ? ["yes", "no", ...values] : values,
    greatest: 0,
  };
}

/** Values that are keys have the keys' own Chinese names. */
function chineseKeys(values: readonly string[]): Readonly<Record<string, string>> {
  const keys = filterKeyNames.filter((key) => values.includes(key));
  return Object.fromEntries(keys.map((key) => [key, filterDefinition(key).chinese]));
}

/** The names that the API has for a key, for those who know the API and not this bot. */
function apiNames(key: Key): readonly string[] {
  return isOption(key) ? [options[key].parameter] : [filterDefinition(key).parameter, ...filterDefinition(key).also];
}

const keyLookup: ReadonlyMap<string, Key> = new Map(
  keyNames.flatMap((key) =>
    [key, keyDefinition(key).chinese, ...apiNames(key)]
      .filter((word) => word !== "")
      .map((word): [string, Key] => [foldWord(word), key]),
  ),
);

/** The key that a word names: in English, in Chinese, or as the API calls it. */
export function findKey(word: string): Key | undefined {
  return lookUp(keyLookup, word);
}

/** Every name of every key, for suggestions. */
export const keyWords: readonly string[] = [
  ...keyNames.flatMap((key) => [key, keyDefinition(key).chinese]),
  ...keyNames.flatMap(apiNames).filter((word) => /^\w+$/.test(word)),
];

const affirmative = ["yes", "true", "on", "y", "1", "是", "有"];
const negative = ["no", "false", "off", "n", "0", "否", "无"];

/** The documented values of a key in the spellings that are understood, Chinese ones included. */
function spelledValues(key: Key): ReadonlyMap<string, string> {
  const { shape, values, chineseValues } = keyDefinition(key);
  const flags = shape === "flag" || shape === "flag-or-names";
  return new Map([
    ...(flags ? affirmative.map((word): [string, string] => [word, "yes"]) : []),
    ...(flags ? negative.map((word): [string, string] => [word, "no"]) : []),
    ...Object.entries(chineseValues).map(([value, word]): [string, string] => [foldWord(word), value]),
    ...values.map((value): [string, string] => [foldWord(value), value]),
  ]);
}

const valueLookup: ReadonlyMap<Key, ReadonlyMap<string, string>> = new Map(
  keyNames.map((key) => [key, spelledValues(key)]),
);

/** The documented spelling of a value; "yes" and "no" in the ways that people write them. */
export function findValue(key: Key, word: string): string | undefined {
  return lookUp(valueLookup.get(key) ?? new Map(), word);
}

// Where a value is looked for that stands alone, in this order: "Running" is a status of desktops before one of agents.
const keysOfValues = ["status", "agent", "provider", "channel", "risk", "os", "platform", "managed"] as const;

/** The documented values that say by themselves which key is meant. */
export const tellingValues: readonly string[] = keysOfValues.flatMap((key) => filterDefinition(key).values);

/** A documented value given where a key should stand: `Running` means `status=Running`. */
export function keyOfValue(word: string): { readonly key: FilterKey; readonly value: string } | undefined {
  for (const key of keysOfValues) {
    const value = findValue(key, word);
    if (value !== undefined && value !== "yes" && value !== "no") {
      return { key, value };
    }
  }
  return undefined;
}

export function findSortKey(word: string): SortKey | undefined {
  return sortKeyNames.find((key) => key === word);
}

export function findFormat(word: string | undefined): ExportFormat | undefined {
  return exportFormats.find((format) => format === word);
}

export function findFacet(word: string | undefined): FacetKey | undefined {
  return facetKeys.find((key) => key === word);
}
