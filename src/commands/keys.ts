import {
  type FacetKey,
  type FilterKey,
  facetKeys,
  filterDefinition,
  filterKeyNames,
  type Shape,
  type SortKey,
} from "../fleet/index.ts";
import { type ExportFormat, exportFormats, sortKeyNames } from "./command.ts";
import { foldWord, lookUp } from "./nearest.ts";
import { type OptionKey, optionDefinition, optionNames, optionsOf, type Taker } from "./options.ts";

export type Key = FilterKey | OptionKey;

const keyNames: readonly Key[] = [...filterKeyNames, ...optionNames];

export function isOption(key: Key): key is OptionKey {
  return optionNames.some((name) => name === key);
}

/** Whether a command that takes filters takes a key. */
export function takes(taker: Taker, key: Key): boolean {
  return isOption(key) ? optionsOf[taker].includes(key) : filtersOf(taker).includes(key);
}

/** The filters that a command takes. An audit is of people and not of runtimes. */
function filtersOf(taker: Taker): readonly FilterKey[] {
  return taker === "audit" ? ["user"] : filterKeyNames;
}

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
    const { chinese, shape, greatest, ...definition } = optionDefinition(key);
    const values = key === "sort" ? sortKeyNames : definition.values;
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

/** Further names of a key: those that the API has for it, for those who know the API and not this bot. */
function furtherNames(key: Key): readonly string[] {
  const { parameter, also } = isOption(key) ? optionDefinition(key) : filterDefinition(key);
  return [parameter, ...also];
}

const keyLookup: ReadonlyMap<string, Key> = new Map(
  keyNames.flatMap((key) =>
    [key, keyDefinition(key).chinese, ...furtherNames(key)]
      .filter((word) => word !== "")
      .map((word): [string, Key] => [foldWord(word), key]),
  ),
);

/** The key that a word names: in English, in Chinese, or as the API calls it. */
export function findKey(word: string): Key | undefined {
  return lookUp(keyLookup, word);
}

/** Every name of every key that a command takes, for suggestions. */
export function keyWords(taker: Taker): readonly string[] {
  const keys: readonly Key[] = [...filtersOf(taker), ...optionsOf[taker]];
  return [
    ...keys.flatMap((key) => [key, keyDefinition(key).chinese]),
    ...keys.flatMap(furtherNames).filter((word) => /^\w+$/.test(word)),
  ];
}

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
