import type { FacetCount, FacetKey, Facets } from "./facets.ts";
import type { Outcome } from "./failure.ts";
import type { ApiFilters, CallOptions, Fleet } from "./fleet.ts";
import { agentStatuses, desktopStatuses, type Filters } from "./keys.ts";
import type { Plan } from "./plan.ts";

/** More runtimes would have to be read here than is sensible for one card. */
export interface TooLarge {
  readonly kind: "too-large";
  /** Runtimes that would have to be read. */
  readonly total: number;
  readonly limit: number;
}

/** What is to be counted. */
export interface SummaryQuery {
  readonly filters: Filters;
  /** The one thing to count by; all of them when undefined. */
  readonly by: FacetKey | undefined;
}

/** What the API's totals alone say of a list. */
export interface Totals {
  readonly total: number;
  readonly atRisk: number;
  readonly facets: Facets;
}

/** Whether a list can be counted by totals: the API filters it whole, and has a filter for what is counted. */
export function countsByTotals(split: Plan, query: SummaryQuery): boolean {
  const { by } = query;
  return split.left === undefined && (by === undefined || by === "status" || by === "agent" || by === "provider");
}

/**
 * Counts a list that is too large to read: one call of one row for each provider and value, the commonest values first,
 * and no further call once they add up to the total.
 */
export async function countTotals(
  fleet: Fleet,
  split: Plan,
  query: SummaryQuery,
  call: CallOptions,
): Promise<Outcome<Totals>> {
  const providers: FacetCount[] = [];
  let total = 0;
  for (const provider of split.providers) {
    const count = await countOne(fleet, split, provider, {}, call);
    if (!count.ok) {
      return count;
    }
    providers.push({ values: [provider], label: provider, count: count.value });
    total += count.value;
  }
  const atRisk = await countAtRisk(fleet, split, query.filters, total, call);
  if (!atRisk.ok) {
    return atRisk;
  }
  const statuses = await countValues(fleet, split, "status", query.filters, total, call);
  if (!statuses.ok) {
    return statuses;
  }
  const facets: Facets = { status: statuses.value, provider: providers };
  if (query.by !== "agent") {
    return { ok: true, value: { total, atRisk: atRisk.value, facets } };
  }
  const agents = await countValues(fleet, split, "agent", query.filters, total, call);
  return agents.ok
    ? { ok: true, value: { total, atRisk: atRisk.value, facets: { ...facets, agent: agents.value } } }
    : agents;
}

const valuesOf = {
  status: { parameter: "DesktopStatuses", values: desktopStatuses },
  agent: { parameter: "AgentInstanceStatuses", values: agentStatuses },
} as const;

async function countValues(
  fleet: Fleet,
  split: Plan,
  by: keyof typeof valuesOf,
  filters: Filters,
  total: number,
  call: CallOptions,
): Promise<Outcome<readonly FacetCount[]>> {
  const { parameter, values } = valuesOf[by];
  const only = filters[by];
  const counts: FacetCount[] = [];
  let rest = total;
  for (const value of values) {
    if (rest <= 0 || (only !== undefined && !only.includes(value))) {
      continue;
    }
    const count = await countAll(fleet, split, { [parameter]: [value] }, call);
    if (!count.ok) {
      return count;
    }
    rest -= count.value;
    if (count.value > 0) {
      counts.push({ values: [value], label: value, count: count.value });
    }
  }
  if (rest > 0) {
    counts.push({ values: [], label: undefined, count: rest });
  }
  return { ok: true, value: counts.sort((a, b) => b.count - a.count) };
}

async function countAtRisk(
  fleet: Fleet,
  split: Plan,
  filters: Filters,
  total: number,
  call: CallOptions,
): Promise<Outcome<number>> {
  if (filters.risk !== undefined) {
    return { ok: true, value: filters.risk[0] === "no" ? 0 : total };
  }
  return countAll(fleet, split, { IncludeRiskInfo: "true", HasRisk: "true" }, call);
}

async function countAll(fleet: Fleet, split: Plan, further: ApiFilters, call: CallOptions): Promise<Outcome<number>> {
  let sum = 0;
  for (const provider of split.providers) {
    const count = await countOne(fleet, split, provider, further, call);
    if (!count.ok) {
      return count;
    }
    sum += count.value;
  }
  return { ok: true, value: sum };
}

async function countOne(
  fleet: Fleet,
  split: Plan,
  provider: string,
  further: ApiFilters,
  call: CallOptions,
): Promise<Outcome<number>> {
  const page = await fleet.page({ provider, filters: { ...split.filters, ...further }, page: 1, size: 1 }, call);
  return page.ok ? { ok: true, value: page.value.total } : page;
}
