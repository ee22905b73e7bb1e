import { describe, expect, it } from "vitest";
import type { Filters, PageRequest } from "../../../src/fleet/index.ts";
import type { Row } from "../../fleet/memory-fleet.ts";
import { agentOf, rowOf, rowsOf } from "../../fleet/rows.ts";
import { createPagedFleet, isLookUp } from "./paged-fleet.ts";
import { dueOf, scanned, scannedOne } from "./watching.ts";

const risks = ["model-modified"] as const;
const openClaw = { provider: ["OpenClaw"] };

/** What becomes of one runtime with an open episode, and what was asked to find out. */
async function became(rows: readonly Row[], filters: Filters, open = "ecd-1") {
  const fleet = createPagedFleet({ rows });
  const sighting = await scannedOne(fleet, dueOf("w", { ...openClaw, ...filters }, { open: [open] }));
  const { kind } = sighting.runtimes.get(open) ?? { kind: "not there" };
  return { kind, asked: fleet.pages.filter(isLookUp).map(({ filters: sent }) => sent) };
}

describe("a runtime that a complete scan has not shown", () => {
  it("is asked for by its id, narrowed by nothing that its row shows", async () => {
    const { kind, asked } = await became([rowOf({ groupId: "rg-2" })], { group: ["rg-1"], status: ["Running"] });
    expect(asked).toEqual([{ IncludeRiskInfo: "true", DesktopIds: ["ecd-1"] }]);
    expect(kind).toBe("elsewhere");
  });

  it("is there where its risk is over or unknown", async () => {
    expect((await became([rowOf({ risks: [] })], {})).kind).toBe("row");
    expect((await became([rowOf({ risks: undefined })], {})).kind).toBe("row");
  });

  it("is there where it has another risk than the watch is about", async () => {
    const { kind, asked } = await became([rowOf({ risks })], { risk: ["channel-modified"] });
    expect([kind, asked]).toEqual(["row", []]);
  });

  it("is gone where no list has it", async () => {
    expect((await became([], {})).kind).toBe("no-row");
  });

  it("is elsewhere without a call where a wider list that is read for another watch shows it so", async () => {
    const fleet = createPagedFleet({ rows: [rowOf({ risks, groupId: "rg-2" })] });
    const due = [dueOf("all", openClaw), dueOf("w", { ...openClaw, group: ["rg-1"] }, { open: ["ecd-1"] })];
    expect((await scanned(fleet, due)).get("w")?.runtimes.get("ecd-1")).toEqual({ kind: "elsewhere" });
    expect(fleet.pages).toHaveLength(1);
  });

  it("is looked for in one provider's list after the other until it is found", async () => {
    const hermes = [agentOf({ provider: "HermesAgent" })];
    const fleet = createPagedFleet({ rows: [rowOf({ agents: hermes })] });
    await scannedOne(fleet, dueOf("w", {}, { open: ["ecd-1"] }));
    expect(fleet.pages.filter(isLookUp).map(({ provider }) => provider)).toEqual(["HermesAgent"]);
    const other = createPagedFleet({ rows: [rowOf({ agents: [agentOf({ provider: "OtherBot" })] })] });
    await scannedOne(other, dueOf("w", {}, { open: ["ecd-1"] }));
    expect(other.pages.filter(isLookUp)).toHaveLength(3);
  });

  it("without an id is asked for by its resource", async () => {
    const { kind, asked } = await became([rowOf({ id: "", resourceId: "r-1" })], {}, "resource:r-1");
    expect([kind, asked]).toEqual(["row", [{ IncludeRiskInfo: "true", ResourceIds: ["r-1"] }]]);
  });
});

describe("what rows do not show", () => {
  const filters = { edition: ["2"], office: ["office-2"] };

  it("narrows the question by id", async () => {
    const { kind, asked } = await became([rowOf({}, { edition: "2", office: "office-2" })], filters);
    expect(kind).toBe("row");
    expect(asked).toEqual([{ BizType: "2", OfficeSiteId: "office-2", IncludeRiskInfo: "true", DesktopIds: ["ecd-1"] }]);
  });

  it("tells a runtime that is elsewhere from one that is gone by asking once more without it", async () => {
    expect((await became([rowOf()], filters)).kind).toBe("elsewhere");
    const gone = await became([], filters);
    expect([gone.kind, gone.asked.length]).toEqual(["no-row", 2]);
  });

  it("is asked of the API where a row lacks a field, before it counts as another value", async () => {
    const group = { group: ["rg-1"] };
    const { kind, asked } = await became([rowOf({ groupId: undefined })], group);
    expect(kind).toBe("elsewhere");
    expect(asked.at(-1)).toEqual({ ResourceGroupId: "rg-1", IncludeRiskInfo: "true", DesktopIds: ["ecd-1"] });
  });

  it("is asked of the API as well where a wider list shows the runtime without the field", async () => {
    const fleet = createPagedFleet({ rows: [rowOf({ risks, groupId: undefined })] });
    const due = [dueOf("all", openClaw), dueOf("w", { ...openClaw, group: ["rg-1"] }, { open: ["ecd-1"] })];
    expect((await scanned(fleet, due)).get("w")?.runtimes.get("ecd-1")).toEqual({ kind: "elsewhere" });
    expect(fleet.pages.at(-1)?.filters).toMatchObject({ ResourceGroupId: "rg-1", DesktopIds: ["ecd-1"] });
  });

  it("and what the API cannot be asked stays unknown", async () => {
    expect((await became([rowOf({ region: undefined })], { region: ["cn-x"] })).kind).toBe("unknown");
    expect((await became([rowOf({ region: "cn-y" })], { region: ["cn-x"] })).kind).toBe("elsewhere");
  });
});

