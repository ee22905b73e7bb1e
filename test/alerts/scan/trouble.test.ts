import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../../src/fleet/index.ts";
import type { Row } from "../../fleet/memory-fleet.ts";
import { rowsOf } from "../../fleet/rows.ts";
import { createPagedFleet, isLookUp } from "./paged-fleet.ts";
import { createLines, dueOf, scanned, scannedOne } from "./watching.ts";

const one = { provider: ["OpenClaw"] };
const risks = ["model-modified"] as const;
const risky = (count: number, provider = "OpenClaw"): Row[] => rowsOf(provider, count, () => ({ risks }));

describe("a scan that is not complete", () => {
  it.each<FailureKind>(["throttled", "timeout", "service", "unreadable"])("says so by the word %s", async (kind) => {
    const fleet = createPagedFleet({ rows: risky(3), meet: () => kind });
    expect(await scannedOne(fleet, dueOf("w", one))).toMatchObject({ complete: false, reason: kind });
  });

  it("brings the risks that it has seen before a page failed, and asks for nothing by id", async () => {
    const meet = (_: unknown, number: number) => (number === 3 ? "throttled" : undefined);
    const fleet = createPagedFleet({ rows: risky(30), cap: 10, meet });
    const sighting = await scannedOne(fleet, dueOf("w", one, { open: ["ecd-OpenClaw-29", "ecd-gone"] }));
    expect([sighting.complete, sighting.runtimes.size]).toEqual([false, 20]);
    expect(fleet.pages.filter(isLookUp)).toEqual([]);
  });

  it("is one of whose providers' lists one failed", async () => {
    const rows = [...risky(3), ...risky(3, "HermesAgent")];
    const meet = ({ provider }: { provider: string }) => (provider === "HermesAgent" ? "service" : undefined);
    const sightings = await scanned(createPagedFleet({ rows, meet }), [dueOf("both"), dueOf("own", one)]);
    expect(sightings.get("both")).toMatchObject({ complete: false, reason: "service" });
    expect(sightings.get("both")?.runtimes.size).toBe(3);
    expect(sightings.get("own")).toMatchObject({ complete: true, reason: undefined });
  });

  it("is one whose list moves under every pass", async () => {
    let count = 30;
    const fleet = createPagedFleet({
      rows: risky(count),
      cap: 10,
      meet: (_, __, memory) => {
        count += 1;
        memory.become(risky(count));
        return undefined;
      },
    });
    expect(await scannedOne(fleet, dueOf("w", one))).toMatchObject({ complete: false, reason: "moved" });
  });

  it("is given up by its signal", async () => {
    const fleet = createPagedFleet({ rows: risky(3) });
    const sighting = await scannedOne(fleet, dueOf("w", one), {}, AbortSignal.abort());
    expect(sighting).toMatchObject({ complete: false, reason: "stopped" });
  });

  it("is one that failed by a fault of the bot, of which the log tells", async () => {
    const { lines, log } = createLines();
    const fleet = { ...createPagedFleet({ rows: [] }), scan: () => Promise.reject(new Error("a fault")) };
    const sighting = await scannedOne(fleet, dueOf("w", one, { open: ["ecd-1"] }), { log });
    expect(sighting).toMatchObject({ complete: false, reason: "fault" });
    expect([sighting.runtimes.size, lines.length]).toEqual([0, 1]);
  });
});

describe("a list that moved under one pass", () => {
  it("is complete by the next", async () => {
    const meet = (_: unknown, number: number, memory: { become(rows: readonly Row[]): void }) => {
      if (number === 2) memory.become(risky(29));
      return undefined;
    };
    const sighting = await scannedOne(createPagedFleet({ rows: risky(30), cap: 10, meet }), dueOf("w", one));
    expect([sighting.complete, sighting.runtimes.size]).toEqual([true, 29]);
  });
});

describe("rows that cannot be read", () => {
  it("leave a scan complete, as they would be there for good, and are told of once", async () => {
    const rows = risky(5).map((row, index) => ({ ...row, unreadable: index === 0 }));
    const { lines, log } = createLines();
    const sighting = await scannedOne(createPagedFleet({ rows }), dueOf("w", one), { log });
    expect([sighting.complete, sighting.runtimes.size, lines.length]).toEqual([true, 4, 1]);
  });

  it("never make a runtime gone: it may be any of them", async () => {
    const rows = risky(5).map((row, index) => ({ ...row, unreadable: index === 0 }));
    const sighting = await scannedOne(createPagedFleet({ rows }), dueOf("w", one, { open: ["ecd-OpenClaw-0"] }));
    expect(sighting.runtimes.get("ecd-OpenClaw-0")).toEqual({ kind: "unknown" });
  });
});
