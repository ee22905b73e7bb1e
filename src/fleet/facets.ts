import { foldSpelling } from "./filter-definition.ts";
import { type Filters, filterDefinition } from "./keys.ts";
import { type Runtime, riskKinds } from "./runtime.ts";
import { plainSpelling, plainVersion } from "./spelling.ts";

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

interface FacetValue {
  /** What is counted together. */
  readonly key: string;
  readonly label: string;
  /** What a filter takes for it. */
  readonly value: string;
}

const same = (text: string): FacetValue => ({ key: text, label: text, value: text });

/** Values that the API spells in more than one way count together, under the documented spelling where there is one. */
const spelled = (facet: FacetKey, values: readonly (string | undefined)[]) =>
  present(values).map((value) => {
    const plain = plainSpelling(facet, value);
    return { key: foldSpelling(plain) || plain, label: plain, value: plain };
  });

function facetValues(runtime: Runtime, facet: FacetKey): readonly FacetValue[] {
  const { agents, channels, groupId, groupName } = runtime;
  switch (facet) {
    case "status":
      return spelled(facet, [runtime.status]);
    case "agent":
      return spelled(
        facet,
        agents.map(({ status }) => status),
      );
    case "provider":
      return spelled(
        facet,
        agents.map(({ provider }) => provider),
      );
    case "version":
      return present(agents.map(({ version }) => version)).map((version) => {
        const plain = plainVersion(version);
        return { key: plain, label: plain, value: version };
      });
    case "region":
      return spelled(facet, [runtime.region]);
    case "group":
      return present([groupId]).map((id) => ({ key: id, label: groupName || id, value: id }));
    case "channel":
      return spelled(facet, [...channels, ...agents.flatMap((agent) => agent.channels)]);
    case "risk":
      return (runtime.risks ?? []).map(same);
    case "os":
      return spelled(facet, [runtime.os]);
  }
}

function present(values: readonly (string | undefined)[]): readonly string[] {
  return values.filter((value): value is string => value !== undefined && value !== "");
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

/**
 * The filters that list what was counted, and no other runtime; undefined where no filter says it ("no region", or one of
 * two versions of a runtime where the list is narrowed to the other).
 */
export function filtersOf(facet: FacetKey, { values }: FacetCount, filters: Filters): Filters | undefined {
  const { shape, open, several, values: documented } = filterDefinition(facet);
  const given = filters[facet];
  if (values.length === 0) {
    const says = facet === "channel" || (facet === "risk" && filters["risk-info"]?.[0] !== "no");
    return says ? { ...filters, [facet]: ["no"] } : undefined;
  }
  const sayable = open || values.every((value) => documented.includes(value));
  // Where a runtime has one value, all that the list is narrowed to are among those given.
  const within = !several || given === undefined || given[0] === "yes" || values.every((one) => given.includes(one));
  return sayable && within ? { ...filters, [facet]: shape === "one" ? values.slice(0, 1) : values } : undefined;
}
