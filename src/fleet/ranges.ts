import { LRUCache } from "lru-cache";
import { type Outcome, ownFailure } from "./failure.ts";
import type { ApiFilters, CallOptions, Fleet, Page } from "./fleet.ts";
import type { Runtime } from "./runtime.ts";
import { type ApiPage, coverRange, type PageSizes, tileRange } from "./window.ts";

/** Some rows of one provider's list. */
export interface Range {
  readonly provider: string;
  readonly filters: ApiFilters;
  /** From 0. */
  readonly offset: number;
  /** At least 1. */
  readonly length: number;
  /** The largest page brings rows that were not asked for: neighbours share it, and a small list comes whole. */
  readonly prefer: "smallest" | "largest";
}

/** What was read of one provider's list. */
export interface Part {
  /** The rows of the range; fewer where the list ends. */
  readonly rows: readonly Runtime[];
  /** All rows of the list. */
  readonly total: number;
  /** The whole list, when one page brought it. */
  readonly whole: Whole | undefined;
  /** Rows of the range that could not be read. */
  readonly unreadable: number;
  /** False: the list moved, or the server held rows back that it counts. */
  readonly complete: boolean;
}

interface Whole {
  readonly runtimes: readonly Runtime[];
  /** Rows that could not be read. */
  readonly unreadable: number;
}

/** Reads parts of lists from an API that knows only pages, whose sizes the server has the last word on. */
export interface Ranges {
  read(range: Range, call: CallOptions): Promise<Outcome<Part>>;
  /** The total of a list and, where its first page of that size holds it all, the whole: one call, no rows. */
  head(provider: string, filters: ApiFilters, size: number, call: CallOptions): Promise<Outcome<Part>>;
  /** The greatest page that this provider's list is known to come in. */
  largestPage(provider: string): number;
}

/** Pages are asked for in at most this size: what the service accepts above it is not documented. */
const largestPage = 100;
/** How often one range is asked for anew before a server whose page sizes make no sense is given up. */
const mostTries = 5;
/** For how long the page sizes that a server insists on are remembered, milliseconds; one odd answer must not last. */
const remembered = 30_000;

export function createRanges(fleet: Fleet): Ranges {
  const learnt = new LRUCache<string, PageSizes>({ max: 100, ttl: remembered });
  const sizesOf = (provider: string): PageSizes => learnt.get(provider) ?? { least: 1, most: largestPage };

  async function read(range: Range, call: CallOptions): Promise<Outcome<Part>> {
    let exact = false;
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const sizes = sizesOf(range.provider);
      const tiled = exact && sizes.least === 1;
      const windows = tiled
        ? tileRange(range.offset, range.length, sizes.most)
        : coverRange(range.offset, range.length, sizes, range.prefer);
      const found = await readWindows(fleet, range, windows, call);
      if (!found.ok) {
        return found;
      }
      const { part, insisted, blurred } = found.value;
      if (insisted !== undefined) {
        learnt.set(range.provider, sizesAfter(sizes, insisted));
      } else if (blurred && !exact) {
        exact = true;
      } else {
        return { ok: true, value: part };
      }
    }
    learnt.delete(range.provider);
    return ownFailure("unreadable", "The server answered in ever other page sizes than were asked for.");
  }

  return {
    read,
    largestPage: (provider) => sizesOf(provider).most,
    async head(provider, filters, size, call) {
      const page = await fleet.page({ provider, filters, page: 1, size }, call);
      if (!page.ok) {
        return page;
      }
      const part = { rows: [], total: page.value.total, whole: wholeOf(page.value), unreadable: 0, complete: true };
      return { ok: true, value: part };
    },
  };
}

/** The whole list, if its first page is all of it. */
function wholeOf({ runtimes, unreadable, total }: Page): Whole | undefined {
  return runtimes.length + unreadable >= total ? { runtimes, unreadable } : undefined;
}

interface Insisted {
  readonly asked: number;
  readonly answered: number;
}

interface Found {
  readonly part: Part;
  /** The server answered in another page size than was asked for, and so sent other rows than were meant. */
  readonly insisted: Insisted | undefined;
  /** Rows that could not be read make it uncertain which of the others are in the range. */
  readonly blurred: boolean;
}

async function readWindows(
  fleet: Fleet,
  range: Range,
  windows: readonly ApiPage[],
  call: CallOptions,
): Promise<Outcome<Found>> {
  const { provider, filters } = range;
  const rows: Runtime[] = [];
  let [total, unreadable, complete, blurred] = [0, 0, true, false];
  let whole: Whole | undefined;
  for (const [index, window] of windows.entries()) {
    const answer = await fleet.page({ provider, filters, ...window }, call);
    if (!answer.ok) {
      return answer;
    }
    const page = answer.value;
    const cut = cutPage(range, window, page);
    if (cut.rows === undefined) {
      const insisted = { asked: window.size, answered: page.size };
      return { ok: true, value: { part: noPart, insisted, blurred } };
    }
    complete &&= cut.complete && (index === 0 || page.total === total);
    blurred ||= cut.blurred;
    unreadable += cut.unreadable;
    total = page.total;
    whole = window.page === 1 ? wholeOf(page) : undefined;
    rows.push(...cut.rows);
  }
  return { ok: true, value: { part: { rows, total, whole, unreadable, complete }, insisted: undefined, blurred } };
}

const noPart: Part = { rows: [], total: 0, whole: undefined, unreadable: 0, complete: false };

function sizesAfter({ least, most }: PageSizes, { asked, answered }: Insisted): PageSizes {
  const size = Math.min(Math.max(answered, 1), largestPage);
  return answered < asked ? { least: Math.min(least, size), most: size } : { least: size, most: Math.max(most, size) };
}

/** The rows of a page that are in the range; none when the page, by the size that it names, holds others than were meant. */
function cutPage({ offset, length }: Range, window: ApiPage, { runtimes, size, total, unreadable }: Page) {
  const from = Math.max(offset, (window.page - 1) * window.size);
  const to = Math.min(offset + length, window.page * window.size, total);
  const start = (window.page - 1) * size;
  const end = Math.min(start + size, total);
  const complete = runtimes.length + unreadable >= end - start;
  if (from >= to) {
    return { rows: [], unreadable: 0, complete, blurred: false };
  }
  if (from < start || to > end) {
    return { rows: undefined, unreadable, complete, blurred: false };
  }
  const blurred = unreadable > 0 && (from > start || to < end);
  return { rows: runtimes.slice(from - start, to - start), unreadable, complete, blurred };
}
