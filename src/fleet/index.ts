export type { Clock } from "./clock.ts";
export { countRuntimes, type RuntimeCounts, worstRisk } from "./counts.ts";
export {
  type FacetCount,
  type FacetKey,
  type Facets,
  facetKeys,
  filtersOf,
} from "./facets.ts";
export { type FailureKind, type FleetFailure, givenUp, type Outcome, ownFailure } from "./failure.ts";
export { foldSpelling, type Matcher, type Shape } from "./filter-definition.ts";
export type { ApiFilters, Asked, CallOptions, Fleet, Fold, Page, PageRequest, Scan, Wait } from "./fleet.ts";
export {
  type FilterKey,
  type Filters,
  filterDefinition,
  filterKeyNames,
  type Query,
  type Sort,
  type SortKey,
  sortKeys,
} from "./keys.ts";
export type { Listing } from "./listing.ts";
export { type KeyPlan, plan, planKeys } from "./plan.ts";
export { createReader, type Reader } from "./reader.ts";
export { type Agent, type InstantMessaging, type RiskKind, type Runtime, riskKinds } from "./runtime.ts";
export { readSnapshot, sawAll, type TooLarge } from "./snapshot.ts";
export { plainProvider, plainVersion } from "./spelling.ts";
export type { Sink, Streamed } from "./stream.ts";
export { type Summary, summaryOf } from "./summary.ts";
export { countsByTotals, summaryByTotals } from "./totals.ts";
export { riskNames } from "./values.ts";
