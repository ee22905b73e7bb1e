import { LRUCache } from "lru-cache";
import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet } from "./fleet.ts";
import { keepMatches } from "./keep.ts";
import type { Filters, Query } from "./keys.ts";
import { type Listing, listPage, mergeRuntimes, pageOf, type Snapshot } from "./listing.ts";
import { findRuntimes } from "./lookup.ts";
import { type Plan, plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";
import { type Summary, summarise } from "./summary.ts";
import type { SummaryQuery, TooLarge } from "./totals.ts";

/**
 * Answers questions about the fleet with as few calls as the API allows. `scope` narrows every answer and cannot be widened
 * by what is asked.
 */
export interface Reader {
  list(query: Query, scope: Filters, call: CallOptions): Promise<Outcome<Listing | TooLarge>>;
  /** Every runtime with this id, or else with this name. */
  find(target: string, scope: Filters, call: CallOptions): Promise<Outcome<readonly Runtime[]>>;
  summarise(query: SummaryQuery, scope: Filters, call: CallOptions): Promise<Outcome<Summary | TooLarge>>;
}

export interface ReaderOptions {
  readonly fleet: Fleet;
  /** The providers that are asked when a query names none. */
  readonly providers: readonly string[];
  /** How many rows one provider's list may have to be read here for one card; default 5,000. */
  readonly scanLimit?: number | undefined;
  /** For how long a list that had to be read whole is reused, milliseconds; default 15 s. */
  readonly reuse?: number | undefined;
}

export function createReader(options: ReaderOptions): Reader {
  const { fleet, providers, scanLimit = 5_000 } = options;
  const snapshots = new LRUCache<string, Snapshot>({
    max: 16,
    maxSize: 20_000,
    ttl: options.reuse ?? 15_000,
    sizeCalculation: (snapshot) => snapshot.runtimes.length + 1,
  });

  return {
    async list(query, scope, call) {
      const split = plan(query.filters, providers, scope);
      if (split.left === undefined && query.sort === undefined) {
        return listPage(fleet, split, query, call);
      }
      const key = JSON.stringify([query.filters, scope, split.providers]);
      const known = call.fresh === true ? undefined : snapshots.get(key);
      if (known !== undefined) {
        return { ok: true, value: pageOf(known, query) };
      }
      const read = await readAll(fleet, split, scanLimit, call);
      if (!read.ok) {
        return read;
      }
      if ("kind" in read.value) {
        return { ok: true, value: read.value };
      }
      if (read.value.complete) {
        snapshots.set(key, read.value);
      }
      return { ok: true, value: pageOf(read.value, query) };
    },
    find: (target, scope, call) => findRuntimes(fleet, providers, target, scope, call),
    summarise: (query, scope, call) => summarise(fleet, providers, query, scope, scanLimit, call),
  };
}

/** Reads every provider's part of a list and keeps what is left to match here. */
async function readAll(
  fleet: Fleet,
  split: Plan,
  limit: number,
  call: CallOptions,
): Promise<Outcome<Snapshot | TooLarge>> {
  const lists: (readonly Runtime[])[] = [];
  let [complete, unreadable] = [true, 0];
  for (const provider of split.providers) {
    const scan = await fleet.scan({ provider, filters: split.filters, limit }, () => keepMatches(split), call);
    if (!scan.ok) {
      return scan;
    }
    if (scan.value.tooLarge) {
      return { ok: true, value: { kind: "too-large", total: scan.value.total, limit } };
    }
    lists.push(scan.value.value);
    complete &&= scan.value.complete;
    unreadable += scan.value.unreadable;
  }
  return { ok: true, value: { runtimes: mergeRuntimes(lists), complete, unreadable } };
}
