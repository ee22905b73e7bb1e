import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, type Runtime, type Sink } from "../../src/fleet/index.ts";
import { broken, call, createMemoryFleet } from "./memory-fleet.ts";
import { agentOf, anyRows, filtersAndScope, providers, rowOf, rowsOf } from "./rows.ts";
import { wholeList } from "./truth.ts";
import { idsOf } from "./walk.ts";

/** A sink that keeps what came, and forgets what is void. */
function createSink(page: Sink["page"] = async () => undefined) {
  const parts: Runtime[][] = [];
  const progress: (readonly [read: number, total: number])[] = [];
  const sink: Sink = {
    begin(again) {
      if (again) {
        parts.pop();
      }
      parts.push([]);
    },
    row: (runtime) => parts.at(-1)?.push(runtime),
    page(read, total) {
      progress.push([read, total]);
      return page(read, total);
    },
  };
  return { sink, progress, runtimes: () => parts.flat(), parts };
}

const query = { filters: {}, limit: 100_000 };

describe("a list that is handed over as it is read", () => {
  it("has what filtering in memory finds, each runtime once, in the order of the lists", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 40 }),
      filtersAndScope(3),
      fc.integer({ min: 1, max: 7 }),
      fc.nat({ max: 2 }),
      async (rows, { filters, scope }, cap, passesInVain) => {
        const reader = createReader({ fleet: createMemoryFleet({ rows, cap, passesInVain }), providers });
        const { sink, runtimes } = createSink();
        const outcome = await reader.stream({ filters, limit: 100_000 }, scope, sink, call);
        const truth = wholeList(rows, filters, scope, providers);
        expect(idsOf(runtimes())).toEqual(idsOf(truth));
        expect(outcome).toEqual({
          ok: true,
          value: { kind: "streamed", rows: truth.length, complete: true, unreadable: 0 },
        });
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it("tells how far it is, by the rows of all parts, and falls back where a part begins again", async () => {
    const rows = [...rowsOf("OpenClaw", 5), ...rowsOf("HermesAgent", 4)];
    const fleet = createMemoryFleet({ rows, cap: 2, passesInVain: 1 });
    const { sink, progress, parts } = createSink();
    await createReader({ fleet, providers: ["OpenClaw", "HermesAgent"] }).stream(query, {}, sink, call);
    const read = progress.map(([one]) => one);
    expect(read).toEqual([2, 3, 2, 4, 5, 7, 8, 7, 9]);
    expect(new Set(progress.map(([, total]) => total))).toEqual(new Set([9]));
    expect(parts.map(({ length }) => length)).toEqual([5, 4]);
  });

  it("keeps runtimes apart that have no id", async () => {
    const rows = [rowOf({ id: "" }), rowOf({ id: "" }), rowOf({ id: "", agents: [agentOf({ provider: "OtherBot" })] })];
    const { sink, runtimes } = createSink();
    await createReader({ fleet: createMemoryFleet({ rows }), providers }).stream(query, {}, sink, call);
    expect(runtimes()).toHaveLength(3);
  });

  it("asks a single provider for nothing but its pages, and several for their totals first", async () => {
    const one = createMemoryFleet({ rows: rowsOf("OpenClaw", 5) });
    await createReader({ fleet: one, providers: ["OpenClaw"] }).stream(query, {}, createSink().sink, call);
    expect([one.pages.length, one.scans.length]).toEqual([0, 1]);
    const two = createMemoryFleet({ rows: rowsOf("OpenClaw", 5) });
    await createReader({ fleet: two, providers: ["OpenClaw", "HermesAgent"] }).stream(
      query,
      {},
      createSink().sink,
      call,
    );
    expect(two.pages.map(({ size }) => size)).toEqual([1, 1]);
  });

  it("says that it moved, and how many rows could not be read", async () => {
    const rows = rowsOf("OpenClaw", 12).map((row, index) => ({ ...row, unreadable: index < 2 }));
    const streamed = async (moving: boolean) =>
      createReader({ fleet: createMemoryFleet({ rows, moving }), providers: ["OpenClaw"] }).stream(
        query,
        {},
        createSink().sink,
        call,
      );
    expect(await streamed(false)).toMatchObject({ value: { rows: 10, complete: true, unreadable: 2 } });
    expect(await streamed(true)).toMatchObject({ value: { rows: 10, complete: false, unreadable: 2 } });
  });

  it("is empty where nothing can match, and asks for nothing", async () => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 3) });
    const reader = createReader({ fleet, providers });
    const outcome = await reader.stream(
      { ...query, filters: { group: ["rg-1"] } },
      { group: ["rg-2"] },
      createSink().sink,
      call,
    );
    expect(outcome).toMatchObject({ value: { kind: "streamed", rows: 0, complete: true } });
    expect([fleet.pages.length, fleet.scans.length]).toEqual([0, 0]);
  });
});

describe("a list that is too large to be handed over", () => {
  const rows = [...rowsOf("OpenClaw", 60), ...rowsOf("HermesAgent", 50)];
  const two = ["OpenClaw", "HermesAgent"];

  it("is known by one look at each part, and of several before any is read", async () => {
    const fleet = createMemoryFleet({ rows });
    const { sink, parts } = createSink();
    const outcome = await createReader({ fleet, providers: two }).stream({ filters: {}, limit: 109 }, {}, sink, call);
    expect(outcome).toEqual({ ok: true, value: { kind: "too-large", total: 110, limit: 109 } });
    expect([fleet.pages.length, fleet.scans.length, parts.length]).toEqual([2, 0, 0]);
    const single = await createReader({ fleet, providers: ["OpenClaw"] }).stream(
      { filters: {}, limit: 59 },
      {},
      sink,
      call,
    );
    expect(single).toEqual({ ok: true, value: { kind: "too-large", total: 60, limit: 59 } });
    expect(fleet.scans.at(-1)?.limit).toBe(59);
  });

  it("is so beyond the limit alone", async () => {
    const { sink, runtimes } = createSink();
    const reader = createReader({ fleet: createMemoryFleet({ rows }), providers: two });
    await reader.stream({ filters: {}, limit: 110 }, {}, sink, call);
    expect(runtimes()).toHaveLength(110);
  });
});

describe("a list that cannot be handed over", () => {
  it.each([1, 2, 3])("passes the failure of call %s on as it came", async (failsFrom) => {
    const fleet = createMemoryFleet({ rows: rowsOf("OpenClaw", 3), failsFrom });
    const reader = createReader({ fleet, providers: ["OpenClaw", "HermesAgent"] });
    expect(await reader.stream(query, {}, createSink().sink, call)).toEqual({ ok: false, failure: broken });
  });

  it("rejects with what the sink rejects with", async () => {
    const full = new Error("the disk is full");
    const reader = createReader({ fleet: createMemoryFleet({ rows: rowsOf("OpenClaw", 3) }), providers });
    const { sink } = createSink(() => Promise.reject(full));
    await expect(reader.stream(query, {}, sink, call)).rejects.toBe(full);
  });
});
