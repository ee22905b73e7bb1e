import { type FilterKey, type Filters, filterDefinition, foldSpelling } from "./keys.ts";
import { type Runtime, riskKinds } from "./runtime.ts";

/** What runtimes can be counted by. Each is also a filter key, so that every count can be listed. */
export const facetKeys = [
  "status",
  "agent",
  "provider",
  "version",
  "region",
  "group",
  "channel",
  "risk",
  "os",
] as const;

export type FacetKey = (typeof facetKeys)[number];

/** How many runtimes have a value. A runtime with several values counts under each; `values` is what a filter takes. */
export interface FacetCount {
  /** The spellings that were counted together; none for "no value". */
  readonly values: readonly string[];
  /** How the value reads; undefined for "no value". */
  readonly label: string | undefined;
  readonly count: number;
}

export type Facets = { readonly [Key in FacetKey]?: readonly FacetCount[] | undefined };

/** A version without the name of its product: the API says both "2026.4.15" and "OpenClaw 2026.4.15". */
export function plainVersion(version: string): string {
  return /(\d[\w.+-]*)\s*$/.exec(version)?.[1] ?? version;
}

/** The provider as it is documented, whatever way the API spells it ("OPEN_CLAW" is "OpenClaw"); others as they came. */
export function plainProvider(provider: string): string {
  const folded = foldSpelling(provider);
  return filterDefinition("provider").values.find((known) => foldSpelling(known) === folded) ?? provider;
}

interface FacetValue {
  /** What is counted together. */
  readonly key: string;
  readonly label: string;
  /** What a filter takes for it. */
  readonly value: string;
}

const same = (text: string): FacetValue => ({ key: text, label: text, value: text });

function facetValues(runtime: Runtime, facet: FacetKey): readonly FacetValue[] {
  switch (facet) {
    case "status":
      return present([runtime.status]).map(same);
    case "agent":
      return present(runtime.agents.map((agent) => agent.status)).map(same);
    case "provider":
      return present(runtime.agents.map((agent) => agent.provider)).map((provider) => same(plainProvider(provider)));
    case "version":
      return present(runtime.agents.map((agent) => agent.version)).map((version) => ({
        key: plainVersion(version),
        label: plainVersion(version),
        value: version,
      }));
    case "region":
      return present([runtime.region]).map(same);
    case "group":
      return present([runtime.groupId]).map((id) => ({ key: id, label: runtime.groupName || id, value: id }));
    case "channel":
      return present([...runtime.channels, ...runtime.agents.flatMap((agent) => agent.channels)]).map(same);
    case "risk":
      return (runtime.risks ?? []).map(same);
    case "os":
      return present([runtime.os]).map(same);
  }
}

function present(values: readonly (string | undefined)[]): readonly string[] {
  return values.filter((value) => value !== undefined && value !== "") as string[];
}

interface Tally {
  label: string;
  readonly values: Set<string>;
  count: number;
}

/** Counts runtimes by facets, one at a time, keeping nothing of them but the counts. */
export interface FacetCounter {
  add(runtime: Runtime): void;
  facets(): Facets;
}

export function countFacets(keys: readonly FacetKey[]): FacetCounter {
  const tallies = new Map(keys.map((key) => [key, new Map<string, Tally>()]));
  return {
    add(runtime) {
      for (const [key, tally] of tallies) {
        addTo(tally, facetValues(runtime, key));
      }
    },
    facets: () => Object.fromEntries([...tallies].map(([key, tally]) => [key, inOrder(key, tally)])),
  };
}

const noValue = "";

function addTo(tally: Map<string, Tally>, values: readonly FacetValue[]): void {
  const distinct = new Map(values.map((value) => [value.key, value]));
  for (const { key, label, value } of distinct.size === 0
    ? [{ key: noValue, label: "", value: "" }]
    : distinct.values()) {
    const entry = tally.get(key) ?? { label, values: new Set<string>(), count: 0 };
    entry.count += 1;
    entry.values.add(value);
    tally.set(key, entry);
  }
}

function inOrder(facet: FacetKey, tally: ReadonlyMap<string, Tally>): readonly FacetCount[] {
  const counts = [...tally].map(([key, entry]) => ({
    values: key === noValue ? [] : [...entry.values].sort(),
    label: key === noValue ? undefined : entry.label,
    count: entry.count,
  }));
  if (facet === "risk") {
    const order: readonly (string | undefined)[] = riskKinds;
    const rank = (count: FacetCount) => order.indexOf(count.label);
    return counts.sort((a, b) => (a.label === undefined ? 1 : b.label === undefined ? -1 : rank(a) - rank(b)));
  }
  return counts.sort((a, b) => b.count - a.count || (a.label ?? "￿").localeCompare(b.label ?? "￿", "en"));
}

/** The filters that list what was counted; undefined where no filter says it ("no region"). */
export function filtersOf(facet: FacetKey, count: FacetCount, filters: Filters): Filters | undefined {
  if (count.values.length > 0) {
    return { ...filters, [facet]: filterDefinition(facet).shape === "one" ? count.values.slice(0, 1) : count.values };
  }
  const none: FilterKey[] = ["risk", "channel"];
  return none.includes(facet) ? { ...filters, [facet]: ["no"] } : undefined;
}
