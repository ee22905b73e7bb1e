import { type RiskKind, type Runtime, riskKinds } from "../../fleet/index.ts";
import type { Episode, Observation } from "../episode.ts";
import type { Change, ScanRow } from "../memory.ts";
import type { Moment } from "../moment.ts";
import type { Seen, Sighting } from "../sighting.ts";
import { setupOf } from "../sketch.ts";

/** What a scan says of one runtime and one kind of risk. Of a scan that is not complete only a risk that was seen counts. */
export function observe(sighting: Sighting, runtime: string, kind: RiskKind): Observation {
  const observation = read(sighting.runtimes.get(runtime), kind, sighting.kinds);
  return sighting.complete || observation === "risk" ? observation : "unknown";
}

function read(seen: Seen | undefined, kind: RiskKind, kinds: readonly RiskKind[]): Observation {
  switch (seen?.kind) {
    case "row": {
      const { risks } = seen.runtime;
      return risks === undefined ? "unknown" : risks.includes(kind) && kinds.includes(kind) ? "risk" : "clear";
    }
    case "elsewhere":
      return "clear";
    case "no-row":
      return "not-seen";
    case "unknown":
    case undefined:
      return "unknown";
  }
}

/** A runtime that matches, with those of its risks that the watch is about. */
export interface AtRisk {
  readonly id: string;
  readonly runtime: Runtime;
  /** Worst first. */
  readonly kinds: readonly RiskKind[];
}

/** All that match and are at risk, in an order that does not hang on that of the rows. */
export function atRisk({ runtimes, kinds }: Sighting): readonly AtRisk[] {
  const found: AtRisk[] = [];
  for (const [id, seen] of runtimes) {
    if (seen.kind === "row" && seen.runtime.risks !== undefined) {
      const { runtime } = seen;
      const shown = riskKinds.filter((kind) => kinds.includes(kind) && runtime.risks?.includes(kind));
      found.push(...(shown.length === 0 ? [] : [{ id, runtime, kinds: shown }]));
    }
  }
  return found.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** How many unexpected observations are kept of one scan. */
const mostOdd = 100;

/** What is kept of a scan. Of an open episode a risk is expected; what says more than "unknown" is kept first. */
export function scanRow(watch: string, sighting: Sighting, open: readonly Episode[], now: Moment): ScanRow {
  const found = atRisk(sighting);
  const kinds: Partial<Record<RiskKind, number>> = {};
  for (const kind of found.flatMap((one) => one.kinds)) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const odd = open
    .map(({ runtime, kind }) => [runtime, kind, observe(sighting, runtime, kind)] as const)
    .filter(([, , observation]) => observation !== "risk")
    .sort(([, , one], [, , other]) => Number(one === "unknown") - Number(other === "unknown"));
  const { complete, reason } = sighting;
  const at = { at: now.steady, wall: now.wall };
  return { watch, ...at, complete, atRisk: found.length, kinds, reason, odd: odd.slice(0, mostOdd) };
}

/** How those are set up that were seen with nothing at risk: what a change that comes later is compared with. */
export function soundSetups({ complete, runtimes }: Sighting): Change["setups"] {
  if (!complete) {
    return [];
  }
  return [...runtimes]
    .flatMap(([id, seen]) =>
      seen.kind === "row" && seen.runtime.risks?.length === 0 ? [{ runtime: id, ...setupOf(seen.runtime) }] : [],
    )
    .sort((one, other) => (one.runtime < other.runtime ? -1 : 1));
}
