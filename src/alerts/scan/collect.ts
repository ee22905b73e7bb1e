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
  const kept = serves.map((served) => ({ served, runtimes: new Map<string, Seen>() }));
  let unidentified = 0;
  return {
    row(runtime) {
      const identity = identityOf(runtime);
      if (identity === undefined) {
        unidentified += 1;
        return;
      }
      const row: Seen = { kind: "row", runtime };
      for (const { served, runtimes } of kept) {
        const seen = seenBy(served, identity, runtime, row);
        if (seen !== undefined) {
          keep(runtimes, identity, seen);
        }
      }
    },
    result: () => new Map(kept.map(({ served, runtimes }) => [served.need.want.id, runtimes])),
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
export function mergeCollected(all: readonly Collected[]): Collected {
  const merged = new Map<string, ReadonlyMap<string, Seen>>();
  const copied = new Map<string, Map<string, Seen>>();
  for (const [watch, runtimes] of all.flatMap((collected) => [...collected])) {
    const known = merged.get(watch);
    if (known === undefined) {
      // Most watches have a single list, which need not be copied.
      merged.set(watch, runtimes);
      continue;
    }
    const copy = copied.get(watch) ?? new Map(known);
    for (const [identity, seen] of runtimes) {
      keep(copy, identity, seen);
    }
    copied.set(watch, copy);
    merged.set(watch, copy);
  }
  return merged;
}

function keep(runtimes: Map<string, Seen>, identity: string, seen: Seen): void {
  const known = runtimes.get(identity);
  // Whichever of two comes first, the one that tells more stays.
  if (known === undefined || tells(seen) > tells(known)) {
    runtimes.set(identity, seen);
  }
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
