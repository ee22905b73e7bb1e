import type { FacetCount, FacetKey } from "./facets.ts";
import type { Outcome } from "./failure.ts";
import { foldSpelling } from "./filter-definition.ts";
import type { ApiFilters, CallOptions, Fleet } from "./fleet.ts";
import { type Filters, filterDefinition } from "./keys.ts";
import type { Plan } from "./plan.ts";
import type { Summary } from "./summary.ts";

/** What is to be counted. */
export interface SummaryQuery {
  readonly filters: Filters;
  /** The one thing to count by; all of them when undefined. */
  readonly by: FacetKey | undefined;
}

/** Whether a list can be counted by totals: the API filters it whole, and has a filter for what is counted. */
export function countsByTotals(split: Plan, { by }: SummaryQuery): boolean {
  return split.left === undefined && (by === undefined || by === "status" || by === "agent" || by === "provider");
}

/**
 * Counts a list that is too large to read by what the API counts: one call of one row for each provider and value. A
 * runtime with agents of two providers counts in the list of each.
 */
export async function summaryByTotals(
  fleet: Fleet,
  split: Plan,
  { by }: SummaryQuery,
  call: CallOptions,
): Promise<Outcome<Summary>> {
  const count: Count = (further) => countEach(fleet, split, further, call);
  const each = await count({});
  if (!each.ok) {
    return each;
  }
  const total = sum(each.value);
  const risk = await countRisk(count, split, total);
  if (!risk.ok) {
    return risk;
  }
  const status = await countValues(count, split, valuesOf.status, total);
  if (!status.ok) {
    return status;
  }
  const agent = by === "agent" ? await countValues(count, split, valuesOf.agent, total) : noCounts;
  if (!agent.ok) {
    return agent;
  }
  const provider = split.providers
    .map((name, index) => ({ values: [name], label: name, count: each.value[index] ?? 0 }))
    .filter(({ count: rows }) => rows > 0)
    .sort(commonestFirst);
  return {
    ok: true,
    value: {
      kind: "summary",
      counts: { runtimes: total, ...statusCounts(status.value, total), ...risk.value, risks: undefined },
      facets: {
        status: by === undefined || by === "status" ? status.value : undefined,
        agent: by === "agent" ? agent.value : undefined,
        provider: by === undefined || by === "provider" ? provider : undefined,
      },
      counted: "totals",
      unreadable: 0,
      complete: true,
    },
  };
}

/** How many rows of each provider's list match further filters. */
type Count = (further: ApiFilters) => Promise<Outcome<readonly number[]>>;

const noCounts = { ok: true, value: [] } as const;

async function countEach(
  fleet: Fleet,
  { providers, filters }: Plan,
  further: ApiFilters,
  call: CallOptions,
): Promise<Outcome<readonly number[]>> {
  const counts: number[] = [];
  for (const provider of providers) {
    const page = await fleet.page({ provider, filters: { ...filters, ...further }, page: 1, size: 1 }, call);
    if (!page.ok) {
      return page;
    }
    counts.push(page.value.total);
  }
  return { ok: true, value: counts };
}

interface RiskCounts {
  readonly atRisk: number;
  readonly riskUnknown: number;
}

/** What is asked already, by a filter or by a scope, is not asked again, and never asked otherwise. */
async function countRisk(count: Count, { filters }: Plan, total: number): Promise<Outcome<RiskCounts>> {
  if (filters.HasRisk !== undefined) {
    return { ok: true, value: { atRisk: filters.HasRisk === "true" ? total : 0, riskUnknown: 0 } };
  }
  if (filters.IncludeRiskInfo !== "true") {
    return { ok: true, value: { atRisk: 0, riskUnknown: total } };
  }
  const counts = await count({ HasRisk: "true" });
  return counts.ok ? { ok: true, value: { atRisk: sum(counts.value), riskUnknown: 0 } } : counts;
}

interface Countable {
  readonly parameter: string;
  /** The commonest first. */
  readonly values: readonly string[];
  /** Whether a runtime has at most one, so that the counts add up to the total. */
  readonly distinct: boolean;
}

const valuesOf = {
  status: { parameter: "DesktopStatuses", values: filterDefinition("status").values, distinct: true },
  agent: { parameter: "AgentInstanceStatuses", values: filterDefinition("agent").values, distinct: false },
} as const;

/** Counts each value that the filters leave; no further call once they add up to the total. The rest has none of them. */
async function countValues(
  count: Count,
  { filters }: Plan,
  { parameter, values, distinct }: Countable,
  total: number,
): Promise<Outcome<readonly FacetCount[]>> {
  const only = [filters[parameter] ?? values].flat().map(foldSpelling);
  const found: FacetCount[] = [];
  let rest = total;
  for (const value of values) {
    if ((distinct && rest <= 0) || !only.includes(foldSpelling(value))) {
      continue;
    }
    const counts = await count({ [parameter]: [value] });
    if (!counts.ok) {
      return counts;
    }
    rest -= sum(counts.value);
    found.push({ values: [value], label: value, count: sum(counts.value) });
  }
  found.push({ values: [], label: undefined, count: rest });
  return { ok: true, value: found.filter((one) => one.count > 0).sort(commonestFirst) };
}

function statusCounts(statuses: readonly FacetCount[], total: number) {
  const of = (status: string) => statuses.find(({ label }) => label === status)?.count ?? 0;
  const [running, stopped] = [of("Running"), of("Stopped")];
  return { running, stopped, other: Math.max(0, total - running - stopped) };
}

function commonestFirst(a: FacetCount, b: FacetCount): number {
  return b.count - a.count;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, one) => total + one, 0);
}
