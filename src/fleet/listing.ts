import { countRuntimes, type RuntimeCounts } from "./counts.ts";
import type { Outcome } from "./failure.ts";
import type { CallOptions, Fleet } from "./fleet.ts";
import { foldSpelling, type Query } from "./keys.ts";
import type { Plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";
import { sortRuntimes } from "./sort.ts";
import { coverRange } from "./window.ts";

/** One page of a list, and what is known of the whole of it without asking further. */
export interface Listing {
  readonly kind: "listing";
  readonly runtimes: readonly Runtime[];
  /** All runtimes of the list. */
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

/** A whole list as it was read. */
export interface Snapshot {
  readonly runtimes: readonly Runtime[];
  readonly complete: boolean;
  readonly unreadable: number;
}

/** Pages are asked for in at most this size: what the service accepts above it is not documented. */
const largestPage = 100;

/** The page of a list that is there whole. */
export function pageOf(snapshot: Snapshot, query: Query): Listing {
  const sorted = sortRuntimes(snapshot.runtimes, query.sort);
  const offset = (query.page - 1) * query.size;
  return {
    kind: "listing",
    runtimes: sorted.slice(offset, offset + query.size),
    total: sorted.length,
    page: query.page,
    size: query.size,
    pages: pagesOf(sorted.length, query.size),
    counts: countRuntimes(sorted),
    counted: "all",
    doubles: 0,
    unreadable: snapshot.unreadable,
    complete: snapshot.complete,
  };
}

function pagesOf(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size));
}

/** Runtimes of several providers as one list: one with agents of two providers comes with both, and is one runtime. */
export function mergeRuntimes(lists: readonly (readonly Runtime[])[]): readonly Runtime[] {
  const seen = new Set<string>();
  return lists.flat().filter(({ id }) => {
    const double = id !== "" && seen.has(id);
    seen.add(id);
    return !double;
  });
}

/**
 * One page of a list that the API filters whole: one call for each provider that it touches, and one for the total of each
 * other. With several providers that are all small, the calls bring everything, and the page is cut from the whole.
 */
export async function listPage(fleet: Fleet, split: Plan, query: Query, call: CallOptions): Promise<Outcome<Listing>> {
  const parts: Part[] = [];
  let offset = (query.page - 1) * query.size;
  let wanted = query.size;
  for (const provider of split.providers) {
    const small = parts.every((part) => part.whole !== undefined);
    const part = await readPart(fleet, { split, provider, offset, length: wanted, small, call });
    if (!part.ok) {
      return part;
    }
    parts.push(part.value);
    wanted -= part.value.rows.length;
    offset = Math.max(0, offset - part.value.total);
  }
  const unreadable = parts.reduce((sum, part) => sum + part.unreadable, 0);
  const wholes = parts.map((part) => part.whole);
  if (wholes.every((whole) => whole !== undefined)) {
    return done(pageOf({ runtimes: mergeRuntimes(wholes), complete: true, unreadable }, query));
  }
  return pageOfParts(fleet, split, parts, query, call);
}

/** What was read of one provider's list. */
interface Part {
  /** The rows of the page that is wanted. */
  readonly rows: readonly Runtime[];
  readonly total: number;
  /** The whole list, when one call brought it. */
  readonly whole: readonly Runtime[] | undefined;
  readonly unreadable: number;
}

interface Range {
  readonly split: Plan;
  readonly provider: string;
  readonly offset: number;
  /** 0: the total alone. */
  readonly length: number;
  /** Whether the list so far is small enough to be had whole. */
  readonly small: boolean;
  readonly call: CallOptions;
}

async function readPart(fleet: Fleet, range: Range, cap = largestPage): Promise<Outcome<Part>> {
  const { provider, offset, length, split } = range;
  const several = split.providers.length > 1;
  const windows =
    length > 0
      ? coverRange(offset, length, cap, several ? "largest" : "smallest")
      : [{ page: 1, size: several && range.small ? cap : 1 }];
  const rows: Runtime[] = [];
  let whole: readonly Runtime[] | undefined;
  let [total, unreadable] = [0, 0];
  for (const window of windows) {
    const page = await fleet.page({ provider, filters: split.filters, ...window }, range.call);
    if (!page.ok) {
      return page;
    }
    if (page.value.size < window.size) {
      // The server's pages are smaller than what was asked for: this one holds other rows than were meant.
      return readPart(fleet, range, page.value.size);
    }
    rows.push(...page.value.runtimes.slice(Math.max(0, offset - (window.page - 1) * window.size)));
    total = page.value.total;
    unreadable += page.value.unreadable;
    whole = window.page === 1 && total <= page.value.runtimes.length + unreadable ? page.value.runtimes : undefined;
  }
  return done({ rows: rows.slice(0, length), total, whole, unreadable });
}

async function pageOfParts(
  fleet: Fleet,
  split: Plan,
  parts: readonly Part[],
  query: Query,
  call: CallOptions,
): Promise<Outcome<Listing>> {
  const lists: (readonly Runtime[])[] = [];
  for (const [index, part] of parts.entries()) {
    const shown = await shownEarlier(fleet, split, split.providers.slice(0, index), part.rows, call);
    if (!shown.ok) {
      return shown;
    }
    lists.push(part.rows.filter((runtime) => !shown.value.has(runtime.id)));
  }
  const runtimes = mergeRuntimes(lists);
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  return done({
    kind: "listing",
    runtimes,
    total,
    page: query.page,
    size: query.size,
    pages: pagesOf(total, query.size),
    counts: countRuntimes(runtimes),
    counted: query.page === 1 && runtimes.length === total ? "all" : "page",
    doubles: parts.reduce((sum, part) => sum + part.rows.length, 0) - runtimes.length,
    unreadable: parts.reduce((sum, part) => sum + part.unreadable, 0),
    complete: true,
  });
}

/**
 * Which of these runtimes an earlier provider's part of the list has shown. Only those with an agent of an earlier
 * provider can have been; whether its list really has them is asked, as the API does not document it.
 */
async function shownEarlier(
  fleet: Fleet,
  split: Plan,
  earlier: readonly string[],
  runtimes: readonly Runtime[],
  call: CallOptions,
): Promise<Outcome<ReadonlySet<string>>> {
  const shown = new Set<string>();
  for (const provider of earlier) {
    const ids = runtimes.filter(({ id, agents }) => id !== "" && agents.some(isOf(provider))).map(({ id }) => id);
    if (ids.length === 0) {
      continue;
    }
    const filters = { ...split.filters, DesktopIds: ids };
    const page = await fleet.page({ provider, filters, page: 1, size: ids.length }, call);
    if (!page.ok) {
      return page;
    }
    for (const { id } of page.value.runtimes) {
      shown.add(id);
    }
  }
  return done(shown);
}

function isOf(provider: string): (agent: { readonly provider: string | undefined }) => boolean {
  const folded = foldSpelling(provider);
  return (agent) => agent.provider !== undefined && foldSpelling(agent.provider) === folded;
}

function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}
