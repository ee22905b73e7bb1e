import type { Fold, Outcome, Page, Scan } from "../fleet/index.ts";

/** Passes over a list that moves under them, before the last one is handed back as incomplete. */
const mostPasses = 3;
/** Pages of one pass; a million runtimes at the largest page size. */
const mostPages = 10_000;

export interface ScanOptions<Value> {
  /** Asks for one page, with its retries; pages count from 1. */
  readonly ask: (page: number) => Promise<Outcome<Page>>;
  readonly fold: () => Fold<Value>;
  readonly limit?: number | undefined;
}

/** One way through all pages. */
interface Pass<Value> {
  readonly value: Value;
  readonly total: number;
  readonly rows: number;
  readonly calls: number;
  readonly unreadable: number;
  readonly tooLarge: boolean;
  readonly complete: boolean;
  /** Another pass may be complete. */
  readonly repeatable: boolean;
}

function length(page: Page): number {
  return page.runtimes.length + page.unreadable;
}

/** Hands each runtime to the fold once, told apart by id; those without an id cannot be told apart and all count. */
function createSieve<Value>(fold: Fold<Value>) {
  const seen = new Set<string>();
  const sieve = {
    rows: 0,
    unreadable: 0,
    doubles: 0,
    add(page: Page): void {
      sieve.unreadable += page.unreadable;
      for (const runtime of page.runtimes) {
        if (runtime.id !== "" && seen.has(runtime.id)) {
          sieve.doubles += 1;
          continue;
        }
        if (runtime.id !== "") seen.add(runtime.id);
        sieve.rows += 1;
        fold.row(runtime);
      }
    },
  };
  return sieve;
}

/**
 * Reads pages until the last one that the total promises, or the first empty one. A pass whose total or page size
 * changes, or that meets a runtime again, ends there, unless it is the `last`: that reads on to see as much as there is.
 */
async function makePass<Value>(
  { ask, fold, limit = Number.POSITIVE_INFINITY }: ScanOptions<Value>,
  last: boolean,
): Promise<Outcome<Pass<Value>>> {
  const folded = fold();
  const sieve = createSieve(folded);
  let first: Page | undefined;
  let moved = false;
  for (let number = 1; ; number += 1) {
    const answer = await ask(number);
    if (!answer.ok) return answer;
    const page = answer.value;
    first ??= page;
    sieve.add(page);
    await folded.page?.(page.total);
    moved ||= page.total !== first.total || page.size !== first.size || sieve.doubles > 0;
    const over = page.total > limit;
    const empty = length(page) === 0;
    // A server may name one page size and send by another: what came counts.
    const pages = Math.ceil(page.total / Math.max(length(first), 1));
    if (number < Math.min(pages, mostPages) && !over && !empty && (!moved || last)) continue;
    const whole = !moved && !over && sieve.rows + sieve.unreadable === page.total;
    const pass: Pass<Value> = {
      value: folded.result(),
      total: page.total,
      rows: sieve.rows,
      calls: number,
      unreadable: sieve.unreadable,
      tooLarge: over && number === 1,
      complete: whole && sieve.unreadable === 0,
      // Rows that cannot be read are the same in another pass, and so is a list with too many pages.
      repeatable: !whole && !(over && number === 1) && number < mostPages,
    };
    return { ok: true, value: pass };
  }
}

/**
 * Reads a whole list by pages. Memory holds one page and the ids of one pass.
 *
 * It is complete only if every page arrived, all pages named one total and one page size, no runtime came twice, every
 * row could be read, and their number is that total. A pass that is not is repeated with a fresh fold, up to three
 * passes; the last one is handed back as it is. A page that fails, with all its retries, makes the scan fail. Rejects only
 * with what the fold rejects with.
 *
 * What no total shows: one runtime leaving and another coming between the same two pages. Who concludes something from
 * a runtime's absence asks for that runtime by its id.
 */
export async function scanPages<Value>(options: ScanOptions<Value>): Promise<Outcome<Scan<Value>>> {
  let calls = 0;
  for (let passes = 1; ; passes += 1) {
    const last = passes === mostPasses;
    const made = await makePass(options, last);
    if (!made.ok) return made;
    const { repeatable, ...pass } = made.value;
    calls += pass.calls;
    if (!repeatable || last) return { ok: true, value: { ...pass, calls } };
  }
}
