import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ApiFilters, Filters } from "../../src/fleet/index.ts";
import { plan, planKeys } from "../../src/fleet/plan.ts";
import { call, createMemoryFleet, type Row } from "./memory-fleet.ts";
import { agentOf, anyRows, filtersAndScope, providers, runtimeOf } from "./rows.ts";
import { wholeList } from "./truth.ts";

const always = { IncludeRiskInfo: "true" };

/** What a plan brings when it is carried out: the rows of each provider's list that are not matched away here. */
async function carryOut(rows: readonly Row[], filters: Filters, scope: Filters): Promise<readonly string[]> {
  const { providers: asked, filters: sent, left = () => true } = plan(filters, providers, scope);
  const fleet = createMemoryFleet({ rows });
  const ids = new Set<string>();
  for (const provider of asked) {
    const page = await fleet.page({ provider, filters: sent, page: 1, size: 100 }, call);
    if (!page.ok) throw new Error("the model failed");
    for (const runtime of page.value.runtimes.filter(left)) ids.add(runtime.id);
  }
  return [...ids];
}

describe("what is asked of the API", () => {
  it.each<[keyof Filters, readonly string[], ApiFilters]>([
    ["status", ["Running", "Stopped"], { DesktopStatuses: ["Running", "Stopped"] }],
    ["agent", ["Unavailable"], { AgentInstanceStatuses: ["Unavailable"] }],
    ["version", ["2026.3.13", "OpenClaw 2026.4.15"], { AgentInstanceVersions: ["2026.3.13", "OpenClaw 2026.4.15"] }],
    ["id", ["ecd-a", "jvs-b"], { DesktopIds: ["ecd-a", "jvs-b"] }],
    ["resource", ["ecd-r"], { ResourceIds: ["ecd-r"] }],
    ["user", ["li.na", "张三"], { AuthUsers: ["li.na", "张三"] }],
    ["assigned", ["yes"], { HasAuthUser: "true" }],
    ["assigned", ["no"], { HasAuthUser: "false" }],
    ["model", ["no"], { ModelConfigure: "false" }],
    ["template", ["mt-1"], { ModelTemplateId: "mt-1" }],
    ["channel", ["yes"], { ChannelConfigure: "true" }],
    ["channel", ["no"], { ChannelConfigure: "false" }],
    ["source", ["Admin"], { DeploymentSource: "Admin" }],
    ["group", ["rg-1"], { ResourceGroupId: "rg-1" }],
    ["platform", ["ENTERPRISE_JVS"], { AgentPlatform: "ENTERPRISE_JVS" }],
    ["edition", ["1"], { BizType: "1" }],
    ["risk", ["yes"], { HasRisk: "true" }],
    ["risk", ["no"], { HasRisk: "false" }],
    ["risk-info", ["yes"], {}],
    ["risk-info", ["no"], { IncludeRiskInfo: "false" }],
    ["managed", ["Hibernated"], { ManagementStatus: "Hibernated" }],
    ["online", ["yes"], { AgentImOnlineStatus: "Online" }],
    ["online", ["no"], { AgentImOnlineStatus: "Offline" }],
    ["office", ["site-1"], { OfficeSiteId: "site-1" }],
  ])("%s=%s is exactly its parameter, and nothing is left", (key, values, parameters) => {
    const split = plan({ [key]: values }, ["OpenClaw"]);
    expect(split).toEqual({ providers: ["OpenClaw"], filters: { ...always, ...parameters }, left: undefined });
  });

  it.each<
    [keyof Filters, readonly string[], ApiFilters, Parameters<typeof runtimeOf>[0], Parameters<typeof runtimeOf>[0]]
  >([
    ["name", ["agent-1"], { DesktopNames: ["agent-1"] }, { name: "AGENT-1" }, { name: "agent-10" }],
    ["channel", ["feishu"], { ChannelConfigure: "true" }, { channels: ["feishu"] }, { channels: ["wecom"] }],
    ["risk", ["model-modified"], { HasRisk: "true" }, { risks: ["model-modified"] }, { risks: ["channel-modified"] }],
    ["os", ["Windows"], {}, { os: "WINDOWS" }, { os: "Linux" }],
    ["region", ["cn-shanghai"], {}, { region: "cn-shanghai" }, { region: "cn-hangzhou" }],
  ])("%s=%s is matched here as well", (key, values, parameters, match, other) => {
    const split = plan({ [key]: values }, ["OpenClaw"]);
    expect(split.filters).toEqual({ ...always, ...parameters });
    expect(split.left?.(runtimeOf(match))).toBe(true);
    expect(split.left?.(runtimeOf(other))).toBe(false);
    expect(split.left?.(runtimeOf({ channels: [], risks: undefined }))).toBe(false);
  });

  it("finds the channels of an agent as well as those of its runtime", () => {
    const { left } = plan({ channel: ["feishu"] }, providers);
    expect(left?.(runtimeOf({ agents: [agentOf({ channels: ["feishu"] })] }))).toBe(true);
  });

  it("asks for risk unless told not to, and always where it filters by risk", () => {
    expect(plan({}, providers).filters).toEqual(always);
    expect(plan({ "risk-info": ["no"], risk: ["yes"] }, providers).filters).toEqual({ ...always, HasRisk: "true" });
  });

  it("sends at most a hundred values of a key and matches more here", () => {
    const ids = Array.from({ length: 101 }, (_, index) => `ecd-${index}`);
    expect(plan({ id: ids.slice(1) }, providers)).toMatchObject({
      filters: { DesktopIds: ids.slice(1) },
      left: undefined,
    });
    const more = plan({ id: ids }, providers);
    expect(more.filters).toEqual(always);
    expect(more.left?.(runtimeOf({ id: "ecd-100" }))).toBe(true);
    expect(more.left?.(runtimeOf({ id: "ecd-101" }))).toBe(false);
  });
});

