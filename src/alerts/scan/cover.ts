import { type ApiFilters, type FilterKey, filterDefinition, foldSpelling, type KeyPlan } from "../../fleet/index.ts";
import { type Test, testsOf, type Want } from "./want.ts";

/** One provider's list, as a watch wants it. */
export interface Need {
  readonly want: Want;
  readonly provider: string;
}

/** A list that is read once for all that it serves. */
export interface Cover {
  /** What stands for it. */
  readonly key: string;
  readonly provider: string;
  readonly filters: ApiFilters;
  readonly serves: readonly Served[];
}

export interface Served {
  readonly need: Need;
  /** Whether it is exactly the list that is wanted, so that no other would do with less. */
  readonly own: boolean;
  /** What has to be asked of its rows, for this watch. */
  readonly tests: readonly Test[];
}

/** What every scan asks for: runtimes at risk. HasRisk works only together with IncludeRiskInfo. */
const atRisk = { IncludeRiskInfo: "true", HasRisk: "true" } as const;

interface Query {
  readonly key: string;
  readonly provider: string;
  readonly folded: string;
  readonly parts: ReadonlyMap<FilterKey, Part>;
}

interface Part {
  readonly sent: ApiFilters;
  readonly text: string;
  /** The values of a list, of which any will do. */
  readonly list: ReadonlySet<string> | undefined;
  /** Whether a row can be asked the same, so that the API need not be. */
  readonly shown: boolean;
}

/** The lists that a watch wants, one for each of its providers. */
export function needsOf(want: Want): readonly Need[] {
  return want.kinds.length === 0 ? [] : want.providers.map((provider) => ({ want, provider }));
}

/**
 * As few lists as serve all needs. A list serves for a narrower one where the rows show what is narrower: so any number of
 * watches costs no more than the widest of their lists.
 */
export function coverNeeds(needs: readonly Need[]): readonly Cover[] {
  const queries = new Map<string, Query>();
  const wanted = needs.map((need) => {
    const query = queryOf(need);
    queries.set(query.key, queries.get(query.key) ?? query);
    return { need, query };
  });
  const all = [...queries.values()];
  const widest = all.filter((query) => !all.some((other) => other !== query && covers(other, query)));
  const serves = new Map<string, Served[]>(widest.map(({ key }) => [key, []]));
  const chosen = new Map<string, Query | undefined>();
  for (const { need, query } of wanted) {
    if (!chosen.has(query.key)) {
      chosen.set(query.key, serves.has(query.key) ? query : widest.find((wide) => covers(wide, query)));
    }
    const cover = chosen.get(query.key);
    if (cover !== undefined) {
      const isOpen = ({ key }: KeyPlan) => query.parts.get(key)?.text !== cover.parts.get(key)?.text;
      serves.get(cover.key)?.push({ need, own: cover.key === query.key, tests: testsOf(need.want, isOpen) });
    }
  }
  return widest.map((query) => ({
    key: query.key,
    provider: query.provider,
    filters: { ...sentBy([...query.parts.values()]), ...atRisk },
    serves: serves.get(query.key) ?? [],
  }));
}

/** Together, what several keys are sent as. */
export function sentBy(parts: readonly Pick<KeyPlan, "sent">[]): ApiFilters {
  const together: Record<string, string | readonly string[]> = {};
  for (const { sent } of parts) {
    Object.assign(together, sent);
  }
  return together;
}

function queryOf({ want, provider }: Need): Query {
  const parts = new Map<FilterKey, Part>();
  for (const plan of want.keys) {
    if (Object.keys(plan.sent).length > 0) {
      parts.set(plan.key, partOf(plan));
    }
  }
  const folded = foldSpelling(provider);
  const key = JSON.stringify([folded, ...[...parts.values()].map(({ text }) => text)]);
  return { key, provider, folded, parts };
}

function partOf({ key, values, sent, asked }: KeyPlan): Part {
  const { shape } = filterDefinition(key);
  // The API may list a row under "no" that shows neither yes nor no.
  const shown = asked !== undefined && !(shape.startsWith("flag") && values[0] === "no");
  const list = shape === "list" ? new Set(values) : undefined;
  const text = JSON.stringify(list === undefined ? sent : [key, ...[...list].sort()]);
  return { sent, text, list, shown };
}

/** Whether all rows of one list are in another, and rows tell which they are. */
function covers(wide: Query, narrow: Query): boolean {
  if (wide.folded !== narrow.folded || wide.parts.size > narrow.parts.size) {
    return false;
  }
  for (const [key, part] of wide.parts) {
    const other = narrow.parts.get(key);
    if (other === undefined || !(other.text === part.text || isWithin(other, part))) {
      return false;
    }
  }
  return [...narrow.parts].every(([key, { text, shown }]) => shown || wide.parts.get(key)?.text === text);
}

function isWithin({ list: few }: Part, { list: many }: Part): boolean {
  return few !== undefined && many !== undefined && [...few].every((value) => many.has(value));
}
