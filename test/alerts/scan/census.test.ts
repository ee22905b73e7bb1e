import { describe, expect, it } from "vitest";
import { type CensusOptions, createCensus } from "../../../src/alerts/scan/census.ts";
import { countRuntimes, type Filters, type Fleet } from "../../../src/fleet/index.ts";
import { broken, call, createMemoryFleet } from "../../fleet/memory-fleet.ts";
import { agentOf, rowOf, rowsOf } from "../../fleet/rows.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createPagedFleet } from "./paged-fleet.ts";

const providers = ["OpenClaw"];

function censusOf(fleet: Fleet, options: Partial<CensusOptions> = {}) {
  return createCensus({ fleet, providers, clock: createManualClock(), ...options });
}

async function counted(fleet: Fleet, filters: Filters = {}, options: Partial<CensusOptions> = {}) {
  const { outcome, calls } = await censusOf(fleet, options)(filters, {}, call);
  if (!outcome.ok) throw new Error(`not counted: ${outcome.failure.kind}`);
  return { ...outcome.value, calls };
}

describe("the census of a list", () => {
  it("counts every runtime, by its facets as well, and says how many calls it made", async () => {
    const rows = rowsOf("OpenClaw", 250, (index) => ({
      status: index % 2 === 0 ? "Running" : "Stopped",
      region: "cn-x",
    }));
    const { counts, facets, counted: by, calls, complete } = await counted(createPagedFleet({ rows }));
    expect([counts, by, calls, complete]).toEqual([
      countRuntimes(rows.map(({ runtime }) => runtime)),
      "runtimes",
      3,
      true,
    ]);
    expect(facets.region).toEqual([{ values: ["cn-x"], label: "cn-x", count: 250 }]);
  });

  it("is of what filters and scope leave", async () => {
    const rows = rowsOf("OpenClaw", 12, (index) => ({
      groupId: `rg-${index % 3}`,
      os: index < 6 ? "Linux" : "Windows",
    }));
    const { outcome } = await censusOf(createPagedFleet({ rows }))({ os: ["Linux"] }, { group: ["rg-1"] }, call);
    expect(outcome).toMatchObject({ value: { counts: { runtimes: 2 } } });
  });

  it("tells how runtimes are set up that show nothing at risk", async () => {
    const agents = [agentOf({ modelTemplateId: "mt-2", channels: ["wecom"] })];
    const rows = [
      rowOf({ id: "ecd-sound", modelTemplateId: "mt-1", channels: ["feishu"], risks: [], agents }),
      rowOf({ id: "", resourceId: "r-1", risks: [] }),
      rowOf({ id: "", risks: [] }),
      rowOf({ id: "ecd-risky", risks: ["model-modified"] }),
      rowOf({ id: "ecd-silent", risks: undefined }),
    ];
    const { setups } = await counted(createPagedFleet({ rows }));
    expect(setups).toEqual([
      { runtime: "ecd-sound", template: "mt-1", channels: ["feishu", "wecom"] },
      { runtime: "resource:r-1", template: undefined, channels: [] },
    ]);
  });

  it("passes a failure on as it came", async () => {
    const { outcome, calls } = await censusOf(createMemoryFleet({ rows: [], failsFrom: 1 }))({}, {}, call);
    expect(outcome).toEqual({ ok: false, failure: broken });
    expect(calls).toBe(broken.attempts);
  });

  it("that the API itself does not answer in time is tried again the next time", async () => {
    let silent = true;
    const fleet = createPagedFleet({ rows: rowsOf("OpenClaw", 3), meet: () => (silent ? "timeout" : undefined) });
    const census = censusOf(fleet);
    expect((await census({}, {}, call)).outcome).toMatchObject({ failure: { kind: "timeout" } });
    silent = false;
    expect((await census({}, {}, call)).outcome).toMatchObject({ value: { counted: "runtimes" } });
  });
});

describe("the census of a list that is too large to be read", () => {
  const rows = rowsOf("OpenClaw", 250, (index) => ({ status: "Running", risks: index < 20 ? ["model-modified"] : [] }));

  it("is by totals, in a few calls, and tells of no setups", async () => {
    const { counts, counted: by, setups, calls } = await counted(createPagedFleet({ rows }), {}, { mostRows: 249 });
    expect(counts).toMatchObject({ runtimes: 250, running: 250, atRisk: 20, risks: undefined });
    expect([by, setups]).toEqual(["totals", []]);
    expect(calls).toBeLessThan(5);
  });

  it("is none where the API has no totals for its filters", async () => {
    const { outcome, calls } = await censusOf(createPagedFleet({ rows }), { mostRows: 249 })(
      { os: ["Linux"] },
      {},
      call,
    );
    expect([outcome, calls]).toMatchObject([{ ok: false, failure: { kind: "overloaded" } }, 1]);
  });
});

describe("the census of a list that takes too long", () => {
  /** A fleet whose lists are never read to their end, while totals come at once. */
  function createSlowFleet() {
    const memory = createMemoryFleet({ rows: rowsOf("OpenClaw", 5) });
    let scans = 0;
    const scan: Fleet["scan"] = (_, __, { signal }) => {
      scans += 1;
      return new Promise((resolve) => {
        const kind = () => (signal.reason?.name === "TimeoutError" ? "timeout" : "stopped");
        signal.addEventListener("abort", () => resolve({ ok: false, failure: { ...broken, kind: kind() } }));
      });
    };
    return { fleet: { page: memory.page, scan }, scans: () => scans };
  }

  it("is by totals, and for some hours is not tried to be read", async () => {
    const clock = createManualClock();
    const { fleet, scans } = createSlowFleet();
    const census = censusOf(fleet, { clock, mostTime: 1_000 });
    const first = census({}, {}, call);
    await clock.advance(1_000);
    expect((await first).outcome).toMatchObject({ value: { counted: "totals", counts: { runtimes: 5 } } });
    await census({}, {}, call);
    expect(scans()).toBe(1);
    await clock.advance(13 * 60 * 60_000);
    const later = census({}, {}, call);
    await clock.advance(1_000);
    await later;
    expect(scans()).toBe(2);
  });

  it("is given up by the caller's own signal without a further call", async () => {
    const clock = createManualClock();
    const ending = new AbortController();
    const { fleet } = createSlowFleet();
    const outcome = censusOf(fleet, { clock })({}, {}, { ...call, signal: ending.signal });
    ending.abort();
    expect(await outcome).toMatchObject({ outcome: { failure: { kind: "stopped" } } });
    expect(clock.sleeping()).toBe(0);
  });
});