describe("a question by id", () => {
  const gone = (count: number) => Array.from({ length: count }, (_, index) => `ecd-gone-${index}`);

  it("is one call for a hundred, whichever watches ask", async () => {
    const fleet = createPagedFleet({ rows: [] });
    const due = [
      dueOf("a", openClaw, { open: gone(150) }),
      dueOf("b", { ...openClaw, group: ["rg-1"] }, { open: gone(120) }),
      dueOf("c", { ...openClaw, status: ["Running"] }, { open: gone(250) }),
    ];
    await scanned(fleet, due);
    const sizes = fleet.pages.filter(isLookUp).map(({ filters }) => filters.DesktopIds?.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  it("goes on to further pages where the server sends fewer rows", async () => {
    const fleet = createPagedFleet({ rows: rowsOf("OpenClaw", 50), cap: 20 });
    const open = rowsOf("OpenClaw", 50).map(({ runtime }) => runtime.id);
    const { runtimes } = await scannedOne(fleet, dueOf("w", openClaw, { open }));
    expect([...runtimes.values()].every(({ kind }) => kind === "row")).toBe(true);
    expect(fleet.pages.filter(isLookUp).map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it("that fails leaves unknown whom it asked for, and no other", async () => {
    const meet = ({ filters }: PageRequest) => (filters.DesktopIds?.includes("ecd-gone-0") ? "service" : undefined);
    const fleet = createPagedFleet({ rows: [], meet });
    const { complete, runtimes } = await scannedOne(fleet, dueOf("w", openClaw, { open: gone(150) }));
    const kinds = [...runtimes.values()].map(({ kind }) => kind);
    expect(complete).toBe(true);
    expect([
      kinds.filter((kind) => kind === "unknown").length,
      kinds.filter((kind) => kind === "no-row").length,
    ]).toEqual([100, 50]);
  });

  it("that fails for one provider makes nothing gone, and still finds what another has", async () => {
    const isBroken = (request: PageRequest) => isLookUp(request) && request.provider === "HermesAgent";
    const meet = (request: PageRequest) => (isBroken(request) ? "timeout" : undefined);
    const fleet = createPagedFleet({ rows: [rowOf({ id: "ecd-here" })], meet });
    const { runtimes } = await scannedOne(fleet, dueOf("w", {}, { open: ["ecd-here", "ecd-gone"] }));
    expect([runtimes.get("ecd-here")?.kind, runtimes.get("ecd-gone")?.kind]).toEqual(["row", "unknown"]);
  });

  it("whose answer lacks rows that it counts makes nothing gone", async () => {
    const fleet = createPagedFleet({ rows: [] });
    const scan: typeof fleet.scan = async (request, fold, call) => {
      const outcome = await fleet.scan(request, fold, call);
      return outcome.ok && request.filters.DesktopIds !== undefined
        ? { ok: true, value: { ...outcome.value, complete: false, total: 1 } }
        : outcome;
    };
    const { runtimes } = await scannedOne({ ...fleet, scan }, dueOf("w", openClaw, { open: ["ecd-1"] }));
    expect(runtimes.get("ecd-1")).toEqual({ kind: "unknown" });
  });

  it("that is answered with others than were asked for proves nothing", async () => {
    const fleet = createPagedFleet({ rows: [] });
    const strange = createPagedFleet({ rows: [rowOf({ id: "ecd-other" })] });
    const scan: typeof fleet.scan = (request, fold, call) =>
      request.filters.DesktopIds === undefined
        ? fleet.scan(request, fold, call)
        : strange.scan({ ...request, filters: {} }, fold, call);
    const { runtimes } = await scannedOne({ ...fleet, scan }, dueOf("w", openClaw, { open: ["ecd-1"] }));
    expect(runtimes.get("ecd-1")).toEqual({ kind: "unknown" });
  });
});
