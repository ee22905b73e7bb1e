import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReader, type Filters } from "../../src/fleet/index.ts";
import { broken, call, createMemoryFleet, type MemoryFleet } from "./memory-fleet.ts";
import { agentOf, anyRows, filterValues, providers, rowOf, rowsOf } from "./rows.ts";
import { wholeList } from "./truth.ts";
import { idsOf } from "./walk.ts";

async function find(fleet: MemoryFleet, target: string, scope: Filters = {}): Promise<readonly string[]> {
  const outcome = await createReader({ fleet, providers }).find(target, scope, call);
  if (!outcome.ok) throw new Error("the model failed");
  return idsOf(outcome.value);
}

const callsOf = (fleet: MemoryFleet) => fleet.pages.length + fleet.scans.length;

describe("finding a runtime", () => {
  const rows = [
    rowOf({ id: "ecd-1", name: "agent-1" }),
    rowOf({ id: "jvs-2", name: "Agent-1", agents: [agentOf({ provider: "HermesAgent" })] }),
    rowOf({ id: "ecd-3", name: "ecd-1" }),
    rowOf({ id: "odd", name: "agent-4", agents: [agentOf({ provider: "OtherBot" })] }),
  ];

  it.each<[string, string, readonly string[], number]>([
    ["by an id that looks like one, with one call where the first provider has it", "ecd-1", ["ecd-1"], 1],
    ["by an id of a later provider", "jvs-2", ["jvs-2"], 2],
    ["by a name, in all lists and whatever its case", "AGENT-1", ["ecd-1", "jvs-2"], 3],
    ["by an id that does not look like one, where no name is so", "odd", ["odd"], 6],
    ["not at all", "nobody", [], 6],
    ["not by a part of a name", "agent", [], 6],
  ])("%s", async (_, target, ids, calls) => {
    const fleet = createMemoryFleet({ rows });
    expect(await find(fleet, target)).toEqual(ids);
    expect(callsOf(fleet)).toBe(calls);
  });

  it("by a name that looks like an id, where no id is so", async () => {
    const fleet = createMemoryFleet({ rows: [rowOf({ id: "ecd-9", name: "ecd-old" })] });
    expect(await find(fleet, "ecd-old")).toEqual(["ecd-9"]);
  });

  it("shows one with agents of two providers once", async () => {
    const agents = [agentOf({ provider: "OpenClaw" }), agentOf({ provider: "HermesAgent" })];
    const fleet = createMemoryFleet({ rows: [rowOf({ id: "ecd-1", name: "both", agents })] });
    expect(await find(fleet, "both")).toEqual(["ecd-1"]);
  });

  it("by its name also where the service matches names in part and has many like it", async () => {
    const many = rowsOf("OpenClaw", 150).map((row, index) => rowOf({ ...row.runtime, name: `agent-${1_000 - index}` }));
    const fleet = createMemoryFleet({ rows: [...many, rowOf({ id: "ecd-last", name: "agent" })], fuzzyNames: true });
    expect(await find(fleet, "agent")).toEqual(["ecd-last"]);
    expect(fleet.scans[0]?.limit).toBe(1_000);
  });

  it("never finds what the scope has not", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 15 }),
      fc.constantFrom("ecd-0", "ecd-3", "agent-1", "AGENT-2"),
      fc
        .constantFrom(...(["group", "name", "id", "user", "risk", "provider", "os"] as const))
        .chain((key) => filterValues[key].map((values): Filters => ({ [key]: values }))),
      async (rowsThen, target, scope) => {
        const found = await find(createMemoryFleet({ rows: rowsThen }), target, scope);
        const bound = wholeList(rowsThen, {}, scope, providers);
        const byId = bound.filter(({ id }) => id === target);
        const byName = bound.filter(({ name }) => name?.toLowerCase() === target.toLowerCase());
        expect(found.toSorted()).toEqual(idsOf(byId.length > 0 ? byId : byName).toSorted());
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it.each([1, 2, 5])("passes the failure of call %i on as it came", async (failsFrom) => {
    const fleet = createMemoryFleet({ rows, failsFrom });
    const outcome = await createReader({ fleet, providers }).find("nobody", {}, call);
    expect(outcome).toEqual({ ok: false, failure: broken });
  });
});
