import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRow } from "../../src/appstream/index.ts";

/** The row of the API's own documentation. */
const documented = {
  DesktopId: "ecd-xxxx",
  ResourceId: "ecd-yyyy",
  RegionId: "cn-hangzhou",
  RegionLocation: "Mainland",
  DesktopName: "Agent-001",
  DesktopStatus: "Running",
  OsType: "Windows",
  AuthUsers: ["user-001"],
  HasAuthUser: true,
  AgentInstanceInfoList: [
    {
      AgentPlatform: "",
      AgentProvider: "",
      AgentInstanceVersion: "2026.3.13",
      AgentInstanceStatus: "Running",
      ModelConfigure: true,
      ChannelConfigure: true,
      ChannelConfiguredList: ["dingtalk-connector"],
      DeploymentSource: "Admin",
      ModelTemplateId: "mt-xxxx",
    },
  ],
  ModelConfigure: true,
  ModelTemplateId: "mt-xxxx",
  ModelTemplateName: "model-template-001",
  ChannelConfigure: true,
  ChannelConfiguredList: ["dingtalk-connector"],
  QrCodeConfiguringList: ["wechat"],
  AgentImInfo: { AgentImStatus: "Enabled", CloudSpaceStatus: "Enabled" },
  RiskInfo: { ModelModified: true, ChannelModified: true, AgentUninstalled: true },
  ResourceGroup: { ResourceGroupId: "rg-xxxx", ResourceGroupName: "resource-group-001" },
  ManagementStatuses: [""],
};

describe("a row of the API", () => {
  it("is read whole when it is as documented", () => {
    expect(parseRow(documented)).toEqual({
      id: "ecd-xxxx",
      resourceId: "ecd-yyyy",
      name: "Agent-001",
      status: "Running",
      os: "Windows",
      region: "cn-hangzhou",
      regionLocation: "Mainland",
      users: ["user-001"],
      hasUser: true,
      agents: [
        {
          platform: undefined,
          provider: undefined,
          version: "2026.3.13",
          status: "Running",
          modelConfigured: true,
          channelConfigured: true,
          channels: ["dingtalk-connector"],
          source: "Admin",
          modelTemplateId: "mt-xxxx",
          other: {},
        },
      ],
      modelConfigured: true,
      modelTemplateId: "mt-xxxx",
      modelTemplateName: "model-template-001",
      channelConfigured: true,
      channels: ["dingtalk-connector"],
      qrCodeChannels: ["wechat"],
      messaging: { status: "Enabled", cloudSpace: "Enabled", online: undefined },
      risks: ["agent-uninstalled", "model-modified", "channel-modified"],
      groupId: "rg-xxxx",
      groupName: "resource-group-001",
      management: [],
      other: {},
    });
  });

  it("is empty, not lost, when everything is null or absent", () => {
    const nothing = parseRow({});
    expect(nothing).toMatchObject({ id: "", users: [], agents: [], channels: [], management: [], other: {} });
    expect(nothing?.risks).toBeUndefined();
    expect(nothing?.messaging).toBeUndefined();
    expect(parseRow(Object.fromEntries(Object.keys(documented).map((name) => [name, null])))).toEqual(nothing);
  });

  it("tolerates numbers and booleans that come as text, and texts that come as numbers", () => {
    const row = parseRow({
      DesktopId: 17,
      HasAuthUser: "TRUE",
      ModelConfigure: "false",
      ChannelConfigure: 1,
      AuthUsers: [3, "", null],
    });
    expect(row).toMatchObject({
      id: "17",
      hasUser: true,
      modelConfigured: false,
      channelConfigured: true,
      users: ["3"],
    });
  });

  it("reads a wrong type as nothing", () => {
    const row = parseRow({
      DesktopId: ["x"],
      AuthUsers: {},
      HasAuthUser: "perhaps",
      AgentInstanceInfoList: "x",
      RiskInfo: [],
    });
    expect(row).toMatchObject({ id: "", users: [], agents: [] });
    expect(row?.hasUser).toBeUndefined();
    expect(row?.risks).toBeUndefined();
  });

  it("keeps values that nobody here knows", () => {
    const row = parseRow({ DesktopStatus: "Levitating", AgentInstanceInfoList: [{ AgentPlatform: "JVS" }, null, 7] });
    expect(row?.status).toBe("Levitating");
    expect(row?.agents.map((agent) => agent.platform)).toEqual(["JVS"]);
  });

  it("keeps unknown fields, of its parts as well", () => {
    const row = parseRow({
      New: { deep: [1] },
      RiskInfo: { ModelModified: false, SkillModified: true },
      AgentImInfo: { AgentImOnlineStatus: "Online", Mood: "good" },
      ResourceGroup: { Owner: "li" },
      AgentInstanceInfoList: [{ Skills: 3 }],
    });
    expect(row?.other).toEqual({
      New: { deep: [1] },
      "RiskInfo.SkillModified": true,
      "AgentImInfo.Mood": "good",
      "ResourceGroup.Owner": "li",
    });
    expect(row?.agents[0]?.other).toEqual({ Skills: 3 });
    expect(row?.messaging?.online).toBe("Online");
  });

  it("tells 'no risk' from 'nothing said of risk'", () => {
    const no = { ModelModified: false, ChannelModified: false, AgentUninstalled: false };
    expect(parseRow({ RiskInfo: no })?.risks).toEqual([]);
    expect(parseRow({ RiskInfo: { ...no, ModelModified: "true" } })?.risks).toEqual(["model-modified"]);
    expect(parseRow({ RiskInfo: null })?.risks).toBeUndefined();
    expect(parseRow({ RiskInfo: {} })?.risks).toBeUndefined();
  });

  it("cuts absurdly long texts, never through a character", () => {
    const row = parseRow({ DesktopName: `${"x".repeat(998)}🦀${"y".repeat(9_000)}`, New: "z".repeat(10_000) });
    expect(row?.name).toBe(`${"x".repeat(998)}…`);
    expect(String(row?.other.New)).toHaveLength(1_000);
  });

  it("is nothing when it is no object", () => {
    for (const row of [null, undefined, 7, "text", true, [], [{}]]) expect(parseRow(row)).toBeUndefined();
  });

  it("reads any value without failing, bounded and with the types it promises", () => {
    const field = fc.constantFrom(...Object.keys(documented), "__proto__", "Unknown");
    const row = fc.oneof(fc.anything(), fc.jsonValue(), fc.dictionary(field, fc.anything()));
    fc.assert(
      fc.property(row, (value) => {
        const runtime = parseRow(value);
        if (runtime === undefined) return;
        expect(typeof runtime.id).toBe("string");
        for (const list of [runtime.users, runtime.channels, runtime.qrCodeChannels, runtime.management]) {
          expect(list.every((entry) => typeof entry === "string" && entry !== "" && entry.length <= 1_000)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every unknown field of any JSON object", () => {
    const names = fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 20 });
    fc.assert(
      fc.property(names, (fields) => {
        expect(Object.keys(parseRow(fields)?.other ?? {}).sort()).toEqual(Object.keys(fields).sort());
      }),
    );
  });
});