describe("which providers are asked", () => {
  it.each<[string, Filters, Filters, readonly string[]]>([
    ["the configured ones, unless told", {}, {}, providers],
    ["those of the filter, in its order", { provider: ["OtherBot", "OpenClaw"] }, {}, ["OtherBot", "OpenClaw"]],
    ["those of the scope", {}, { provider: ["HermesAgent"] }, ["HermesAgent"]],
    ["none of the filter that the scope has not", { provider: ["OpenClaw"] }, { provider: ["HermesAgent"] }, []],
    [
      "both where both name it, however spelled",
      { provider: ["OPEN_CLAW", "X"] },
      { provider: ["openclaw"] },
      ["OpenClaw"],
    ],
    ["each once, in the documented spelling", { provider: ["openclaw", "OPEN_CLAW", "OpenClaw"] }, {}, ["OpenClaw"]],
    ["an unknown one as it was first spelled", { provider: ["Jvs-Bot", "jvsbot"] }, {}, ["Jvs-Bot"]],
    ["an unknown one as the scope spells it", { provider: ["jvsbot"] }, { provider: ["Jvs-Bot"] }, ["Jvs-Bot"]],
    ["none for a name that is empty", { provider: [""] }, {}, []],
  ])("%s", (_, filters, scope, asked) => {
    expect(plan(filters, providers, scope).providers).toEqual(asked);
  });
});

