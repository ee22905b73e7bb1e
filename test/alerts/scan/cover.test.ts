import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverNeeds } from "../../../src/alerts/scan/cover.ts";
import { verdictOf, watchedKinds } from "../../../src/alerts/scan/want.ts";
import type { Filters } from "../../../src/fleet/index.ts";
import { call, createMemoryFleet, type Row } from "../../fleet/memory-fleet.ts";
import { agentOf, anyRows, runtimeOf } from "../../fleet/rows.ts";
import { anyWatches, atRiskOf, dueOf, needsOfAll } from "./watching.ts";

const atRisk = { IncludeRiskInfo: "true", HasRisk: "true" };

/** The lists that watches with these filters cost, each with whom it serves. */
function covered(...filters: readonly Filters[]) {
  const due = filters.map((one, index) => dueOf(`w${index}`, { provider: ["OpenClaw"], ...one }));
  return coverNeeds(needsOfAll(due)).map(({ filters: sent, serves }) => ({
    sent,
    serves: serves.map(({ need }) => need.want.id),
  }));
}

/** Ids of the runtimes at risk that a watch gets by the lists that serve it. */
async function brought(rows: readonly Row[], covers: ReturnType<typeof coverNeeds>, watch: string) {
  const fleet = createMemoryFleet({ rows });
  const ids = new Set<string>();
  for (const { provider, filters, serves } of covers) {
    const page = await fleet.page({ provider, filters, page: 1, size: 100 }, call);
    if (!page.ok) throw new Error("the model failed");
    for (const { need, tests } of serves.filter((served) => served.need.want.id === watch)) {
      for (const runtime of page.value.runtimes) {
        const shown = runtime.risks?.some((kind) => need.want.kinds.includes(kind));
        if (shown && verdictOf(runtime, tests) === "yes") ids.add(runtime.id);
      }
    }
  }
  return [...ids];
}

