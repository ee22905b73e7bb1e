import { describe, expect, it } from "vitest";
import { readsTheSame, setupOf, sketchOf } from "../../src/alerts/sketch.ts";
import type { Runtime } from "../../src/fleet/index.ts";
import { agentOf, runtimeOf } from "../fleet/rows.ts";

const whole: Partial<Runtime> = {
  ...{ name: "agent-1", groupId: "rg-1", groupName: "finance", users: ["li.na", "wang.wei"] },
  ...{ modelTemplateId: "mt-1", channels: ["feishu", "wecom"], agents: [agentOf({ channels: ["wechat"] })] },
};

describe("how a runtime is set up", () => {
  it("is its template and its channels, and those of its agents, each once", () => {
    const agents = [agentOf({ modelTemplateId: "mt-2", channels: ["wecom", ""] })];
    expect(setupOf(runtimeOf({ channels: ["wecom", "feishu"], agents }))).toEqual({
      template: "mt-2",
      channels: ["feishu", "wecom"],
    });
  });

  it("has no template where none is told", () => {
    expect(setupOf(runtimeOf({ modelTemplateId: "" }))).toEqual({ template: undefined, channels: [] });
  });
});

describe("a runtime reads the same", () => {
  it.each<[string, Partial<Runtime>]>([
    ["in another order", { users: ["wang.wei", "li.na"], channels: ["wecom", "feishu"] }],
    ["with another status", { status: "Stopped" }],
    ["with a channel told of itself and of its agent", { channels: ["feishu", "wechat", "wecom"] }],
  ])("%s", (_, part) => {
    expect(readsTheSame(runtimeOf(whole), runtimeOf({ ...whole, ...part }))).toBe(true);
  });

  it("without a text as with an empty one", () => {
    expect(readsTheSame(runtimeOf({ name: "" }), runtimeOf())).toBe(true);
  });

  it.each<[string, Partial<Runtime>]>([
    ["name", { name: "agent-2" }],
    ["group", { groupId: "rg-2" }],
    ["name of its group", { groupName: "sales" }],
    ["user", { users: ["li.na", "zhang.san"] }],
    ["template", { modelTemplateId: "mt-2" }],
    ["channel", { channels: ["feishu"] }],
    ["channel of its agent", { agents: [agentOf({ channels: ["qqbot"] })] }],
  ])("but not with another %s", (_, part) => {
    expect(readsTheSame(runtimeOf(whole), runtimeOf({ ...whole, ...part }))).toBe(false);
  });
});

it("a sketch has no fields that this version does not know", () => {
  const runtime = runtimeOf({ other: { New: 1 }, agents: [agentOf({ other: { Newer: 2 } })] });
  expect(sketchOf(runtime)).toEqual(runtimeOf({ agents: [agentOf()] }));
});
