import { describe, expect, it } from "vitest";
import type { Row } from "../../src/simulator/index.ts";
import { still } from "./calls.ts";

const simulator = still({ runtimes: 3000, sharedRate: 0.02, riskRate: 0.1 });
const providers = ["OpenClaw", "HermesAgent"];

function rows(provider: string, given: Readonly<Record<string, string>> = {}): readonly Row[] {
  return simulator.rows({ AgentProvider: provider, IncludeRiskInfo: "true", ...given });
}

type Fact = (row: Row) => boolean;

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Row {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

const agents = (row: Row) => list(row.AgentInstanceInfoList).map(record);
const anyAgent =
  (field: string, ...values: readonly unknown[]): Fact =>
  (row) =>
    agents(row).some((agent) => values.includes(agent[field]));
const risky: Fact = (row) => Object.values(record(row.RiskInfo)).includes(true);

describe("a filter lists exactly the rows that show it", () => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, Fact])[] = [
    [
      { "DesktopStatuses.1": "Stopped", "DesktopStatuses.2": "Expired" },
      ({ DesktopStatus }) => DesktopStatus === "Stopped" || DesktopStatus === "Expired",
    ],
    [
      { "AuthUsers.1": "li.na", "AuthUsers.2": "张三" },
      (row) => list(row.AuthUsers).some((user) => user === "li.na" || user === "张三"),
    ],
    [
      { "DesktopNames.1": "agent-017", "DesktopNames.2": "新建云电脑" },
      (row) => row.DesktopName === "agent-017" || row.DesktopName === "新建云电脑",
    ],
    [{ "DesktopNames.1": "agent-01" }, () => false],
    [{ "AgentInstanceVersions.1": "2026.6.3" }, anyAgent("AgentInstanceVersion", "2026.6.3")],
    [{ "AgentInstanceVersions.1": "OpenClaw 2026.6.3" }, anyAgent("AgentInstanceVersion", "OpenClaw 2026.6.3")],
    [
      { "AgentInstanceStatuses.1": "Unavailable", "AgentInstanceStatuses.2": "Stopped" },
      anyAgent("AgentInstanceStatus", "Unavailable", "Stopped"),
    ],
    [{ AgentPlatform: "ENTERPRISE" }, anyAgent("AgentPlatform", "ENTERPRISE")],
    [{ AgentPlatform: "ENTERPRISE_JVS" }, anyAgent("AgentPlatform", "ENTERPRISE_JVS", "JVS")],
    [{ "AgentPlatformList.1": "ENTERPRISE", "AgentPlatformList.2": "ENTERPRISE_JVS" }, (row) => agents(row).length > 0],
    [{ DeploymentSource: "User" }, anyAgent("DeploymentSource", "User")],
    [{ ModelConfigure: "true" }, (row) => row.ModelConfigure === true],
    [{ ModelConfigure: "false" }, (row) => row.ModelConfigure === false],
    [{ ModelTemplateId: "mt-coding" }, (row) => row.ModelTemplateId === "mt-coding"],
    [{ ChannelConfigure: "true" }, (row) => list(row.ChannelConfiguredList).length > 0],
    [{ ChannelConfigure: "false" }, (row) => list(row.ChannelConfiguredList).length === 0],
    [{ HasAuthUser: "true" }, (row) => list(row.AuthUsers).length > 0],
    [{ HasAuthUser: "false" }, (row) => list(row.AuthUsers).length === 0],
    [{ ResourceGroupId: "rg-finance" }, (row) => record(row.ResourceGroup).ResourceGroupId === "rg-finance"],
    [{ BizRegionId: "cn-shanghai" }, (row) => row.RegionId === "cn-shanghai"],
    [{ ManagementStatus: "Hibernated" }, (row) => list(row.ManagementStatuses).includes("Hibernated")],
    [{ AgentImOnlineStatus: "Online" }, (row) => record(row.AgentImInfo).AgentImOnlineStatus === "Online"],
    [{ AgentImOnlineStatus: "Offline" }, (row) => record(row.AgentImInfo).AgentImOnlineStatus === "Offline"],
    [{ HasRisk: "true" }, risky],
    [{ HasRisk: "false" }, (row) => !risky(row)],
    [{ BizType: "1" }, () => true],
    [{ BizType: "2" }, () => false],
    [
      { "DesktopStatuses.1": "Running", HasRisk: "true", ResourceGroupId: "rg-support" },
      (row) =>
        row.DesktopStatus === "Running" && risky(row) && record(row.ResourceGroup).ResourceGroupId === "rg-support",
    ],
  ];
  for (const [given, fact] of cases) {
    it(JSON.stringify(given), () => {
      const all = providers.flatMap((provider) => rows(provider));
      const expected = all.filter(fact).map((row) => row.DesktopId);
      const listed = providers.flatMap((provider) => rows(provider, given)).map((row) => row.DesktopId);
      expect(listed).toEqual(expected);
      // A filter that nothing or everything passes in this fleet would prove little; three of them are meant to.
      if (!Object.hasOwn(given, "BizType") && given["DesktopNames.1"] !== "agent-01") {
        expect(expected.length).toBeGreaterThan(0);
        expect(expected.length).toBeLessThan(all.length);
      }
    });
  }

  it("OfficeSiteId and AgentTemplateIds divide the fleet", () => {
    const all = rows("OpenClaw").filter(({ RegionId }) => RegionId === "cn-hangzhou").length;
    const offices = ["cn-hangzhou+dir-1001", "cn-hangzhou+dir-1002"].map(
      (id) => rows("OpenClaw", { OfficeSiteId: id }).length,
    );
    expect(offices[0]).toBeGreaterThan(0);
    expect((offices[0] ?? 0) + (offices[1] ?? 0)).toBe(all);
    expect(rows("OpenClaw", { "AgentTemplateIds.1": "at-finance" }).every(anyAgent("DeploymentSource", "Admin"))).toBe(
      true,
    );
    expect(rows("OpenClaw", { "AgentTemplateIds.1": "at-finance" }).length).toBeGreaterThan(0);
  });

  it("DesktopIds and ResourceIds, in the order of the list", () => {
    const three = rows("HermesAgent").slice(4, 7);
    const by = (name: string, field: string) =>
      Object.fromEntries(three.toReversed().map((row, place) => [`${name}.${place + 1}`, String(row[field])]));
    const unknown = { "DesktopIds.4": "jvs-00000000000000000", "DesktopIds.5": "x", "DesktopIds.6": "" };
    expect(rows("HermesAgent", by("DesktopIds", "DesktopId"))).toEqual(three);
    expect(rows("HermesAgent", by("ResourceIds", "ResourceId"))).toEqual(three);
    expect(rows("HermesAgent", { ...by("DesktopIds", "DesktopId"), ...by("ResourceIds", "ResourceId") })).toEqual(
      three,
    );
    expect(rows("OpenClaw", by("DesktopIds", "DesktopId"))).toEqual([]);
    expect(() => rows("HermesAgent", { ...by("DesktopIds", "DesktopId"), ...unknown })).toThrow(/DesktopIds/);
    expect(rows("HermesAgent", { "DesktopIds.1": "jvs-00000000000000000", "DesktopIds.2": "x" })).toEqual([]);
  });
});

