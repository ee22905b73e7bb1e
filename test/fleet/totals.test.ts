import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, type FacetCount, type FacetKey, type Filters, type Runtime } from "../../src/fleet/index.ts";
import { broken, call, createMemoryFleet, type MemoryFleet, type Row } from "./memory-fleet.ts";
import { agentOf, anyRows, providers, rowOf, rowsOf } from "./rows.ts";
import { listsOf } from "./truth.ts";

interface Asked {
  readonly filters?: Filters;
  readonly by?: FacetKey;
  readonly scope?: Filters;
}

/** A summary where nothing may be read, so that everything is counted by totals. */
async function summarise(fleet: MemoryFleet, { filters = {}, by, scope = {} }: Asked = {}) {
  return createReader({ fleet, providers, scanLimit: 0 }).summarise({ filters, by }, scope, call);
}

async function counted(rows: readonly Row[], asked: Asked = {}) {
  const outcome = await summarise(createMemoryFleet({ rows }), asked);
  if (!outcome.ok || outcome.value.kind === "too-large") throw new Error("not counted");
  return outcome.value;
}

const sum = (counts: readonly FacetCount[] = []) => counts.reduce((total, { count }) => total + count, 0);
const ofLabel = (counts: readonly FacetCount[] = [], label: string | undefined) =>
  counts.find((one) => one.label === label)?.count ?? 0;

const anyGiven: fc.Arbitrary<Filters> = fc.constantFrom<Filters>(
  {},
  { status: ["Stopped"] },
  { status: ["Pending", "Stopped"] },
  { agent: ["Stopped", "Unavailable"] },
  { risk: ["no"] },
  { risk: ["yes"] },
  { "risk-info": ["no"] },
  { group: ["rg-1"] },
);

describe("a summary of a list that is too large to be read", () => {
  it("counts by totals what counting each provider's list in memory counts, within filters and scope", async () => {
    const property = fc.asyncProperty(
      anyRows({ minLength: 1, maxLength: 30 }),
      anyGiven,
      anyGiven,
      async (rows, filters, scope) => {
        const list = listsOf(rows, filters, scope, providers)
          .flat()
          .map(({ runtime }) => runtime);
        const outcome = await summarise(createMemoryFleet({ rows }), { filters, scope });
        if (!outcome.ok || outcome.value.kind === "too-large") return;
        const { counts, facets, counted: how } = outcome.value;
        const has = (test: (runtime: Runtime) => boolean) => list.filter(test).length;
        const is = (status: string) => has((runtime) => runtime.status?.toLowerCase() === status);
        expect(how).toBe(list.length === 0 ? "runtimes" : "totals");
        expect(counts).toMatchObject({ runtimes: list.length, running: is("running"), stopped: is("stopped") });
        expect(counts.other).toBe(list.length - is("running") - is("stopped"));
        const risky = has(({ risks = [] }) => risks.length > 0);
        const unknown = counts.riskUnknown > 0;
        expect(counts.atRisk).toBe(unknown ? 0 : risky);
        expect(sum(facets.status)).toBe(list.length);
        expect(ofLabel(facets.status, "Pending")).toBe(is("pending"));
        expect(ofLabel(facets.status, undefined)).toBe(has(({ status }) => status === undefined));
        expect(sum(facets.provider)).toBe(list.length);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("never counts what a scope closes", async () => {
    const rows = [
      ...rowsOf("OpenClaw", 5, () => ({ status: "Running", risks: ["model-modified"] })),
      ...rowsOf("HermesAgent", 3, () => ({ status: "Stopped", risks: [] })),
    ];
    expect(await counted(rows, { scope: { risk: ["no"] } })).toMatchObject({ counts: { runtimes: 3, atRisk: 0 } });
    const stopped = await counted(rows, { scope: { status: ["Stopped"] } });
    expect(stopped.facets.status).toEqual([{ label: "Stopped", values: ["Stopped"], count: 3 }]);
    expect(stopped.counts).toMatchObject({ runtimes: 3, running: 0, stopped: 3, atRisk: 0 });
  });

  it("counts runtimes under each of their agents' statuses", async () => {
    const statuses = (...all: readonly (string | undefined)[]) => ({
      agents: all.map((status) => agentOf({ status })),
    });
    const rows = [
      rowOf({ id: "a", ...statuses("Running", "Stopped") }),
      rowOf({ id: "b", ...statuses("Running", "Deleted") }),
      rowOf({ id: "c", ...statuses("Unavailable", "Stopped") }),
    ];
    const { facets } = await counted(rows, { by: "agent" });
    expect(facets.agent?.map(({ label, count }) => [label, count])).toEqual([
      ["Running", 2],
      ["Stopped", 2],
      ["Unavailable", 1],
      ["Deleted", 1],
    ]);
    expect(facets.status).toBeUndefined();
  });

  it("counts by the provider", async () => {
    const rows = [...rowsOf("OpenClaw", 2), ...rowsOf("HermesAgent", 5)];
    const { facets } = await counted(rows, { by: "provider" });
    expect(facets.provider).toEqual([
      { label: "HermesAgent", values: ["HermesAgent"], count: 5 },
      { label: "OpenClaw", values: ["OpenClaw"], count: 2 },
    ]);
  });

  it("says that risk is not known where it was not to be told", async () => {
    const rows = rowsOf("OpenClaw", 4, () => ({ risks: ["model-modified"] }));
    const { counts } = await counted(rows, { filters: { "risk-info": ["no"] } });
    expect(counts).toMatchObject({ runtimes: 4, atRisk: 0, riskUnknown: 4 });
  });

  it("costs a one-row call for each provider and value, and none once they add up", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 4, () => ({ status: "Running" })) });
    await summarise(fleet);
    // The totals, those at risk, and those that run, of three providers.
    expect(fleet.pages).toHaveLength(9);
    expect(fleet.pages.every(({ size, page }) => size === 1 && page === 1)).toBe(true);
    const odd = createMemoryFleet({ rows: rowsOf("OpenClaw", 4, () => ({ status: "Odd" })) });
    await summarise(odd, { by: "agent" });
    expect(odd.pages).toHaveLength(3 * (1 + 1 + 8 + 9));
  });

  it.each<[string, Asked]>([
    ["by what the API has no filter for", { by: "region" }],
    ["by kinds of risk", { by: "risk" }],
    ["where something is left to be matched here", { filters: { os: ["Linux"] } }],
  ])("is refused with its size %s", async (_, asked) => {
    const outcome = await summarise(createMemoryFleet({ rows: rowsOf("OpenClaw", 4) }), asked);
    expect(outcome).toEqual({ ok: true, value: { kind: "too-large", total: 4, limit: 0 } });
  });

  it.each([2, 5, 8, 40])("passes the failure of call %i on as it came", async (failsFrom) => {
    const rows = rowsOf("OpenClaw", 4, () => ({ status: "Odd" }));
    const outcome = await summarise(createMemoryFleet({ rows, failsFrom }), { by: "agent" });
    expect(outcome).toEqual({ ok: false, failure: broken });
  });
});
