import { describe, expect, it } from "vitest";
import { createReader } from "../../src/fleet/index.ts";
import { createMemoryFleet, type Row } from "./memory-fleet.ts";
import { agentOf, rowOf, rowsOf } from "./rows.ts";
import { idsOf, listed } from "./walk.ts";

const both = ["OpenClaw", "HermesAgent"];
const long = rowsOf("OpenClaw", 150);

/** Page 16 of both lists, ten a page: the first rows of the second list. */
async function secondList(...second: readonly Row[]) {
  const fleet = createMemoryFleet({ rows: [...long, ...second] });
  const reader = createReader({ fleet, providers: both });
  const listing = await listed(reader, { page: 16, size: 10 });
  const lookUps = fleet.pages.filter(({ filters }) => "DesktopIds" in filters);
  return { listing, lookUps };
}

const hermes = (id: string, ...agents: readonly Parameters<typeof agentOf>[0][]): Row =>
  rowOf({ id, agents: agents.map(agentOf) }, { listed: ["HermesAgent"] });

describe("a runtime in the lists of two providers", () => {
  it("is left out of the later list, and said to be", async () => {
    const agents = [agentOf({ provider: "HERMES_AGENT" }), agentOf({ provider: "OPEN_CLAW" })];
    const twice = ["t1", "t2"].map((id) => rowOf({ id, agents }, { listed: both }));
    // Of 152 and 3 rows, the sixteenth page has the last two of the one list and all of the other.
    const { listing } = await secondList(...twice, hermes("once", { provider: "HermesAgent" }));
    expect(idsOf(listing.runtimes)).toEqual(["t1", "t2", "once"]);
    expect(listing).toMatchObject({ doubles: 2, total: 155 });
  });

  it("is left out as well where the earlier list does not have it on this page", async () => {
    const agents = [agentOf({ provider: "OpenClaw" }), agentOf({ provider: "HermesAgent" })];
    const twice = rowOf({ id: "twice", agents }, { listed: both });
    const fleet = createMemoryFleet({ rows: [twice, ...long.slice(1), hermes("once", { provider: "HermesAgent" })] });
    const listing = await listed(createReader({ fleet, providers: both }), { page: 16 });
    expect(idsOf(listing.runtimes)).toEqual(["once"]);
    expect(listing).toMatchObject({ doubles: 1, total: 152 });
  });
});

describe("the look-up of doubles", () => {
  it("is not made where every runtime has agents of its own provider alone", async () => {
    const { listing, lookUps } = await secondList(
      hermes("a", { provider: "HermesAgent" }),
      hermes("b", { provider: "HermesAgent" }),
    );
    expect(idsOf(listing.runtimes)).toEqual(["a", "b"]);
    expect(lookUps).toEqual([]);
  });

  it.each<[string, readonly Parameters<typeof agentOf>[0][]]>([
    [
      "it has an agent of an earlier provider, however spelled",
      [{ provider: "HermesAgent" }, { provider: "OPEN_CLAW" }],
    ],
    ["it has no agent any more", []],
    ["it has an agent of nobody knows whom", [{ provider: undefined }]],
  ])("is one call for all that are suspect, and shows those that the earlier list has not: %s", async (_, agents) => {
    const { listing, lookUps } = await secondList(hermes("a", ...agents), hermes("b", ...agents));
    expect(idsOf(listing.runtimes)).toEqual(["a", "b"]);
    expect(lookUps).toMatchObject([{ provider: "OpenClaw", filters: { DesktopIds: ["a", "b"] } }]);
  });

  it("is not made in an earlier list that came whole", async () => {
    const agents = [agentOf({ provider: "OpenClaw" }), agentOf({ provider: "HermesAgent" })];
    const rows = [
      rowOf({ id: "" }),
      rowOf({ id: "twice", agents }, { listed: both }),
      hermes("", {}),
      hermes("once", {}),
    ];
    const fleet = createMemoryFleet({ rows: [...rows, ...rowsOf("HermesAgent", 120)] });
    const listing = await listed(createReader({ fleet, providers: both }), { size: 5 });
    expect(idsOf(listing.runtimes)).toEqual(["", "twice", "", "once"]);
    expect(listing.doubles).toBe(1);
    expect(fleet.pages).toHaveLength(2);
  });

  it("leaves alone what has no id", async () => {
    const { listing, lookUps } = await secondList(hermes("", {}), hermes("", {}));
    expect(listing.runtimes).toHaveLength(2);
    expect(lookUps).toEqual([]);
  });
});
