import type { Clock } from "./clock.ts";
import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet } from "./fleet.ts";
import { type Filters, filterKeyNames, type Query } from "./keys.ts";
import { type Listing, listPage, pageOf } from "./listing.ts";
import { findRuntimes } from "./lookup.ts";
import { type Plan, plan } from "./plan.ts";
import { createRanges } from "./ranges.ts";
import type { Runtime } from "./runtime.ts";
import { readSnapshot, type TooLarge } from "./snapshot.ts";
import { createSnapshots } from "./snapshots.ts";
import { createSorting } from "./sort.ts";
import { type Sink, type Streamed, type StreamQuery, streamList } from "./stream.ts";
import { type Summary, summaryOf } from "./summary.ts";
import { countsByTotals, type SummaryQuery, summaryByTotals } from "./totals.ts";

/**
 * Answers questions about the fleet with as few calls as the API allows. `scope` narrows every answer and cannot be widened
 * by what is asked.
 */
export interface Reader {
  list(query: Query, scope: Filters, call: CallOptions): Promise<Outcome<Listing | TooLarge>>;
  /** Every runtime with this id, or else with this name. */
  find(target: string, scope: Filters, call: CallOptions): Promise<Outcome<readonly Runtime[]>>;
  /**
   * Hands over every runtime of a list as it is read; see `streamList`. Nothing of it is kept, and it has no deadline but
   * the call's own. Rejects only with what the sink rejects with.
   */
  stream(query: StreamQuery, scope: Filters, sink: Sink, call: CallOptions): Promise<Outcome<Streamed | TooLarge>>;
  /** Counts a list by its facets. Small lists are read; of larger ones the API's totals are asked for, where it has them. */
  summarise(query: SummaryQuery, scope: Filters, call: CallOptions): Promise<Outcome<Summary | TooLarge>>;
}

export interface ReaderOptions {
  readonly fleet: Fleet;
  /** The providers that are asked when a query names none. */
  readonly providers: readonly string[];
  /** How many rows may have to be read here for one card, those of all providers together; default 5,000. */
  readonly scanLimit?: number | undefined;
  /** For how long a list that had to be read whole is reused, milliseconds; default 15 s, 0 for never. */
  readonly reuse?: number | undefined;
  /** After how long the reading of a whole list is given up, whoever waits for it, milliseconds; default 2 minutes. */
  readonly deadline?: number | undefined;
  /** The machine's own by default. */
  readonly clock?: Pick<Clock, "elapsed"> | undefined;
}

/** Lists that are read whole at once: each holds its rows in memory. */
const mostReadings = 16;

const machineClock = { elapsed: () => performance.now() };

export function createReader(options: ReaderOptions): Reader {
  const { fleet, providers, scanLimit = 5_000, reuse = 15_000, deadline = 120_000, clock = machineClock } = options;
  const ranges = createRanges(fleet);
  const snapshots = createSnapshots({ reuse, runtimes: 4 * scanLimit, readings: mostReadings, deadline, clock });

  const sorting = createSorting();
  const readWhole = (split: Plan, filters: Filters, scope: Filters, call: CallOptions) =>
    snapshots.of(keyOf(split, filters, scope), (shared) => readSnapshot(fleet, split, scanLimit, shared), call);

  return {
    async list(query, scope, call) {
      const split = plan(query.filters, providers, scope);
      if (split.left === undefined && query.sort === undefined) {
        return listPage(ranges, split, query, call);
      }
      const whole = await readWhole(split, query.filters, scope, call);
      if (!whole.ok) {
        return whole;
      }
      if (whole.value.kind === "too-large") {
        return { ok: true, value: whole.value };
      }
      const runtimes = sorting(whole.value.runtimes, query.sort);
      return { ok: true, value: pageOf({ ...whole.value, runtimes }, query) };
    },
    find: (target, scope, call) => findRuntimes(fleet, providers, target, scope, call),
    stream: ({ filters, limit }, scope, sink, call) =>
      streamList(fleet, plan(filters, providers, scope), limit, sink, call),
    async summarise(query, scope, call) {
      const split = plan(query.filters, providers, scope);
      const whole = await readWhole(split, query.filters, scope, call);
      if (!whole.ok) {
        return whole;
      }
      if (whole.value.kind === "snapshot") {
        return { ok: true, value: summaryOf(whole.value, query.by) };
      }
      return countsByTotals(split, query)
        ? summaryByTotals(fleet, split, query, call)
        : { ok: true, value: whole.value };
    },
  };
}

/** What stands for a list: the same for filters that were given in another order. */
function keyOf(split: Plan, filters: Filters, scope: Filters): string {
  const inOrder = (given: Filters) =>
    filterKeyNames.flatMap((key) => (given[key] === undefined ? [] : [[key, [...given[key]].sort()]]));
  return JSON.stringify([split.providers, inOrder(filters), inOrder(scope)]);
}
