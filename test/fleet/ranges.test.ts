import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader } from "../../src/fleet/index.ts";
import { createRanges } from "../../src/fleet/ranges.ts";
import { call, createMemoryFleet, type MemoryFleet } from "./memory-fleet.ts";
import { rowsOf } from "./rows.ts";
import { idsOf, listed, shown, walk } from "./walk.ts";

const rows = rowsOf("OpenClaw", 130);
const ids = rows.map(({ runtime }) => runtime.id);

function read(fleet: MemoryFleet, offset: number, length: number) {
  const range = { provider: "OpenClaw", filters: {}, offset, length, prefer: "smallest" } as const;
  return createRanges(fleet).read(range, call);
}

describe("a server that answers smaller pages than were asked for", () => {
  it("is read to the same list, whatever its cap", async () => {
    const anyCap = fc.integer({ min: 1, max: 60 });
    const property = fc.asyncProperty(
      anyCap,
      fc.integer({ min: 1, max: 50 }),
      fc.nat({ max: 90 }),
      async (cap, size, count) => {
        const some = [...rowsOf("OpenClaw", count), ...rowsOf("HermesAgent", 45)];
        const reader = createReader({
          fleet: createMemoryFleet({ rows: some, cap }),
          providers: ["OpenClaw", "HermesAgent"],
        });
        const pages = await walk(reader, { size });
        expect(idsOf(shown(pages))).toEqual(some.map(({ runtime }) => runtime.id));
        expect(pages.every(({ total, complete }) => total === some.length && complete)).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it("is asked in its own size once that is learnt", async () => {
    const fleet = createMemoryFleet({ rows, cap: 10 });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    await listed(reader, { size: 20 });
    expect(fleet.pages.map(({ size }) => size)).toEqual([20, 10, 10]);
    await listed(reader, { page: 2, size: 20 });
    expect(fleet.pages.slice(3)).toMatchObject([
      { page: 3, size: 10 },
      { page: 4, size: 10 },
    ]);
  });

  it("is not asked again where the smaller page holds all that is wanted", async () => {
    const fleet = createMemoryFleet({ rows: rows.slice(0, 8), cap: 10 });
    expect(await read(fleet, 0, 20)).toMatchObject({ ok: true, value: { total: 8, complete: true } });
    expect(fleet.pages).toHaveLength(1);
  });
});

describe("a server that answers greater pages than were asked for", () => {
  it("is read to the same list", async () => {
    const fleet = createMemoryFleet({ rows, least: 25 });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    expect(idsOf(shown(await walk(reader, { size: 10 })))).toEqual(ids);
    expect(fleet.pages.filter(({ size }) => size < 25)).toHaveLength(2);
  });
});

describe("a server whose page sizes make no sense", () => {
  it.each([
    ["ever smaller", (asked: number) => asked - 1],
    ["now smaller, now greater", (asked: number) => (asked === 50 ? 30 : 50)],
    ["none", () => 0],
  ])("is given up after a few calls: %s", async (_, sizeSaid) => {
    const fleet = createMemoryFleet({ rows, sizeSaid });
    expect(await read(fleet, 50, 50)).toMatchObject({ ok: false, failure: { kind: "unreadable" } });
    expect(fleet.pages.length).toBeLessThanOrEqual(8);
  });
});

describe("rows that cannot be read", () => {
  it("take their places: every other runtime is shown once, by each size of page and for several providers", async () => {
    const holes = fc.uniqueArray(fc.nat({ max: 139 }), { maxLength: 12 });
    const property = fc.asyncProperty(
      holes,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 1 }),
      async (at, size, long) => {
        const all = [...rowsOf("HermesAgent", 13), ...rowsOf("OpenClaw", 127 * long + 20)];
        const some = all.map((row, index) => ({ ...row, unreadable: at.includes(index) }));
        const reader = createReader({
          fleet: createMemoryFleet({ rows: some }),
          providers: ["HermesAgent", "OpenClaw"],
        });
        const pages = await walk(reader, { size });
        const readable = some.filter(({ unreadable }) => !unreadable);
        expect(idsOf(shown(pages))).toEqual(readable.map(({ runtime }) => runtime.id));
        if (long === 1) {
          expect(pages.reduce((sum, { unreadable }) => sum + unreadable, 0)).toBe(some.length - readable.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 80 });
  });

  it("are counted on the page that would show them, and do not read as a list that moved", async () => {
    const some = rows.map((row, index) => ({ ...row, unreadable: index === 13 }));
    const reader = createReader({ fleet: createMemoryFleet({ rows: some }), providers: ["OpenClaw"] });
    expect(await listed(reader, { page: 1 })).toMatchObject({ unreadable: 0, total: 130, complete: true });
    const second = await listed(reader, { page: 2 });
    expect(second).toMatchObject({ unreadable: 1, total: 130, complete: true });
    expect(idsOf(second.runtimes)).toEqual([...ids.slice(10, 13), ...ids.slice(14, 20)]);
  });
});

describe("a page that lacks rows which its total counts", () => {
  it("is not complete", async () => {
    const short = createMemoryFleet({ rows: rows.slice(0, 15) });
    const counting = {
      ...short,
      page: async (...given: Parameters<typeof short.page>) => {
        const answer = await short.page(...given);
        return answer.ok ? { ...answer, value: { ...answer.value, total: 40 } } : answer;
      },
    };
    const reader = createReader({ fleet: counting, providers: ["OpenClaw"] });
    expect(await listed(reader, { page: 1 })).toMatchObject({ complete: true });
    expect(await listed(reader, { page: 2 })).toMatchObject({ complete: false, total: 40 });
  });
});