describe("a provider", () => {
  it("is the same in every spelling", () => {
    const ids = (provider: string) => rows(provider).map(({ DesktopId }) => DesktopId);
    for (const other of ["OPEN_CLAW", "open-claw", "Open Claw", "openclaw"])
      expect(ids(other)).toEqual(ids("OpenClaw"));
  });

  it("that nobody knows has an empty list", () => {
    expect(rows("SomethingElse")).toEqual([]);
  });

  it("lists every runtime with an agent of it, also those with agents of two", () => {
    const hermes = new Set(rows("HermesAgent").map(({ DesktopId }) => DesktopId));
    const shared = rows("OpenClaw").filter(({ DesktopId }) => hermes.has(DesktopId));
    expect(shared.length).toBeGreaterThan(0);
    const both = shared.filter((row) => agents(row).length > 0);
    expect(both.every((row) => agents(row).length === 2)).toBe(true);
    expect(rows("OpenClaw").length + rows("HermesAgent").length - shared.length).toBe(3000);
  });

  it("is narrowed by AgentProviderList", () => {
    const both = rows("OpenClaw", { "AgentProviderList.1": "HERMES_AGENT" });
    expect(both.length).toBeGreaterThan(0);
    expect(both.length).toBeLessThan(100);
  });

  it("still lists a runtime whose agent was uninstalled, with no agents", () => {
    const gone = rows("OpenClaw", { HasRisk: "true" }).filter((row) => record(row.RiskInfo).AgentUninstalled === true);
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.every((row) => agents(row).length === 0)).toBe(true);
  });
});

describe("risk information", () => {
  it("is null or absent unless asked for", () => {
    const shown = new Set(
      simulator.rows({ AgentProvider: "OpenClaw", HasRisk: "true" }).map(({ RiskInfo }) => RiskInfo),
    );
    expect(shown).toEqual(new Set([null, undefined]));
  });

  it("is there for every row when asked for", () => {
    expect(rows("OpenClaw").every(({ RiskInfo }) => Object.keys(record(RiskInfo)).length === 3)).toBe(true);
  });
});
