import { countRuntimes, type RuntimeCounts } from "./counts.ts";
import { countFacets, type FacetKey, type Facets, facetKeys } from "./facets.ts";
import type { Snapshot } from "./snapshot.ts";

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

/** Counts a list that was read, by one thing or by all. */
export function summaryOf({ runtimes, unreadable, complete }: Snapshot, by: FacetKey | undefined): Summary {
  const counter = countFacets(by === undefined ? facetKeys : [by]);
  runtimes.forEach(counter.add);
  const counts = countRuntimes(runtimes);
  return { kind: "summary", counts, facets: counter.facets(), counted: "runtimes", unreadable, complete };
}
