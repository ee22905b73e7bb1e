import { countRuntimes, type RuntimeCounts } from "./counts.ts";
import { countFacets, type Facets, facetKeys } from "./facets.ts";
import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet } from "./fleet.ts";
import { keepMatches } from "./keep.ts";
import type { Filters } from "./keys.ts";
import { mergeRuntimes } from "./listing.ts";
import { plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";
import { countsByTotals, countTotals, type SummaryQuery, type TooLarge, type Totals } from "./totals.ts";

export interface Summary {
  readonly kind: "summary";
  readonly counts: RuntimeCounts;
  readonly facets: Facets;
  /** How it was counted: by reading every runtime, or by asking the API for totals alone, as the list is large. */
  readonly counted: "runtimes" | "totals";
  readonly unreadable: number;
  /** False: the list moved while it was read, so that the counts may be a little off. */
  readonly complete: boolean;
}

/** Counts a list by its facets. Small lists are read; of larger ones the API's totals are asked for, where it has them. */
export async function summarise(
  fleet: Fleet,
  providers: readonly string[],
  query: SummaryQuery,
  scope: Filters,
  limit: number,
  call: CallOptions,
): Promise<Outcome<Summary | TooLarge>> {
  const split = plan(query.filters, providers, scope);
  const lists: (readonly Runtime[])[] = [];
  let [complete, unreadable] = [true, 0];
  for (const provider of split.providers) {
    const pass = { provider, filters: split.filters, limit };
    const scan = await fleet.scan(pass, () => keepMatches(split), call);
    if (!scan.ok) {
      return scan;
    }
    if (scan.value.tooLarge) {
      if (!countsByTotals(split, query)) {
        return { ok: true, value: { kind: "too-large", total: scan.value.total, limit } };
      }
      const totals = await countTotals(fleet, split, query, call);
      return totals.ok ? { ok: true, value: ofTotals(totals.value) } : totals;
    }
    lists.push(scan.value.value);
    complete &&= scan.value.complete;
    unreadable += scan.value.unreadable;
  }
  const runtimes = mergeRuntimes(lists);
  const counter = countFacets(query.by === undefined ? facetKeys : [query.by]);
  runtimes.forEach(counter.add);
  const counts = countRuntimes(runtimes);
  return {
    ok: true,
    value: { kind: "summary", counts, facets: counter.facets(), counted: "runtimes", unreadable, complete },
  };
}

function ofTotals({ total, atRisk, facets }: Totals): Summary {
  const of = (status: string) => facets.status?.find(({ label }) => label === status)?.count ?? 0;
  const [running, stopped] = [of("Running"), of("Stopped")];
  return {
    kind: "summary",
    counts: {
      runtimes: total,
      running,
      stopped,
      other: total - running - stopped,
      atRisk,
      riskUnknown: 0,
      risks: undefined,
    },
    facets,
    counted: "totals",
    unreadable: 0,
    complete: true,
  };
}
