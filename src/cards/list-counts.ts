import type { ListCommand } from "../commands/index.ts";
import type { Listing } from "../fleet/index.ts";

/** A count, and whether it speaks of the whole list or only of the page that is shown. */
export interface Known {
  readonly count: number;
  readonly whole: boolean;
}

/** What is known of a list from the one page that was asked for. */
export interface KnownCounts {
  readonly running: Known;
  readonly stopped: Known;
  readonly other: Known;
  /** Whether the list is of one status, so that counts by status say nothing new. */
  readonly oneStatus: boolean;
  readonly atRisk: Known;
  /** Whether the API said anything on risk. */
  readonly riskKnown: boolean;
  /** Runtimes of which it said nothing. */
  readonly riskUnknown: number;
  /** Whether an agent is known to be gone. */
  readonly serious: boolean;
}

/** What the command's own filters tell of the whole list, whatever page is shown: all of `risk=yes` are at risk. */
export function knownCounts({ counts, counted, total }: Listing, { filters }: ListCommand): KnownCounts {
  const whole = counted === "all";
  const status = filters.status?.length === 1 ? filters.status[0] : undefined;
  const ofStatus = (count: number, holds: boolean): Known =>
    status === undefined ? { count, whole } : { count: holds ? total : 0, whole: true };
  const { risk } = filters;
  return {
    running: ofStatus(counts.running, status === "Running"),
    stopped: ofStatus(counts.stopped, status === "Stopped"),
    other: ofStatus(counts.other, status !== "Running" && status !== "Stopped"),
    oneStatus: status !== undefined,
    atRisk: risk === undefined ? { count: counts.atRisk, whole } : { count: risk[0] === "no" ? 0 : total, whole: true },
    riskKnown: risk !== undefined || counts.riskUnknown < counts.runtimes,
    riskUnknown: counts.riskUnknown,
    serious: (counts.risks?.["agent-uninstalled"] ?? 0) > 0,
  };
}
