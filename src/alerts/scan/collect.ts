import type { Fold, Runtime } from "../../fleet/index.ts";
import type { Seen } from "../sighting.ts";
import type { Served } from "./cover.ts";
import { identityOf } from "./identity.ts";
import { showsKind, verdictOf } from "./want.ts";

/** What a list has brought, for each watch that it serves: by the watch's id, then by the runtime's. */
export type Collected = ReadonlyMap<string, ReadonlyMap<string, Seen>>;

export interface Collecting extends Fold<Collected> {
  /** Runtimes that nothing tells apart from others. */
  unidentified(): number;
}

/**
 * Keeps of the rows of a list what the watches want that it serves: those at risk that match, and what it shows of runtimes
 * with open episodes.
 */
export function collectSeen(serves: readonly Served[]): Collecting {
  const kept = new Map<string, Map<string, Seen>>();
  let unidentified = 0;
  return {
    row(runtime) {
      const identity = identityOf(runtime);
      if (identity === undefined) {
        unidentified += 1;
        return;
      }
      const row: Seen = { kind: "row", runtime };
      for (const served of serves) {
        const seen = seenBy(served, identity, runtime, row);
        if (seen !== undefined) {
          keep(kept, served.need.want.id, identity, seen);
        }
      }
    },
    result: () => kept,
    unidentified: () => unidentified,
  };
}

/** Undefined where a watch has nothing to do with a runtime, or where its row does not tell. */
function seenBy({ need, tests }: Served, identity: string, runtime: Runtime, row: Seen): Seen | undefined {
  const { kinds, open } = need.want;
  const isOpen = open.has(identity);
  if (!isOpen && !showsKind(runtime, kinds)) {
    return undefined;
  }
  const verdict = verdictOf(runtime, tests);
  if (verdict === "yes") {
    return row;
  }
  return verdict === "no" && isOpen ? { kind: "elsewhere" } : undefined;
}

/** What several lists, or several passes over one, have brought together. */
export function mergeCollected(all: readonly Collected[]): ReadonlyMap<string, Map<string, Seen>> {
  const merged = new Map<string, Map<string, Seen>>();
  for (const collected of all) {
    for (const [watch, runtimes] of collected) {
      for (const [identity, seen] of runtimes) {
        keep(merged, watch, identity, seen);
      }
    }
  }
  return merged;
}

function keep(kept: Map<string, Map<string, Seen>>, watch: string, identity: string, seen: Seen): void {
  const runtimes = kept.get(watch) ?? new Map<string, Seen>();
  const known = runtimes.get(identity);
  // Whichever of two comes first, the one that tells more stays.
  if (known === undefined || tells(seen) > tells(known)) {
    runtimes.set(identity, seen);
  }
  kept.set(watch, runtimes);
}

function tells(seen: Seen): number {
  switch (seen.kind) {
    case "unknown":
      return 0;
    case "no-row":
      return 1;
    case "elsewhere":
      return 2;
    case "row":
      return 3 + (seen.runtime.risks === undefined ? 0 : 1 + seen.runtime.risks.length);
  }
}
