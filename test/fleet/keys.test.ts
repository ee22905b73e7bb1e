import { describe, expect, test } from "vitest";
import { type FilterKey, filterDefinition, filterKeyNames, type Runtime, sortKeys } from "../../src/fleet/index.ts";
import { agentOf, runtimeOf } from "./rows.ts";

describe("what the API is asked for", () => {
  test.each<[FilterKey, readonly string[], Readonly<Record<string, unknown>>]>([
    ["provider", ["OpenClaw", "HermesAgent"], {}],
    ["status", ["Running", "Stopped"], { DesktopStatuses: ["Running", "Stopped"] }],
    ["agent", ["Deployed"], { AgentInstanceStatuses: ["Deployed"] }],
    ["version", ["2026.3.13"], { AgentInstanceVersions: ["2026.3.13"] }],
    ["id", ["ecd-1", "ecd-2"], { DesktopIds: ["ecd-1", "ecd-2"] }],
    ["resource", ["ecd-1"], { ResourceIds: ["ecd-1"] }],
    ["name", ["a", "b"], { DesktopNames: ["a", "b"] }],
    ["user", ["li.na"], { AuthUsers: ["li.na"] }],
    ["assigned", ["yes"], { HasAuthUser: "true" }],
    ["assigned", ["no"], { HasAuthUser: "false" }],
    ["model", ["no"], { ModelConfigure: "false" }],
    ["template", ["mt-1"], { ModelTemplateId: "mt-1" }],
    ["channel", ["yes"], { ChannelConfigure: "true" }],
    ["channel", ["no"], { ChannelConfigure: "false" }],
    ["channel", ["feishu", "wecom"], { ChannelConfigure: "true" }],
    ["source", ["Admin"], { DeploymentSource: "Admin" }],
    ["group", ["rg-1"], { ResourceGroupId: "rg-1" }],
    ["platform", ["ENTERPRISE_JVS"], { AgentPlatform: "ENTERPRISE_JVS" }],
    ["edition", ["1"], { BizType: "1" }],
    ["risk", ["yes"], { IncludeRiskInfo: "true", HasRisk: "true" }],
    ["risk", ["no"], { IncludeRiskInfo: "true", HasRisk: "false" }],
    ["risk", ["model-modified"], { IncludeRiskInfo: "true", HasRisk: "true" }],
    ["risk-info", ["yes"], { IncludeRiskInfo: "true" }],
    ["risk-info", ["no"], { IncludeRiskInfo: "false" }],
    ["os", ["Linux"], {}],
    ["region", ["cn-hangzhou"], {}],
    ["managed", ["Hibernated"], { ManagementStatus: "Hibernated" }],
    ["online", ["yes"], { AgentImOnlineStatus: "Online" }],
    ["online", ["no"], { AgentImOnlineStatus: "Offline" }],
    ["office", ["cn-hangzhou+os-1"], { OfficeSiteId: "cn-hangzhou+os-1" }],
  ])("for %s=%s is its parameter", (key, values, sent) => {
    expect(filterDefinition(key).send(values)).toEqual(sent);
  });
});

const runtime = runtimeOf({
  id: "ecd-1",
  resourceId: "ecd-9",
  name: "Agent-017",
  status: "Running",
  os: "Linux",
  region: "cn-hangzhou",
  users: ["li.na", "wang.wei"],
  hasUser: true,
  modelConfigured: true,
  modelTemplateId: "mt-1",
  channelConfigured: true,
  channels: ["feishu"],
  risks: ["model-modified"],
  groupId: "rg-1",
  management: ["Hibernated"],
  messaging: { status: undefined, cloudSpace: undefined, online: "Online" },
  agents: [
    agentOf({
      provider: "OPEN_CLAW",
      version: "2026.3.13",
      status: "Running",
      platform: "ENTERPRISE",
      source: "Admin",
    }),
    agentOf({ provider: "Hermes", status: "stopped", channels: ["wecom"], modelTemplateId: "mt-2", source: "User" }),
  ],
});

/** Whether a row has what a filter asks for. */
function matches(key: FilterKey, values: readonly string[], row: Runtime): boolean | undefined {
  return filterDefinition(key).match?.(values)(row);
}

