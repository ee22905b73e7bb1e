import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bodyOf, createCaller, idsOf } from "../../simulator/calls.ts";
import { createGate } from "../gate.ts";
import { createMovableFleet, type MovableFleet } from "./index.ts";

let fleet: MovableFleet;
let call: ReturnType<typeof createCaller>;

beforeEach(async () => {
  fleet = createMovableFleet({ runtimes: 3 });
  await fleet.start();
  const caller = createCaller(fleet.endpoint);
  const date = new Date().toISOString().replace(/\.\d+/, "");
  call = (given = {}) => caller({ ...given, headers: { "x-acs-date": date, ...given.headers } });
});
afterEach(() => fleet.stop());

const query = { AgentProvider: "OpenClaw", IncludeRiskInfo: "true" };
const atRisk = async () => idsOf(await call({ query: { ...query, HasRisk: "true" } }));

describe("the runtimes", () => {
  it("are at risk from when a test says so", async () => {
    expect(await atRisk()).toEqual([]);
    fleet.set("ecd-0002", { risks: ["model-modified"] });
    expect(await atRisk()).toEqual(["ecd-0002"]);
  });

  it("come and go", async () => {
    const added = fleet.add({ risks: ["agent-uninstalled"] });
    expect(await atRisk()).toEqual([added]);
    fleet.remove(added);
    expect(idsOf(await call({ query: { ...query, "DesktopIds.1": added } }))).toEqual([]);
  });

  it("that are hidden are in no list, and are there by their id", async () => {
    fleet.hide("ecd-0001");
    expect(idsOf(await call({ query }))).toEqual(["ecd-0002", "ecd-0003"]);
    expect(idsOf(await call({ query: { ...query, "DesktopIds.1": "ecd-0001" } }))).toEqual(["ecd-0001"]);
  });

  it("say nothing of risk when a test says so, and count all the same", async () => {
    fleet.set("ecd-0001", { risks: ["model-modified"] });
    fleet.nullRisk("ecd-0001");
    const { Data } = bodyOf(await call({ query: { ...query, HasRisk: "true" } }));
    expect(Data).toMatchObject([{ DesktopId: "ecd-0001", RiskInfo: null }]);
  });

  it.each([
    ["AuthUsers.1", "wang.wei"],
    ["ResourceGroupId", "rg-support"],
    ["DesktopStatuses.1", "Stopped"],
    ["ModelTemplateId", "mt-other"],
    ["ChannelConfigure", "false"],
  ])("are filtered by %s", async (name, value) => {
    fleet.set("ecd-0002", {
      users: ["wang.wei"],
      group: "rg-support",
      status: "Stopped",
      template: "mt-other",
      channels: [],
    });
    expect(idsOf(await call({ query: { ...query, [name]: value } }))).toEqual(["ecd-0002"]);
  });
});

describe("a request", () => {
  it("with a wrong signature is refused", async () => {
    const key = { id: "simulator", secret: "wrong" };
    expect(bodyOf(await call({ query, key }))).toMatchObject({ Code: "SignatureDoesNotMatch" });
  });

  it("fails as it was ordered, as often as that", async () => {
    fleet.faults.next({ kind: "throttle", retryAfter: 500 });
    const answer = await call({ query });
    expect(answer.headers["x-acs-retry-after"]).toBe("500");
    expect(bodyOf(answer)).toMatchObject({ Code: "Throttling.User" });
    expect((await call({ query })).status).toBe(200);
  });

  it("fails only where it fits", async () => {
    fleet.faults.next({ kind: "error" }, { fits: ({ PageNumber }) => PageNumber === "2" });
    expect((await call({ query })).status).toBe(200);
    expect((await call({ query: { ...query, PageNumber: "2" } })).status).toBe(500);
  });

  it("is reset", async () => {
    fleet.faults.next({ kind: "reset" });
    await expect(call({ query })).rejects.toThrow(/ECONNRESET|hang up/);
  });

  it("has a page that is too short, or a total that is not so", async () => {
    fleet.faults.next({ kind: "short", rows: 1 });
    expect(bodyOf(await call({ query }))).toMatchObject({ TotalCount: 3, Data: [{}, {}] });
    fleet.faults.next({ kind: "total", by: 1 });
    expect(bodyOf(await call({ query }))).toMatchObject({ TotalCount: 4, Data: [{}, {}, {}] });
  });

  it("waits at a gate, and finds the fleet as it is when the gate opens", async () => {
    const gate = createGate();
    fleet.faults.next({ kind: "held", gate, done: false });
    const asked = atRisk();
    await gate.reached();
    fleet.set("ecd-0003", { risks: ["channel-modified"] });
    gate.open();
    expect(await asked).toEqual(["ecd-0003"]);
  });

  it("is remembered with its parameters and its status", async () => {
    fleet.faults.next({ kind: "html" });
    await call({ query });
    expect(fleet.requests).toMatchObject([{ parameters: query, status: 502 }]);
  });
});
