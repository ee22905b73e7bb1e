import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, type Filters, facetKeys, type Reader, type Summary } from "../../src/fleet/index.ts";
import { broken, call, createMemoryFleet } from "./memory-fleet.ts";
import { anyRows, filtersAndScope, providers, rowsOf } from "./rows.ts";
import { wholeList } from "./truth.ts";
import { listed } from "./walk.ts";

async function summarised(
  reader: Reader,
  part: Partial<Parameters<Reader["summarise"]>[0]> = {},
  scope: Filters = {},
): Promise<Summary> {
  const outcome = await reader.summarise({ filters: {}, by: undefined, ...part }, scope, call);
  if (!outcome.ok || outcome.value.kind === "too-large") throw new Error("no summary");
  return outcome.value;
}

describe("a summary of a list that is read", () => {
  it("counts what filtering in memory finds, each runtime once", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 40 }),
      filtersAndScope(2),
      async (rows, { filters, scope }) => {
        const reader = createReader({ fleet: createMemoryFleet({ rows }), providers });
        const truth = wholeList(rows, filters, scope, providers);
        const summary = await summarised(reader, { filters }, scope);
        expect(summary).toMatchObject({ counted: "runtimes", complete: true, unreadable: 0 });
        expect(summary.counts.runtimes).toBe(truth.length);
        expect(summary.counts.running).toBe(truth.filter(({ status }) => status?.toLowerCase() === "running").length);
        for (const facet of ["status", "region", "group", "os"] as const) {
          const sum = summary.facets[facet]?.reduce((total, { count }) => total + count, 0);
          expect(sum).toBe(truth.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it("counts by everything, or by the one thing that is asked for", async () => {
    const reader = createReader({ fleet: createMemoryFleet({ rows: rowsOf("OpenClaw", 3) }), providers });
    expect(Object.keys((await summarised(reader)).facets).sort()).toEqual([...facetKeys].sort());
    expect(Object.keys((await summarised(reader, { by: "version" })).facets)).toEqual(["version"]);
  });

  it("shares its reading with the list that was read a moment ago", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 3) });
    const reader = createReader({ fleet, providers: ["OpenClaw"] });
    await listed(reader, { sort: { key: "name", descending: false } });
    await summarised(reader);
    await summarised(reader, { by: "os" });
    expect(fleet.scans).toHaveLength(1);
  });

  it("says that the list moved, and what could not be read", async () => {
    const rows = rowsOf("OpenClaw", 5).map((row, index) => ({ ...row, unreadable: index === 0 }));
    const moving = createReader({ fleet: createMemoryFleet({ rows: rowsOf("OpenClaw", 5), moving: true }), providers });
    expect(await summarised(moving)).toMatchObject({ complete: false });
    const blurred = createReader({ fleet: createMemoryFleet({ rows }), providers });
    expect(await summarised(blurred)).toMatchObject({ complete: true, unreadable: 1, counts: { runtimes: 4 } });
  });

  it("of nothing is nought, without a call where nothing can match", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 5) });
    const summary = await summarised(
      createReader({ fleet, providers }),
      { filters: { group: ["rg-2"] } },
      { group: ["rg-1"] },
    );
    expect(summary.counts.runtimes).toBe(0);
    expect(fleet.scans).toEqual([]);
  });

  it("passes a failure on as it came", async () => {
    const fleet = createMemoryFleet({ rows: [], failsFrom: 2 });
    const outcome = await createReader({ fleet, providers }).summarise({ filters: {}, by: undefined }, {}, call);
    expect(outcome).toEqual({ ok: false, failure: broken });
  });
});