describe("a row", () => {
  test.each<[FilterKey, readonly string[]]>([
    ["provider", ["OpenClaw"]],
    ["provider", ["other", "hermes"]],
    ["status", ["Stopped", "Running"]],
    ["agent", ["Stopped"]],
    ["version", ["2026.3.13"]],
    ["id", ["ecd-1"]],
    ["resource", ["ecd-9"]],
    ["name", ["agent-017"]],
    ["user", ["wang.wei"]],
    ["assigned", ["yes"]],
    ["model", ["yes"]],
    ["template", ["mt-1"]],
    ["template", ["mt-2"]],
    ["channel", ["yes"]],
    ["channel", ["qqbot", "feishu"]],
    ["channel", ["wecom"]],
    ["source", ["User"]],
    ["group", ["rg-1"]],
    ["platform", ["ENTERPRISE"]],
    ["risk", ["yes"]],
    ["risk", ["agent-uninstalled", "model-modified"]],
    ["os", ["linux"]],
    ["region", ["cn-hangzhou"]],
    ["managed", ["hibernated"]],
    ["online", ["yes"]],
  ])("has %s=%s", (key, values) => {
    expect(matches(key, values, runtime)).toBe(true);
  });

  test.each<[FilterKey, readonly string[]]>([
    ["provider", ["OpenClaws"]],
    ["status", ["Stopped"]],
    ["agent", ["Deployed"]],
    ["version", ["2026.3"]],
    ["id", ["ECD-1"]],
    ["resource", ["ecd-1"]],
    ["name", ["agent-01", "agent-0170"]],
    ["user", ["Li.Na"]],
    ["assigned", ["no"]],
    ["model", ["no"]],
    ["template", ["mt-3"]],
    ["channel", ["no"]],
    ["channel", ["qqbot"]],
    ["source", ["Nobody"]],
    ["group", ["rg-2"]],
    ["platform", ["ENTERPRISE_JVS"]],
    ["risk", ["no"]],
    ["risk", ["agent-uninstalled", "channel-modified"]],
    ["os", ["Windows"]],
    ["region", ["cn-shanghai"]],
    ["managed", ["Active"]],
    ["online", ["no"]],
  ])("has not %s=%s", (key, values) => {
    expect(matches(key, values, runtime)).toBe(false);
  });

  test("that says nothing has no value, not even no", () => {
    const silent = runtimeOf({ risks: undefined, agents: [] });
    for (const key of filterKeyNames) {
      for (const value of ["yes", "no", "", "undefined"]) {
        expect(matches(key, [value], silent) ?? false).toBe(false);
      }
    }
  });

  test("without risks has risk=no, and one whose risks are unknown has neither", () => {
    expect(matches("risk", ["no"], runtimeOf({ risks: [] }))).toBe(true);
    expect(matches("risk", ["no"], runtimeOf({ risks: undefined }))).toBe(false);
    expect(matches("risk", ["yes"], runtimeOf({ risks: undefined }))).toBe(false);
  });

  test("does not show its edition, its office or whether it was asked for risk", () => {
    const hidden = filterKeyNames.filter((key) => filterDefinition(key).match === undefined);
    expect(hidden).toEqual(["edition", "risk-info", "office"]);
  });
});

describe("a field that a row lacks", () => {
  const shown = (row: Runtime) => filterKeyNames.filter((key) => filterDefinition(key).shows(row));
  const matched = filterKeyNames.filter((key) => filterDefinition(key).match !== undefined);

  test("is told from one that has another value", () => {
    expect(shown(runtime)).toEqual(matched);
    expect(shown(runtimeOf({ id: "", agents: [], risks: undefined, name: "", groupId: "" }))).toEqual([]);
  });

  test("is not one that says no, or none", () => {
    const bare = { id: "", agents: [], risks: [], hasUser: false, modelConfigured: false, channelConfigured: false };
    expect(shown(runtimeOf(bare))).toEqual(["assigned", "model", "channel", "risk"]);
  });
});

describe("the answer of the API", () => {
  test("is matched here where the API cannot ask, or asks loosely", () => {
    const checked = filterKeyNames.filter((key) => filterDefinition(key).matchedHere(["x"]));
    expect(checked).toEqual(["name", "channel", "risk", "os", "region"]);
    const flagged = filterKeyNames.filter((key) => filterDefinition(key).matchedHere(["yes"]));
    expect(flagged).toEqual(["name", "os", "region"]);
  });
});

describe("the table of keys", () => {
  test("gives every name once", () => {
    const names = filterKeyNames.flatMap((key) => [key, filterDefinition(key).chinese, ...filterDefinition(key).also]);
    expect(new Set(names).size).toBe(names.length);
  });

  test("has examples that are values", () => {
    for (const key of filterKeyNames) {
      const { values, open, shape, example } = filterDefinition(key);
      const flags = shape === "flag-or-names" ? ["yes", "no"] : [];
      expect(open || [...flags, ...values].includes(example)).toBe(true);
    }
  });

  test("has a key for each order", () => {
    for (const [key, chinese] of Object.entries(sortKeys)) {
      expect(filterKeyNames.map((name) => [name, filterDefinition(name).chinese])).toContainEqual([key, chinese]);
    }
  });
});
