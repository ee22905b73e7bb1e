import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRow } from "../../src/appstream/index.ts";
import { scanPages } from "../../src/appstream/scan.ts";
import type { Fold, Outcome, Page, Runtime, Scan } from "../../src/fleet/index.ts";

function runtime(id: string): Runtime {
  const row = parseRow({ DesktopId: id });
  if (row === undefined) throw new Error("a row is an object");
  return row;
}

function pageOf(ids: readonly string[], total: number, size: number, unreadable = 0): Outcome<Page> {
  return { ok: true, value: { runtimes: ids.map(runtime), total, size, requestId: undefined, unreadable } };
}

const collect = (): Fold<readonly string[]> => {
  const ids: string[] = [];
  return { row: ({ id }) => ids.push(id), result: () => ids };
};

function idsOf(count: number, prefix = "r"): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

/** A list that lies still, by pages. */
function still(ids: readonly string[], size: number) {
  return (page: number) => pageOf(ids.slice((page - 1) * size, page * size), ids.length, size);
}

async function scan(ask: (page: number) => Outcome<Page>, limit?: number) {
  const asked: number[] = [];
  const outcome = await scanPages({
    ask: async (page) => {
      asked.push(page);
      return ask(page);
    },
    fold: collect,
    limit,
  });
  return { asked, outcome };
}

function scanned(outcome: Outcome<Scan<readonly string[]>>): Scan<readonly string[]> {
  if (!outcome.ok) throw new Error("expected a scan");
  return outcome.value;
}

describe("a scan", () => {
  it("reads a list that lies still in one pass, page by page", async () => {
    const { asked, outcome } = await scan(still(idsOf(7), 3));
    expect(asked).toEqual([1, 2, 3]);
    expect(scanned(outcome)).toEqual({
      value: idsOf(7),
      complete: true,
      total: 7,
      tooLarge: false,
      rows: 7,
      calls: 3,
      unreadable: 0,
    });
  });

  it("is complete when there is nothing", async () => {
    expect(scanned((await scan(still([], 3))).outcome)).toMatchObject({ complete: true, total: 0, calls: 1 });
  });

  it("believes the page size that comes back, and what comes when that is not true", async () => {
    const capped = await scan((page) => pageOf(idsOf(120).slice((page - 1) * 50, page * 50), 120, 50));
    expect(scanned(capped.outcome)).toMatchObject({ complete: true, rows: 120, calls: 3 });
    const boasting = await scan((page) => pageOf(idsOf(120).slice((page - 1) * 50, page * 50), 120, 100));
    expect(scanned(boasting.outcome)).toMatchObject({ complete: true, rows: 120, calls: 3 });
  });

  it("stops after the first page when the total is above the limit", async () => {
    const { asked, outcome } = await scan(still(idsOf(7), 3), 6);
    expect(asked).toEqual([1]);
    expect(scanned(outcome)).toMatchObject({ tooLarge: true, complete: false, total: 7, rows: 3 });
    expect(scanned((await scan(still(idsOf(7), 3), 7)).outcome)).toMatchObject({ tooLarge: false, complete: true });
  });

  it("asks for the next page when the fold has done with the last one, and ends with what the fold rejects with", async () => {
    const steps: string[] = [];
    const full = new Error("the disk is full");
    const scanning = scanPages({
      ask: async (page) => {
        steps.push(`asked ${page}`);
        return still(idsOf(9), 3)(page);
      },
      fold: () => ({
        ...collect(),
        async page(total) {
          await Promise.resolve();
          steps.push(`done with one of ${total}`);
          if (steps.length > 3) throw full;
        },
      }),
    });
    await expect(scanning).rejects.toBe(full);
    expect(steps).toEqual(["asked 1", "done with one of 9", "asked 2", "done with one of 9"]);
  });

  it("fails when a page fails, also half-way", async () => {
    const failure = {
      kind: "service",
      code: undefined,
      detail: undefined,
      requestId: undefined,
      action: undefined,
      principal: undefined,
      attempts: 4,
    } as const;
    const { outcome } = await scan((page) => (page === 2 ? { ok: false, failure } : still(idsOf(7), 3)(page)));
    expect(outcome).toEqual({ ok: false, failure });
  });

  it("repeats a pass in which the total changed, with a fresh fold", async () => {
    let grown = false;
    const { asked, outcome } = await scan((page) => {
      const answer = still(grown ? ["new", ...idsOf(6)] : idsOf(6), 3)(page);
      grown = true;
      return answer;
    });
    expect(asked).toEqual([1, 2, 1, 2, 3]);
    expect(scanned(outcome)).toMatchObject({ value: ["new", ...idsOf(6)], complete: true, calls: 5 });
  });

  it("repeats a pass in which a runtime came twice", async () => {
    let first = true;
    const { outcome } = await scan((page) => {
      if (page === 2 && first) {
        first = false;
        return pageOf(["r2", "r3"], 5, 3);
      }
      return still(idsOf(5), 3)(page);
    });
    expect(scanned(outcome)).toMatchObject({ value: idsOf(5), complete: true, calls: 4 });
  });

  it("hands back the third pass as incomplete when the list never lies still, having read to its end", async () => {
    let ids = idsOf(6);
    const { outcome } = await scan((page) => {
      const answer = still(ids, 3)(page);
      ids = [`new${ids.length}`, ...ids];
      return answer;
    });
    const value = scanned(outcome);
    expect(value.complete).toBe(false);
    expect(new Set(value.value).size).toBe(value.rows);
    expect(value.rows).toBeGreaterThan(6);
  });

  it("ends a pass at an empty page before the total, and never loops", async () => {
    const { asked, outcome } = await scan((page) => (page === 1 ? pageOf(idsOf(3), 1_000, 3) : pageOf([], 1_000, 3)));
    expect(asked).toEqual([1, 2, 1, 2, 1, 2]);
    expect(scanned(outcome)).toMatchObject({ complete: false, rows: 3 });
  });

  it("bounds the pages of a total that is beyond all measure", async () => {
    const { asked, outcome } = await scan((page) => pageOf([`r${page}`], Number.MAX_SAFE_INTEGER, 1));
    expect(asked).toHaveLength(10_000);
    expect(scanned(outcome)).toMatchObject({ complete: false, rows: 10_000 });
  });

  it("keeps every row without an id", async () => {
    expect(scanned((await scan(still(["", "", "a"], 3))).outcome)).toMatchObject({ complete: true, rows: 3 });
  });

  it("is not complete with a row that cannot be read, and does not repeat for it", async () => {
    const { asked, outcome } = await scan(() => pageOf(["a"], 2, 3, 1));
    expect(asked).toEqual([1]);
    expect(scanned(outcome)).toMatchObject({ complete: false, rows: 1, unreadable: 1 });
  });
});

