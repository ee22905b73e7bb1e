import { LRUCache } from "lru-cache";
import {
  type CallOptions,
  type Clock,
  countsByTotals,
  type Filters,
  type Fleet,
  type Outcome,
  ownFailure,
  plan,
  type Runtime,
  readSnapshot,
  type Summary,
  summaryByTotals,
  summaryOf,
} from "../../fleet/index.ts";
import { endingWithin } from "../ending.ts";
import type { Setup } from "../sketch.ts";
import { setupOf } from "../sketch.ts";
import { countCalls } from "./count-calls.ts";
import { identityOf } from "./identity.ts";

/** What a list looks like now. */
export interface Counted extends Omit<Summary, "kind"> {
  /** How runtimes of it are set up that have nothing at risk; none where only totals were asked for. */
  readonly setups: readonly (Setup & { readonly runtime: string })[];
}

/**
 * Counts a list within a scope. One that is too large to be read, or takes too long, is counted by the API's totals; the
 * outcome is `overloaded` where the API has none for its filters. Never rejects.
 */
export type Census = (
  filters: Filters,
  scope: Filters,
  call: CallOptions,
) => Promise<{ readonly outcome: Outcome<Counted>; readonly calls: number }>;

export interface CensusOptions {
  readonly fleet: Fleet;
  /** The providers that are asked when the filters name none. */
  readonly providers: readonly string[];
  readonly clock: Pick<Clock, "elapsed" | "sleep" | "now">;
  /** Rows of a list that is read, at most; default 5,000. */
  readonly mostRows?: number | undefined;
  /** For how long a list may be read, milliseconds; default 40 s. */
  readonly mostTime?: number | undefined;
}

/** For how long a list that took too long is not tried to be read again, milliseconds. */
const slowFor = 12 * 60 * 60_000;

export function createCensus({ fleet, providers, clock, mostRows = 5_000, mostTime = 40_000 }: CensusOptions): Census {
  const slow = new LRUCache<string, true>({
    max: 500,
    ttl: slowFor,
    ttlResolution: 0,
    // The cache takes a start at 0 for "no time to live".
    perf: { now: () => clock.elapsed() + 1 },
  });

  return async (filters, scope, call) => {
    const counting = countCalls(fleet);
    const split = plan(filters, providers, scope);
    const key = JSON.stringify([split.providers, filters, scope]);
    let late = false;
    const read = slow.has(key)
      ? undefined
      : await endingWithin(clock, mostTime, call.signal, async (signal) => {
          const outcome = await readSnapshot(counting.fleet, split, mostRows, { ...call, signal });
          late = signal.aborted && !call.signal.aborted;
          return outcome;
        });
    if (read?.ok === true && read.value.kind === "snapshot") {
      const setups = read.value.runtimes.flatMap(setupOfSound);
      const value = { ...withoutKind(summaryOf(read.value, undefined)), setups };
      return { outcome: { ok: true, value }, calls: counting.calls() };
    }
    if (read?.ok === false && !late) {
      return { outcome: read, calls: counting.calls() };
    }
    if (late) {
      slow.set(key, true);
    }
    return { outcome: await byTotals(counting.fleet, split, call), calls: counting.calls() };
  };
}

async function byTotals(fleet: Fleet, split: ReturnType<typeof plan>, call: CallOptions): Promise<Outcome<Counted>> {
  const query = { filters: {}, by: undefined };
  if (!countsByTotals(split, query)) {
    return ownFailure("overloaded", "The list is too large to be counted.");
  }
  const summary = await summaryByTotals(fleet, split, query, call);
  return summary.ok ? { ok: true, value: { ...withoutKind(summary.value), setups: [] } } : summary;
}

function withoutKind({ kind: _, ...summary }: Summary): Omit<Summary, "kind"> {
  return summary;
}

/** Of a runtime that shows that it has nothing at risk. */
function setupOfSound(runtime: Runtime): Counted["setups"] {
  const identity = identityOf(runtime);
  return identity === undefined || runtime.risks?.length !== 0 ? [] : [{ runtime: identity, ...setupOf(runtime) }];
}
