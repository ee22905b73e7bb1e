import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader } from "../../src/fleet/index.ts";
import { broken, call, createMemoryFleet, type Row } from "./memory-fleet.ts";
import { agentOf, anyRows, filtersAndScope, matchedHere, providers, rowsOf } from "./rows.ts";
import { listsOf, wholeList } from "./truth.ts";
import { idsOf, listed, queryOf, shown, walk } from "./walk.ts";

function withAgents({ runtime, ...row }: Row, ...names: readonly string[]): Row {
  return { ...row, listed: names, runtime: { ...runtime, agents: names.map((provider) => agentOf({ provider })) } };
}

describe("a list that the API filters whole", () => {
  it("shows, page after page, what filtering in memory finds, each runtime once", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 40 }),
      filtersAndScope(2, matchedHere),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 20 }),
      async (rows, { filters, scope }, size, cap) => {
        const reader = createReader({ fleet: createMemoryFleet({ rows, cap }), providers });
        const truth = wholeList(rows, filters, scope, providers);
        const pages = await walk(reader, { filters, size }, scope);
        expect(idsOf(shown(pages))).toEqual(idsOf(truth));
        for (const page of pages) {
          expect(page.runtimes.length).toBeLessThanOrEqual(size);
          expect(page.total).toBeGreaterThanOrEqual(truth.length);
          expect(page.complete).toBe(true);
        }
        const lists = listsOf(rows, filters, scope, providers);
        if (lists.every((list) => list.length <= cap)) {
          expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([truth.length]));
        }
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it("of long lists shows each runtime once as well, also where runtimes have agents of two providers", async () => {
    const both = [agentOf({ provider: "OPEN_CLAW" }), agentOf({ provider: "HermesAgent" })];
    const rows = [
      ...rowsOf("OpenClaw", 130),
      ...rowsOf("HermesAgent", 120, (index) => (index % 3 === 0 ? { agents: both } : {})),
      ...rowsOf("OtherBot", 15),
    ].map((row) => ({ ...row, listed: row.runtime.agents.map((agent) => agent.provider ?? "") }));
    const fleet = createMemoryFleet({ rows });
    const reader = createReader({ fleet, providers });
    for (const size of [7, 20, 50]) {
      const pages = await walk(reader, { size });
      expect(idsOf(shown(pages))).toEqual(idsOf(wholeList(rows, {}, {}, providers)));
      expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([170 + 120 + 15]));
      const doubles = pages.reduce((sum, page) => sum + page.doubles, 0);
      expect(doubles).toBe(40);
    }
  });

  it("of small lists has the same pages and total whichever page is asked for", async () => {
    const hermes = rowsOf("HermesAgent", 80).map((row, index) =>
      index < 30 ? withAgents(row, "OpenClaw", "HermesAgent") : row,
    );
    const rows = [...hermes, ...rowsOf("OpenClaw", 60)];
    const reader = createReader({ fleet: createMemoryFleet({ rows }), providers: ["HermesAgent", "OpenClaw"] });
    const pages = await walk(reader, { size: 20 });
    expect(idsOf(shown(pages))).toEqual(idsOf(wholeList(rows, {}, {}, ["HermesAgent", "OpenClaw"])));
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([140]));
  });
});