describe("a scope", () => {
  it("is what filters narrow further: the plan brings what filtering in memory by both finds", async () => {
    const property = fc.asyncProperty(
      anyRows({ maxLength: 25 }),
      filtersAndScope(3),
      async (rows, { filters, scope }) => {
        const truth = wholeList(rows, filters, scope, providers).map(({ id }) => id);
        expect((await carryOut(rows, filters, scope)).toSorted()).toEqual(truth.toSorted());
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  it("is never widened: no filter brings what the scope alone does not", async () => {
    const property = fc.asyncProperty(
      anyRows({ minLength: 10, maxLength: 25 }),
      filtersAndScope(4),
      async (rows, { filters, scope }) => {
        const bound = await carryOut(rows, {}, scope);
        const brought = await carryOut(rows, filters, scope);
        expect(brought.filter((id) => !bound.includes(id))).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  it("of the same key is asked for as it is where the filter names all of it, so that nothing is left here", () => {
    const scope = { user: ["li.na", "wang.wei"] };
    expect(plan({ user: ["li.na"] }, providers, scope)).toMatchObject({
      filters: { AuthUsers: ["li.na"] },
      left: undefined,
    });
    const wider = plan({ user: ["li.na", "wang.wei", "zhao"] }, providers, scope);
    expect(wider).toMatchObject({ filters: { AuthUsers: ["li.na", "wang.wei"] }, left: undefined });
  });

  it("is asked for and the filter matched here where a runtime can have a value of each", () => {
    const { filters, left } = plan({ user: ["zhao"] }, providers, { user: ["li.na"] });
    expect(filters).toMatchObject({ AuthUsers: ["li.na"] });
    expect(left?.(runtimeOf({ users: ["li.na", "zhao"] }))).toBe(true);
    expect(left?.(runtimeOf({ users: ["li.na"] }))).toBe(false);
  });

  it.each<[keyof Filters, readonly string[], readonly string[], readonly string[]]>([
    ["os", ["linux", "Windows"], ["LINUX", "Android"], ["linux"]],
    ["region", ["CN_Hangzhou", "cn-x"], ["cn-hangzhou", "cn-y"], ["cn-hangzhou"]],
    ["name", ["Agent-1", "agent-2"], ["AGENT-1", "agent-3"], ["agent-1"]],
  ])("of the same key holds with the filter however both spell %s", (key, filter, scope, [both]) => {
    const split = plan({ [key]: filter }, providers, { [key]: scope });
    expect(split.providers).toEqual(providers);
    expect(split.left?.(runtimeOf({ [key]: both }))).toBe(true);
    expect(split.left?.(runtimeOf({ [key]: scope[1] }))).toBe(false);
    expect(split.left?.(runtimeOf({ [key]: filter[1] }))).toBe(false);
  });

  it("that shares no value with the filter lets nothing be asked where a runtime has but one", () => {
    expect(plan({ group: ["rg-2"] }, providers, { group: ["rg-1"] }).providers).toEqual([]);
  });

  it("decides whether risk is told", () => {
    expect(plan({ "risk-info": ["yes"] }, providers, { "risk-info": ["no"] }).filters).toEqual({
      IncludeRiskInfo: "false",
    });
  });

  it.each<[string, Filters]>([
    ["no value", { group: [] }],
    ["an empty value, which would not travel", { group: [""] }],
    ["only empty values of a list", { status: ["", ""] }],
  ])("with %s matches nothing rather than everything", (_, scope) => {
    expect(plan({}, providers, scope).providers).toEqual([]);
    expect(plan({ group: ["rg-1"], status: ["Running"] }, providers, scope).providers).toEqual([]);
  });
});

describe("a plan by keys", () => {
  const keys = (filters: Filters, scope: Filters = {}) => planKeys(filters, providers, scope)?.keys ?? [];

  it("puts what is sent to a row as well, where rows show it", () => {
    const [status, edition] = keys({ status: ["Running"], edition: ["1"] });
    expect(status?.asked?.(runtimeOf({ status: "RUNNING" }))).toBe(true);
    expect(status?.asked?.(runtimeOf({ status: "Stopped" }))).toBe(false);
    expect([edition?.sent, edition?.asked]).toEqual([{ BizType: "1" }, undefined]);
  });

  it("asks a row for what is sent alone, and leaves the rest to what is left", () => {
    const [user] = keys({ user: ["zhao"] }, { user: ["li.na"] });
    expect(user).toMatchObject({ values: ["li.na"], sent: { AuthUsers: ["li.na"] } });
    expect(user?.asked?.(runtimeOf({ users: ["li.na"] }))).toBe(true);
    expect(user?.left.map((matches) => matches(runtimeOf({ users: ["li.na"] })))).toEqual([false]);
  });

  it("has nothing to ask of rows where nothing is sent", () => {
    expect(keys({ os: ["Linux"] }).map(({ asked, left }) => [asked, left.length])).toEqual([[undefined, 1]]);
  });

  it("is none where nothing can match", () => {
    expect(planKeys({ group: ["rg-1"] }, providers, { group: ["rg-2"] })).toBeUndefined();
  });
});
