import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverNeeds } from "../../../src/alerts/scan/cover.ts";
import { type Due, wantOf, watchedKinds } from "../../../src/alerts/scan/want.ts";
import type { Sighting } from "../../../src/alerts/sighting.ts";
import { foldSpelling } from "../../../src/fleet/index.ts";
import { createMemoryFleet, type Row } from "../../fleet/memory-fleet.ts";
import { agentOf, anyRows, matchedHere, providers, rowOf, rowsOf } from "../../fleet/rows.ts";
import { createPagedFleet, isLookUp } from "./paged-fleet.ts";
import { anyWatches, atRiskOf, createLines, dueOf, matching, needsOfAll, scanned, scannedOne } from "./watching.ts";

const one = { provider: ["OpenClaw"] };
const risks = ["model-modified"] as const;
const risky = (count: number): Row[] => rowsOf("OpenClaw", count, () => ({ risks }));
const kindsSeen = ({ runtimes }: Sighting) => Object.fromEntries([...runtimes].map(([id, { kind }]) => [id, kind]));

describe("a scan", () => {
  it("brings of every watch what filtering everything in memory brings, and what became of its open runtimes", async () => {
    const open = fc.subarray(Array.from({ length: 27 }, (_, index) => `ecd-${index}`));
    const property = fc.asyncProperty(
      anyRows({ maxLength: 25 }),
      anyWatches(5, 2),
      open,
      fc.integer({ min: 1, max: 7 }),
      async (rows, watches, ids, cap) => {
        const due = watches.map((watch) => ({ ...watch, open: new Set(ids) }));
        const sightings = await scanned(createPagedFleet({ rows, cap }), due);
        for (const watch of due) {
          const sighting = sightings.get(watch.watch.id);
          const kinds = watchedKinds(watch.watch.filters, watch.scope);
          expect(sighting?.kinds).toEqual(kinds);
          expect(sighting?.complete).toBe(kinds.length > 0);
          for (const id of kinds.length === 0 ? [] : atRiskOf(rows, watch, kinds)) {
            expect(sighting?.runtimes.get(id)).toMatchObject({ kind: "row", runtime: { id } });
          }
          for (const [id, { kind }] of sighting?.runtimes ?? []) {
            expect(kindsOf(rows, watch, id)).toContain(kind);
          }
          const expected = new Set(kinds.length === 0 ? [] : [...ids, ...atRiskOf(rows, watch, kinds)]);
          expect(new Set(sighting?.runtimes.keys())).toEqual(expected);
        }
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it("makes no more calls than the widest lists have pages, and one for each hundred that are missing from a list", async () => {
    const open = fc.subarray(Array.from({ length: 27 }, (_, index) => `ecd-${index}`));
    const property = fc.asyncProperty(
      anyRows({ maxLength: 25 }),
      anyWatches(8, 2),
      open,
      async (rows, watches, ids) => {
        const due = watches.map((watch) => ({ ...watch, open: new Set(ids) }));
        const fleet = createPagedFleet({ rows });
        const sightings = await scanned(fleet, due);
        const lookUps = fleet.pages.filter(isLookUp);
        expect(fleet.pages.length - lookUps.length).toBe(coverNeeds(needsOfAll(due)).length);
        // Once in each list that is narrowed in its own way, and no list twice.
        const lists = lookUps.map(({ provider, filters }) =>
          JSON.stringify([provider, { ...filters, DesktopIds: [] }]),
        );
        const asked = lookUps.flatMap(({ filters }, index) =>
          [filters.DesktopIds ?? []].flat().map((id) => `${lists[index]} ${id}`),
        );
        expect(new Set(asked).size).toBe(asked.length);
        const spent = [...sightings.values()].reduce((sum, { calls }) => sum + calls, 0);
        expect(spent).toBe(fleet.pages.length);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("costs a hundred watches what the widest of them costs", async () => {
    const fleet = createPagedFleet({ rows: risky(250) });
    const due = Array.from({ length: 99 }, (_, index) => dueOf(`w${index}`, { ...one, group: [`rg-${index}`] }));
    await scanned(fleet, [...due, dueOf("all", one)]);
    expect(fleet.pages).toHaveLength(3);
  });

  it("lets people go first, also where it asks by id", async () => {
    const fleet = createMemoryFleet({ rows: risky(2) });
    await scannedOne(fleet, dueOf("w", one, { open: ["ecd-gone"] }));
    expect(fleet.scans.map(({ call }) => call.urgency)).toEqual(["scan", "scan"]);
  });

  it("ends at the first page of a list that has more rows than may be read", async () => {
    const fleet = createPagedFleet({ rows: risky(250) });
    const sighting = await scannedOne(fleet, dueOf("w", one), { mostRows: 249 });
    expect(sighting).toMatchObject({ complete: false, reason: "too-large" });
    expect(fleet.pages).toHaveLength(1);
  });

  it("of watches whose lists are narrower is not lost when the widest is too large", async () => {
    const rows = rowsOf("OpenClaw", 250, (index) => ({ risks, groupId: `rg-${index % 2}` }));
    const fleet = createPagedFleet({ rows });
    const due = [
      dueOf("all", one),
      dueOf("half", { ...one, group: ["rg-1"] }),
      dueOf("few", { ...one, name: ["OpenClaw-1"] }),
    ];
    const sightings = await scanned(fleet, due, { mostRows: 200 });
    expect([...sightings.values()].map(({ complete }) => complete)).toEqual([false, true, true]);
    expect(sightings.get("half")?.runtimes.size).toBe(125);
    expect([...(sightings.get("few")?.runtimes.keys() ?? [])]).toEqual(["ecd-OpenClaw-1"]);
  });

  it("takes ten thousand runtimes that come to be at risk at once", async () => {
    const fleet = createPagedFleet({ rows: risky(10_000) });
    const sighting = await scannedOne(fleet, dueOf("w", one));
    expect([sighting.complete, sighting.runtimes.size, sighting.calls]).toEqual([true, 10_000, 100]);
  });

  it("takes a runtime of two providers for one", async () => {
    const agents = [agentOf(), agentOf({ provider: "HermesAgent" })];
    const fleet = createPagedFleet({ rows: [rowOf({ risks, agents })] });
    expect(kindsSeen(await scannedOne(fleet, dueOf("w")))).toEqual({ "ecd-1": "row" });
  });

  it("knows a runtime without an id by its resource, and says once that one has neither", async () => {
    const fleet = createPagedFleet({ rows: [rowOf({ id: "", resourceId: "r-1", risks }), rowOf({ id: "", risks })] });
    const { lines, log } = createLines();
    const sighting = await scannedOne(fleet, dueOf("w", one), { log });
    expect(kindsSeen(sighting)).toEqual({ "resource:r-1": "row" });
    expect(sighting.complete).toBe(true);
    expect(lines).toHaveLength(1);
  });

  it("is of the kinds that a watch names", async () => {
    const rows = [rowOf({ id: "ecd-a", risks }), rowOf({ id: "ecd-b", risks: ["channel-modified"] })];
    const sighting = await scannedOne(createPagedFleet({ rows }), dueOf("w", { ...one, risk: ["channel-modified"] }));
    expect(kindsSeen(sighting)).toEqual({ "ecd-b": "row" });
    expect(sighting.kinds).toEqual(["channel-modified"]);
  });

  it("of what cannot be watched asks for nothing, and is not complete", async () => {
    const fleet = createPagedFleet({ rows: risky(1) });
    const sighting = await scannedOne(fleet, dueOf("w", { risk: ["no"] }, { open: ["ecd-OpenClaw-0"] }));
    expect(sighting).toMatchObject({ complete: false, reason: "unwatchable", kinds: [] });
    expect(fleet.pages).toEqual([]);
  });

  it("of a filter and a scope that exclude each other knows without a call that nothing matches", async () => {
    const fleet = createPagedFleet({ rows: risky(1) });
    const due = dueOf("w", { group: ["rg-1"] }, { scope: { group: ["rg-2"] }, open: ["ecd-OpenClaw-0"] });
    const sighting = await scannedOne(fleet, due);
    expect([sighting.complete, kindsSeen(sighting), fleet.pages]).toEqual([
      true,
      { "ecd-OpenClaw-0": "elsewhere" },
      [],
    ]);
  });
});

/** What became of a runtime, by filtering everything in memory; where its row does not show why, it may be unknown. */
function kindsOf(rows: readonly Row[], due: Due, id: string): readonly string[] {
  const { providers: asked } = wantOf(due, providers);
  const row = rows.find(({ runtime }) => runtime.id === id);
  const isListed = row?.listed.some((one) => asked.some((other) => foldSpelling(one) === foldSpelling(other)));
  if (asked.length > 0 && isListed !== true) {
    return ["no-row"];
  }
  if (row !== undefined && matching(rows, due).has(id)) {
    return ["row"];
  }
  const hidden = matchedHere.some((key) => {
    const wanted = due.watch.filters[key] ?? due.scope[key];
    return wanted !== undefined && key in (row?.runtime ?? {}) && !shownBy(row, key);
  });
  return hidden ? ["elsewhere", "unknown"] : ["elsewhere"];
}

function shownBy(row: Row | undefined, key: string): boolean {
  return Object.entries(row?.runtime ?? {}).some(
    ([name, value]) => name === key && value !== undefined && value !== "",
  );
}

describe("how runtimes were set up before", () => {
  const setup = { template: "mt-1", channels: ["feishu"] };

  it("is asked for once, of those that are newly at risk", async () => {
    const asked: (readonly string[])[] = [];
    const setups = async (runtimes: readonly string[]) => {
      asked.push(runtimes);
      return new Map([["ecd-OpenClaw-1", setup]]);
    };
    const due = [
      dueOf("a", one, { open: ["ecd-OpenClaw-0"] }),
      dueOf("b", one, { open: ["ecd-OpenClaw-0", "ecd-OpenClaw-1"] }),
    ];
    const sightings = await scanned(createPagedFleet({ rows: risky(3) }), due, { setups });
    expect(asked).toEqual([["ecd-OpenClaw-1", "ecd-OpenClaw-2"]]);
    expect(sightings.get("a")?.before).toEqual(new Map([["ecd-OpenClaw-1", setup]]));
    expect(sightings.get("b")?.before).toEqual(new Map());
  });

  it("is not asked for where nothing is new", async () => {
    const setups = () => Promise.reject(new Error("asked in vain"));
    const { lines, log } = createLines();
    await scannedOne(createPagedFleet({ rows: risky(1) }), dueOf("w", one, { open: ["ecd-OpenClaw-0"] }), {
      setups,
      log,
    });
    expect(lines).toEqual([]);
  });

  it("stays unknown when the store fails, and what is at risk is told all the same", async () => {
    const { lines, log } = createLines();
    const setups = () => Promise.reject(new Error("the disk is full"));
    const sighting = await scannedOne(createPagedFleet({ rows: risky(1) }), dueOf("w", one), { setups, log });
    expect([sighting.complete, sighting.runtimes.size, sighting.before.size, lines.length]).toEqual([true, 1, 0, 1]);
  });
});