describe("what a list costs", () => {
  it("is one call for one provider, whatever the filters that the API has, the page and the size", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 60 }),
      filtersAndScope(3, [...matchedHere, "provider", "channel", "risk"]),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 50 }),
      async (rows, { filters }, page, size) => {
        const fleet = createMemoryFleet({ rows });
        const reader = createReader({ fleet, providers: ["OpenClaw"] });
        const listing = await listed(reader, { filters, page, size });
        const truth = wholeList(rows, filters, {}, ["OpenClaw"]);
        expect(idsOf(listing.runtimes)).toEqual(idsOf(truth).slice((page - 1) * size, page * size));
        expect(listing.total).toBe(truth.length);
        expect(fleet.pages).toHaveLength(1);
        expect(fleet.pages[0]).toMatchObject({ provider: "OpenClaw", page, size });
        expect(fleet.scans).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("is one call for each provider, the touched ones for rows and the others for their totals", async () => {
    const rows = [...rowsOf("OpenClaw", 300), ...rowsOf("HermesAgent", 220), ...rowsOf("OtherBot", 250)];
    for (const size of [13, 50]) {
      for (let page = 1; page <= Math.ceil(770 / size) + 2; page += 1) {
        const fleet = createMemoryFleet({ rows });
        const listing = await listed(createReader({ fleet, providers }), { page, size });
        expect(idsOf(listing.runtimes)).toEqual(
          rows.slice((page - 1) * size, page * size).map(({ runtime }) => runtime.id),
        );
        expect(listing.total).toBe(770);
        expect(fleet.pages.map(({ provider }) => provider)).toEqual(providers);
      }
    }
  });

  it("is one call for each provider where all are small, and their counts speak of the whole list", async () => {
    const status = (index: number) => ({ status: index % 2 === 0 ? "Running" : "Stopped" });
    const rows = [...rowsOf("OpenClaw", 60, status), ...rowsOf("HermesAgent", 30, status)];
    const fleet = createMemoryFleet({ rows });
    const listing = await listed(createReader({ fleet, providers }), { page: 2, size: 10 });
    expect(listing).toMatchObject({ total: 90, pages: 9, counted: "all", counts: { runtimes: 90, running: 45 } });
    expect(fleet.pages).toHaveLength(3);
  });

  it("is never more than two calls for each provider, look-ups of doubles aside", async () => {
    const counts = fc.tuple(...providers.map(() => fc.integer({ min: 0, max: 260 })));
    const property = fc.asyncProperty(
      counts,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 50 }),
      async (sizes, page, size) => {
        const rows = providers.flatMap((provider, index) => rowsOf(provider, sizes[index] ?? 0));
        const fleet = createMemoryFleet({ rows });
        const listing = await listed(createReader({ fleet, providers }), { page, size });
        expect(idsOf(listing.runtimes)).toEqual(
          rows.slice((page - 1) * size, page * size).map(({ runtime }) => runtime.id),
        );
        for (const provider of providers) {
          const calls = fleet.pages.filter((request) => request.provider === provider).length;
          expect(calls).toBeLessThanOrEqual(sizes.every((count) => count <= 100) ? 2 : 1);
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it("is nothing where nothing can match", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 5) });
    const listing = await listed(
      createReader({ fleet, providers }),
      { filters: { group: ["rg-2"] } },
      { group: ["rg-1"] },
    );
    expect(listing).toMatchObject({ runtimes: [], total: 0, pages: 1, complete: true });
    expect([...fleet.pages, ...fleet.scans]).toEqual([]);
  });
});

describe("a page beyond the end", () => {
  it.each([
    ["one provider", ["OpenClaw"], 23, 3],
    ["several small lists", ["OpenClaw", "HermesAgent"], 53, 6],
    ["several long lists", ["OpenClaw", "HermesAgent", "OtherBot"], 203, 21],
  ])("has no rows and names the total and the last page: %s", async (_, asked, total, pages) => {
    const rows = [...rowsOf("OpenClaw", 23), ...rowsOf("HermesAgent", 30), ...rowsOf("OtherBot", 150)];
    const reader = createReader({ fleet: createMemoryFleet({ rows }), providers: asked });
    for (const page of [pages + 1, 500, 1_000_000]) {
      expect(await listed(reader, { page })).toMatchObject({ runtimes: [], page, total, pages, complete: true });
    }
  });
});

describe("the counts of a page", () => {
  it("speak of the page alone where the list goes on, and of the whole where it does not", async () => {
    const rows = rowsOf("OpenClaw", 12, (index) => ({
      status: index < 4 ? "Running" : "Stopped",
      risks: ["model-modified"],
    }));
    const reader = createReader({ fleet: createMemoryFleet({ rows }), providers: ["OpenClaw"] });
    const first = await listed(reader, { size: 5 });
    expect(first).toMatchObject({ counted: "page", counts: { runtimes: 5, running: 4, stopped: 1, atRisk: 5 } });
    const whole = await listed(reader, { size: 12 });
    expect(whole).toMatchObject({ counted: "all", counts: { runtimes: 12, running: 4, stopped: 8, atRisk: 12 } });
  });
});

describe("a failure", () => {
  it.each([1, 2, 3])("of call %i is passed on as it came", async (failsFrom) => {
    const rows = [...rowsOf("OpenClaw", 60), ...rowsOf("HermesAgent", 60), ...rowsOf("OtherBot", 60)];
    const fleet = createMemoryFleet({ rows, failsFrom });
    const outcome = await createReader({ fleet, providers }).list(queryOf({ page: 7 }), {}, call);
    expect(outcome).toEqual({ ok: false, failure: broken });
  });
});
