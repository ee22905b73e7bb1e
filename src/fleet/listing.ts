import { countRuntimes, type RuntimeCounts } from "./counts.ts";
import { findDoubles } from "./doubles.ts";
import type { Outcome } from "./failure.ts";
import type { CallOptions } from "./fleet.ts";
import type { Query } from "./keys.ts";
import type { Plan } from "./plan.ts";
import type { Part, Ranges } from "./ranges.ts";
import type { Runtime } from "./runtime.ts";
import { mergeRuntimes, type Snapshot } from "./snapshot.ts";

/** One page of a list, and what is known of the whole of it without asking further. */
export interface Listing {
  readonly kind: "listing";
  readonly runtimes: readonly Runtime[];
  /**
   * All runtimes of the list. Of several long lists it is the sum of what the API counts for each provider, which counts a
   * runtime in the lists of two providers twice.
   */
  readonly total: number;
  readonly page: number;
  readonly size: number;
  /** At least 1. */
  readonly pages: number;
  readonly counts: RuntimeCounts;
  /** Whether `counts` speaks of the whole list or of this page alone. */
  readonly counted: "all" | "page";
  /** Runtimes left out of this page, as another provider's part of the list has shown them already. */
  readonly doubles: number;
  /** Rows that could not be read. */
  readonly unreadable: number;
  /** False: the list moved while it was read, so that some runtimes may be missing. */
  readonly complete: boolean;
}

/** The page of a list that is there whole, in its order. */
export function pageOf({ runtimes, unreadable, complete }: Snapshot, query: Query): Listing {
  const offset = (query.page - 1) * query.size;
  return {
    kind: "listing",
    runtimes: runtimes.slice(offset, offset + query.size),
    total: runtimes.length,
    page: query.page,
    size: query.size,
    pages: pagesOf(runtimes.length, query.size),
    counts: countRuntimes(runtimes),
    counted: "all",
    doubles: 0,
    unreadable,
    complete,
  };
}

function pagesOf(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size));
}

/**
 * One page of a list that the API filters whole. Of one provider: one call. Of several: their lists, one after the other,
 * are one list; one call for each that the page touches and one for the total of each other. Where all of them are small
 * enough to come in one API page each, the page is cut from the whole, so that its total counts each runtime once.
 *
 * Whether they are small depends on the lists alone and not on the page: a list has the same pages whichever is asked for.
 */
export async function listPage(
  ranges: Ranges,
  split: Plan,
  query: Query,
  call: CallOptions,
): Promise<Outcome<Listing>> {
  const parts = await readParts(ranges, split, query, call);
  if (!parts.ok || split.providers.length === 1) {
    return parts.ok ? pageOfParts(ranges, split, parts.value, query, call) : parts;
  }
  const wholes = await readWholes(ranges, split, parts.value, call);
  if (!wholes.ok) {
    return wholes;
  }
  return wholes.value === undefined
    ? pageOfParts(ranges, split, parts.value, query, call)
    : done(pageOf(wholes.value, query));
}

/** What each provider's list has of a page. */
async function readParts(
  ranges: Ranges,
  { providers, filters }: Plan,
  query: Query,
  call: CallOptions,
): Promise<Outcome<readonly Part[]>> {
  const parts: Part[] = [];
  const prefer = providers.length > 1 ? "largest" : "smallest";
  let offset = (query.page - 1) * query.size;
  let length = query.size;
  for (const provider of providers) {
    const size = allSmall(ranges, providers, parts) ? ranges.largestPage(provider) : 1;
    const part =
      length > 0
        ? await ranges.read({ provider, filters, offset, length, prefer }, call)
        : await ranges.head(provider, filters, size, call);
    if (!part.ok) {
      return part;
    }
    parts.push(part.value);
    // By places and not by rows: a row that could not be read takes its place.
    length -= Math.min(length, Math.max(0, part.value.total - offset));
    offset = Math.max(0, offset - part.value.total);
  }
  return done(parts);
}

/** Whether each of these lists may come in one API page. */
function allSmall(ranges: Ranges, providers: readonly string[], parts: readonly Part[]): boolean {
  return parts.every(({ total }, index) => total <= ranges.largestPage(providers[index] ?? ""));
}

/** The whole of all lists where each comes in one API page, those that have not come yet included; else undefined. */
async function readWholes(
  ranges: Ranges,
  { providers, filters }: Plan,
  parts: readonly Part[],
  call: CallOptions,
): Promise<Outcome<Snapshot | undefined>> {
  if (!allSmall(ranges, providers, parts)) {
    return done(undefined);
  }
  const wholes: NonNullable<Part["whole"]>[] = [];
  for (const [index, provider] of providers.entries()) {
    const known = parts[index];
    const part = known?.whole ? done(known) : await ranges.head(provider, filters, ranges.largestPage(provider), call);
    if (!part.ok) {
      return part;
    }
    if (part.value.whole === undefined) {
      return done(undefined);
    }
    wholes.push(part.value.whole);
  }
  return done({
    kind: "snapshot",
    runtimes: mergeRuntimes(wholes.map(({ runtimes }) => runtimes)),
    complete: parts.every(({ complete }) => complete),
    unreadable: sum(wholes, ({ unreadable }) => unreadable),
  });
}

async function pageOfParts(
  ranges: Ranges,
  split: Plan,
  parts: readonly Part[],
  query: Query,
  call: CallOptions,
): Promise<Outcome<Listing>> {
  const doubles = await findDoubles(ranges, split, parts, call);
  if (!doubles.ok) {
    return doubles;
  }
  const lists = parts.map(({ rows }, index) => rows.filter(({ id }) => doubles.value[index]?.has(id) !== true));
  const runtimes = mergeRuntimes(lists);
  const total = sum(parts, (part) => part.total);
  return done({
    kind: "listing",
    runtimes,
    total,
    page: query.page,
    size: query.size,
    pages: pagesOf(total, query.size),
    counts: countRuntimes(runtimes),
    counted: query.page === 1 && runtimes.length === total ? "all" : "page",
    doubles: sum(parts, ({ rows }) => rows.length) - runtimes.length,
    unreadable: sum(parts, (part) => part.unreadable),
    complete: parts.every(({ complete }) => complete),
  });
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function done<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}
