import { type RiskKind, type Runtime, riskKinds } from "./runtime.ts";

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

export function countRuntimes(runtimes: readonly Runtime[]): RuntimeCounts {
  const has = (status: string) => runtimes.filter((runtime) => runtime.status === status).length;
  const withRisk = (kind: RiskKind) => runtimes.filter((runtime) => runtime.risks?.includes(kind)).length;
  const [running, stopped] = [has("Running"), has("Stopped")];
  return {
    runtimes: runtimes.length,
    running,
    stopped,
    other: runtimes.length - running - stopped,
    atRisk: runtimes.filter((runtime) => (runtime.risks?.length ?? 0) > 0).length,
    riskUnknown: runtimes.filter((runtime) => runtime.risks === undefined).length,
    risks: {
      "agent-uninstalled": withRisk("agent-uninstalled"),
      "model-modified": withRisk("model-modified"),
      "channel-modified": withRisk("channel-modified"),
    },
  };
}

/** The worst of a runtime's risks, undefined when it has none or none is known. */
export function worstRisk(runtime: Runtime): RiskKind | undefined {
  return riskKinds.find((kind) => runtime.risks?.includes(kind));
}