describe("the lists that watches cost", () => {
  it("are of runtimes at risk, one for each provider", () => {
    const covers = coverNeeds(needsOfAll([dueOf("w", { group: ["rg-1"] })]));
    expect(covers.map(({ provider, filters }) => [provider, filters])).toEqual([
      ["OpenClaw", { ResourceGroupId: "rg-1", ...atRisk }],
      ["HermesAgent", { ResourceGroupId: "rg-1", ...atRisk }],
      ["OtherBot", { ResourceGroupId: "rg-1", ...atRisk }],
    ]);
  });

  it("are one for those who ask the same, however they order it and whichever kinds they name", () => {
    const covers = covered(
      { user: ["li.na", "wang.wei"] },
      { user: ["wang.wei", "li.na"], risk: ["yes"] },
      { user: ["wang.wei", "li.na"], risk: ["model-modified"] },
    );
    expect(covers).toEqual([{ sent: { AuthUsers: ["li.na", "wang.wei"], ...atRisk }, serves: ["w0", "w1", "w2"] }]);
  });

  it.each<[string, Filters, Filters]>([
    ["one that narrows less", { group: ["rg-1"] }, { group: ["rg-1"], status: ["Running"] }],
    ["one that narrows nothing", {}, { version: ["1"], name: ["a"] }],
    ["one that takes more values of a list", { user: ["a", "b"] }, { user: ["b"] }],
    ["one that the API cannot narrow", { region: ["cn-x"] }, { os: ["Linux"], model: ["yes"] }],
  ])("are served by %s", (_, wide, narrow) => {
    expect(covered(narrow, wide).map(({ serves }) => serves)).toEqual([["w0", "w1"]]);
  });

  it.each<[string, Filters, Filters]>([
    ["rows do not show the edition", {}, { edition: ["1"] }],
    ["rows do not show the office", {}, { office: ["site-1"] }],
    ["a row may show neither yes nor no", {}, { assigned: ["no"] }],
    ["the groups are different ones", { group: ["rg-1"] }, { group: ["rg-2"] }],
    ["each takes a value that the other does not", { user: ["a", "b"] }, { user: ["b", "c"] }],
  ])("are several where %s", (_, one, other) => {
    expect(covered(one, other)).toHaveLength(2);
  });

  it("are served over what rows do not show where both ask the same of it", () => {
    expect(covered({ edition: ["1"] }, { edition: ["1"], group: ["rg-1"] })).toHaveLength(1);
  });

  it("of a hundred watches are those of the widest", () => {
    const watches = Array.from({ length: 98 }, (_, index) => ({ group: [`rg-${index}`], status: ["Running"] }));
    expect(covered(...watches, { status: ["Running", "Stopped"] }, { agent: ["Unavailable"] })).toHaveLength(2);
    expect(covered(...watches)).toHaveLength(98);
  });

  it("are none of what cannot be watched, or where filter and scope exclude each other", () => {
    const due = [
      dueOf("a", { risk: ["no"] }),
      dueOf("b", { "risk-info": ["no"] }),
      dueOf("c", {}, { scope: { risk: ["no"] } }),
      dueOf("d", { group: ["rg-1"] }, { scope: { group: ["rg-2"] } }),
      dueOf("e", { provider: ["OpenClaw"] }, { scope: { provider: ["HermesAgent"] } }),
    ];
    expect(coverNeeds(needsOfAll(due))).toEqual([]);
  });

  it("bring each watch what filtering everything in memory brings", async () => {
    const property = fc.asyncProperty(anyRows({ maxLength: 25 }), anyWatches(6, 3), async (rows, due) => {
      const covers = coverNeeds(needsOfAll(due));
      for (const one of due) {
        const kinds = watchedKinds(one.watch.filters, one.scope);
        const ids = await brought(rows, covers, one.watch.id);
        expect(ids.toSorted()).toEqual(atRiskOf(rows, one, kinds).toSorted());
      }
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it("are never more than there are different ones, and none of them serves for another", () => {
    const property = fc.property(anyWatches(12, 2), (due) => {
      const needs = needsOfAll(due);
      const covers = coverNeeds(needs);
      const alone = new Set(needs.flatMap((need) => coverNeeds([need]).map(({ key }) => key)));
      expect(covers.every(({ key }) => alone.has(key))).toBe(true);
      expect(covers.flatMap(({ serves }) => serves)).toHaveLength(needs.length);
      expect(
        coverNeeds(covers.flatMap(({ serves }) => serves.filter(({ own }) => own).map(({ need }) => need))),
      ).toHaveLength(covers.length);
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe("a row that does not match", () => {
  const verdict = (filters: Filters, part: Parameters<typeof runtimeOf>[0]) => {
    const [cover] = coverNeeds(
      needsOfAll([dueOf("wide", { provider: ["OpenClaw"] }), dueOf("w", { ...filters, provider: ["OpenClaw"] })]),
    );
    const tests = cover?.serves.find(({ need }) => need.want.id === "w")?.tests ?? [];
    return verdictOf(runtimeOf(part), tests);
  };

  it("says so where it shows the field", () => {
    expect(verdict({ group: ["rg-1"] }, { groupId: "rg-2" })).toBe("no");
    expect(verdict({ version: ["1"] }, { agents: [agentOf({ version: "2" })] })).toBe("no");
  });

  it("leaves it open where it does not", () => {
    expect(verdict({ group: ["rg-1"] }, { groupId: undefined })).toBe("unseen");
    expect(verdict({ version: ["1"] }, { agents: [] })).toBe("unseen");
    expect(verdict({ region: ["cn-x"] }, { region: undefined })).toBe("unseen");
  });

  it("is none if one field that it shows is another, whatever it leaves open", () => {
    expect(verdict({ status: ["Running"], group: ["rg-1"] }, { status: "Stopped" })).toBe("no");
  });
});

describe("the kinds of risk that a filter is about", () => {
  const all = ["agent-uninstalled", "model-modified", "channel-modified"];

  it.each<[Filters, readonly string[]]>([
    [{}, all],
    [{ group: ["rg-1"], "risk-info": ["yes"] }, all],
    [{ risk: ["yes"] }, all],
    [{ risk: ["channel-modified", "agent-uninstalled"] }, ["agent-uninstalled", "channel-modified"]],
    [{ risk: ["no"] }, []],
    [{ "risk-info": ["no"] }, []],
    [{ "risk-info": ["no"], risk: ["yes"] }, []],
    [{ risk: [] }, []],
  ])("of %j are %j", (filters, kinds) => {
    expect(watchedKinds(filters)).toEqual(kinds);
  });

  it.each<[Filters, readonly string[]]>([
    [{ risk: ["model-modified"] }, all],
    [{ risk: ["no"] }, []],
    [{ "risk-info": ["no"] }, []],
  ])("within the scope %j are %j", (scope, kinds) => {
    expect(watchedKinds({}, scope)).toEqual(kinds);
  });
});
