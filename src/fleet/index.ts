export type { Clock } from "./clock.ts";
export type { FailureKind, FleetFailure, Outcome } from "./failure.ts";
export type { ApiFilters, CallOptions, Fleet, Fold, Page, PageRequest, Scan, ScanRequest, Wait } from "./fleet.ts";
export { type Agent, type InstantMessaging, type RiskKind, type Runtime, riskKinds } from "./runtime.ts";
