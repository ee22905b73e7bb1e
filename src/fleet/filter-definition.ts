import type { ApiFilters } from "./fleet.ts";
import type { Runtime } from "./runtime.ts";

/**
 * How a key takes its values: any number of them, exactly one, yes or no, a whole number, or yes or no or else a list of
 * names.
 */
export type Shape = "list" | "one" | "flag" | "whole" | "flag-or-names";

export type Matcher = (runtime: Runtime) => boolean;

/** Everything that is known of one filter key: what the parser, the help, the completion, the docs and the planner read. */
export interface FilterDefinition {
  readonly chinese: string;
  readonly shape: Shape;
  /** The values that are documented; none means any text. */
  readonly values: readonly string[];
  /** What documented values are called in Chinese, which is understood as well. */
  readonly chineseValues: Readonly<Record<string, string>>;
  /** Whether other texts than the documented ones are taken as well. */
  readonly open: boolean;
  /** The parameter of ListDesktopAgentRuntime, for the docs; empty where there is none. */
  readonly parameter: string;
  /** Further names that the API has for it. */
  readonly also: readonly string[];
  /** An example value for the help. */
  readonly example: string;
  /** What the API is asked for. */
  send(values: readonly string[]): ApiFilters;
  /** The same question put to a row; undefined where rows do not show the field. */
  readonly match: ((values: readonly string[]) => Matcher) | undefined;
  /** Whether a row shows the field, so that not matching means something; never where there is no `match`. */
  readonly shows: Matcher;
  /** Whether the API's answer has to be matched here as well, as the API cannot ask, or does so loosely. */
  matchedHere(values: readonly string[]): boolean;
  /** Whether a runtime can have several values at once. */
  readonly several: boolean;
}

/** A word as the API may spell it anywhere: case, `-`, `_` and blanks carry no meaning ("OPEN_CLAW" is "OpenClaw"). */
export function foldSpelling(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}

type Field = (runtime: Runtime) => readonly (string | undefined)[];

/** How a key is read off a row. */
type Reading = Pick<FilterDefinition, "shows"> & { readonly match: (values: readonly string[]) => Matcher };

/** Whether a row shows a field at all. */
export const showsAny =
  (field: Field): Matcher =>
  (runtime) =>
    field(runtime).some((value) => value !== undefined && value !== "");

/** Matches a field by how the API may spell it. */
export function among(field: Field): Reading {
  const match = (values: readonly string[]): Matcher => {
    const wanted = new Set(values.map(foldSpelling));
    return (runtime) => field(runtime).some((value) => value !== undefined && wanted.has(foldSpelling(value)));
  };
  return { match, shows: showsAny(field) };
}

/** Matches a field as it is written. */
export function exactly(field: Field): Reading {
  const match = (values: readonly string[]): Matcher => {
    const wanted = new Set(values);
    return (runtime) => field(runtime).some((value) => value !== undefined && wanted.has(value));
  };
  return { match, shows: showsAny(field) };
}

/** Matches a field that is yes or no. */
export function holds(field: (runtime: Runtime) => boolean | undefined): Reading {
  return {
    match: (values) => (runtime) => field(runtime) === (values[0] === "yes"),
    shows: (runtime) => field(runtime) !== undefined,
  };
}

/** How the API is told yes or no. */
export const flagText = (values: readonly string[]): string => (values[0] === "yes" ? "true" : "false");

type Part = Partial<FilterDefinition> & Pick<FilterDefinition, "chinese" | "example">;

/** A filter key: what most keys of this shape do, and where it differs. */
export function define(shape: Shape, parameter: string, part: Part): FilterDefinition {
  const send = {
    list: (values: readonly string[]): ApiFilters => ({ [parameter]: values }),
    one: (values: readonly string[]): ApiFilters => ({ [parameter]: values[0] ?? "" }),
    whole: (values: readonly string[]): ApiFilters => ({ [parameter]: values[0] ?? "" }),
    flag: (values: readonly string[]): ApiFilters => ({ [parameter]: flagText(values) }),
    "flag-or-names": (values: readonly string[]): ApiFilters => ({ [parameter]: flagText(values) }),
  }[shape];
  const values = shape === "flag" ? ["yes", "no"] : [];
  return {
    shape,
    parameter,
    also: [],
    values,
    chineseValues: {},
    open: shape !== "flag" && (part.values ?? values).length === 0,
    send,
    match: undefined,
    shows: () => false,
    matchedHere: () => false,
    several: false,
    ...part,
  };
}