/** What happens to a list between two pages: rows come, go or change places. Coming and going at once keeps the total. */
type Move = { readonly kind: "add" | "remove" | "rotate"; readonly at: number } | { readonly kind: "rest" };

function moved(ids: readonly string[], move: Move, name: string): readonly string[] {
  if (move.kind === "rest") return ids;
  const place = ids.length === 0 ? 0 : move.at % ids.length;
  if (move.kind === "add") return ids.toSpliced(place, 0, name);
  if (move.kind === "remove") return ids.toSpliced(place, 1);
  return [...ids.slice(place), ...ids.slice(0, place)];
}

describe("a complete scan of a moving list", () => {
  const place = fc.nat({ max: 40 });
  const move: fc.Arbitrary<Move> = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: "rest" } as const) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("add", "remove", "rotate"), at: place }) },
  );

  it("has exactly the list's runtimes, each once; an incomplete one has none twice", async () => {
    let complete = 0;
    const property = fc.asyncProperty(
      fc.nat({ max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(move, { maxLength: 30 }),
      async (count, size, moves) => {
        let ids = idsOf(count);
        let calls = 0;
        const { outcome } = await scan((page) => {
          // Before the page, so that the list at its end is the one that the last page saw.
          ids = moved(ids, moves[calls] ?? { kind: "rest" }, `new${calls}`);
          calls += 1;
          return still(ids, size)(page);
        });
        const value = scanned(outcome);
        expect(new Set(value.value).size).toBe(value.value.length);
        if (!value.complete) return;
        complete += 1;
        expect([...value.value].sort()).toEqual([...ids].sort());
      },
    );
    await fc.assert(property, { numRuns: 500 });
    expect(complete).toBeGreaterThan(50);
  });
});
