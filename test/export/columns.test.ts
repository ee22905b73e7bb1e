import { describe, expect, test } from "vitest";
import { textsOf } from "../../src/cards/index.ts";
import { columnsOf } from "../../src/export/columns.ts";
import type { Runtime } from "../../src/fleet/index.ts";
import { agentOf, runtimeOf } from "../builders.ts";

const rowOf = (runtime: Runtime, locale: "en" | "zh" = "en") =>
  Object.fromEntries(columnsOf(textsOf(locale), true).map(({ heading, value }) => [heading, value(runtime)]));

describe("the columns of a file", () => {
  test("say what is known of a runtime, as the API spells it", () => {
    const runtime = runtimeOf({
      agents: [agentOf(), agentOf({ provider: "HERMES_AGENT", version: undefined, channels: ["wechat"] })],
      users: ["li.na", "wang.wei"],
      risks: ["model-modified", "agent-uninstalled"],
      management: ["Hibernated"],
      other: { OfficeSiteId: "cn-shanghai+os-1" },
    });
    expect(rowOf(runtime)).toEqual({
      Id: "ecd-1",
      Name: "agent-1",
      Status: "Running",
      Agents: 2,
      Provider: "OpenClaw; HERMES_AGENT",
      Version: "2026.4.15; ",
      "Agent status": "Running; Running",
      "Authorised users": "li.na; wang.wei",
      Risk: "model-modified; agent-uninstalled",
      Region: "cn-shanghai",
      "Operating system": "Linux",
      "Resource group": "Finance",
      "Resource group id": "rg-finance",
      "Model configured": "yes",
      "Model group": "finance models",
      "Model group id": "mt-1",
      Channels: "feishu; wechat",
      "Resource id": "ecd-r1",
      Management: "Hibernated",
      "Office network": "cn-shanghai+os-1",
    });
  });

  test("tell no risk from a risk that is not known", () => {
    expect(rowOf(runtimeOf({ risks: [] })).Risk).toBe("none");
    expect(rowOf(runtimeOf({ risks: undefined })).Risk).toBe("unknown");
  });

  test("are empty where nothing is known", () => {
    const row = rowOf(runtimeOf({ agents: [], users: [], channels: [], modelTemplateId: undefined, name: undefined }));
    expect([row.Name, row.Provider, row["Authorised users"], row.Channels, row["Model group id"]]).toEqual([
      undefined,
      undefined,
      "",
      "",
      "",
    ]);
    expect(row.Agents).toBe(0);
  });

  test("have headings in the reader's language, each once, and none of users where they are not shown", () => {
    for (const locale of ["en", "zh"] as const) {
      const all = columnsOf(textsOf(locale), true).map(({ heading }) => heading);
      expect(new Set(all).size).toBe(all.length);
      const without = columnsOf(textsOf(locale), false).map(({ heading }) => heading);
      expect(all.filter((heading) => !without.includes(heading))).toEqual([textsOf(locale).fields.users]);
    }
    expect(rowOf(runtimeOf(), "zh")).toMatchObject({ 编号: "ecd-1", 状态: "Running", 已配置模型: "是", 风险: "无" });
  });
});
