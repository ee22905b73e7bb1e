import { type RiskKind, type Runtime, riskKinds } from "./runtime.ts";
import { plainSpelling } from "./spelling.ts";

/** What is said first of any set of runtimes. */
export interface RuntimeCounts {
  readonly runtimes: number;
  readonly running: number;
  readonly stopped: number;
  /** Neither running nor stopped. */
  readonly other: number;
  /** With at least one risk. */
  readonly atRisk: number;
  /** Of which the API said nothing on risk. */
  readonly riskUnknown: number;
  /** Runtimes with each kind of risk; undefined when only totals were asked for. */
  readonly risks: Readonly<Record<RiskKind, number>> | undefined;
}

/** Counts in one pass; whatever is not known of a runtime counts as such. */
export function countRuntimes(runtimes: readonly Runtime[]): RuntimeCounts {
  const risks = { "agent-uninstalled": 0, "model-modified": 0, "channel-modified": 0 };
  let [running, stopped, atRisk, riskUnknown] = [0, 0, 0, 0];
  for (const runtime of runtimes) {
    const status = plainSpelling("status", runtime.status ?? "");
    running += Number(status === "Running");
    stopped += Number(status === "Stopped");
    atRisk += Number((runtime.risks?.length ?? 0) > 0);
    riskUnknown += Number(runtime.risks === undefined);
    for (const kind of new Set(runtime.risks)) {
      risks[kind] += 1;
    }
  }
  const other = runtimes.length - running - stopped;
  return { runtimes: runtimes.length, running, stopped, other, atRisk, riskUnknown, risks };
}

/** The worst of a runtime's risks, undefined when it has none or none is known. */
export function worstRisk(runtime: Runtime): RiskKind | undefined {
  return riskKinds.find((kind) => runtime.risks?.includes(kind));
}
