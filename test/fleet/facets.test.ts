import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countFacets } from "../../src/fleet/facets.ts";
import { type FacetKey, type Facets, type Filters, facetKeys, filtersOf, type Runtime } from "../../src/fleet/index.ts";
import { agentOf, anyRows, filtersAndScope, matchedHere, providers, runtimeOf } from "./rows.ts";
import { wholeList } from "./truth.ts";

function facetsOf(runtimes: readonly Runtime[], keys: readonly FacetKey[] = facetKeys): Facets {
  const counter = countFacets(keys);
  runtimes.forEach(counter.add);
  return counter.facets();
}

const tidy: Readonly<Record<string, string>> = {
  OPEN_CLAW: "OpenClaw",
  HERMES_AGENT: "HermesAgent",
  RUNNING: "Running",
  LINUX: "Linux",
  "OpenClaw 2026.3.13": "2026.3.13",
};

/** What a runtime counts under, written down once more. */
const fields: Readonly<Record<FacetKey, (runtime: Runtime) => readonly (string | undefined)[]>> = {
  status: ({ status }) => [status],
  agent: ({ agents }) => agents.map(({ status }) => status),
  provider: ({ agents }) => agents.map(({ provider }) => provider),
  version: ({ agents }) => agents.map(({ version }) => version),
  region: ({ region }) => [region],
  group: ({ groupId }) => [groupId],
  channel: ({ channels }) => channels,
  risk: ({ risks }) => risks ?? [],
  os: ({ os }) => [os],
};

function countInMemory(runtimes: readonly Runtime[], facet: FacetKey): Readonly<Record<string, number>> {
  const labels = runtimes.flatMap((runtime) => {
    const values = fields[facet](runtime).filter((value) => value !== undefined);
    const distinct = new Set(values.map((value) => tidy[value] ?? value));
    return distinct.size === 0 ? ["none"] : [...distinct];
  });
  return Object.fromEntries([...new Set(labels)].map((label) => [label, labels.filter((one) => one === label).length]));
}

describe("facets", () => {
  it("count what counting in memory counts, spellings of one value together", () => {
    const property = fc.property(anyRows({ maxLength: 40 }), (rows) => {
      const runtimes = rows.map(({ runtime }) => runtime);
      const facets = facetsOf(runtimes);
      for (const key of facetKeys) {
        const counts = (facets[key] ?? []).map(({ label, count }) => [label ?? "none", count]);
        expect(Object.fromEntries(counts), key).toEqual(countInMemory(runtimes, key));
        expect(counts).toHaveLength(Object.keys(countInMemory(runtimes, key)).length);
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("have the most frequent first, and what has no value last among equals", () => {
    const regions = [undefined, "b", "a", "c", "c", "c", undefined, "b"];
    const { region } = facetsOf(
      regions.map((one) => runtimeOf({ region: one })),
      ["region"],
    );
    expect(region?.map(({ label, count }) => [label, count])).toEqual([
      ["c", 3],
      ["b", 2],
      [undefined, 2],
      ["a", 1],
    ]);
  });

  it("have risks worst first, whatever their numbers, and none last", () => {
    const risks = [
      [],
      ["channel-modified"],
      ["channel-modified", "agent-uninstalled"],
      undefined,
      ["model-modified"],
    ] as const;
    const { risk } = facetsOf(
      risks.map((one) => runtimeOf({ risks: one })),
      ["risk"],
    );
    expect(risk?.map(({ label, count }) => [label, count])).toEqual([
      ["agent-uninstalled", 1],
      ["model-modified", 1],
      ["channel-modified", 2],
      [undefined, 2],
    ]);
  });

  it("keep the spellings of a version that a filter takes", () => {
    const versions = ["OpenClaw 2026.4.15", "2026.4.15", "2026.4.15", "2026.3.13"];
    const { version } = facetsOf(
      versions.map((one) => runtimeOf({ agents: [agentOf({ version: one })] })),
      ["version"],
    );
    expect(version).toEqual([
      { label: "2026.4.15", values: ["2026.4.15", "OpenClaw 2026.4.15"], count: 3 },
      { label: "2026.3.13", values: ["2026.3.13"], count: 1 },
    ]);
  });

  it("count a runtime with the same value twice once", () => {
    const agents = [agentOf({ provider: "OPEN_CLAW", channels: ["feishu"] }), agentOf({ provider: "OpenClaw" })];
    const facets = facetsOf([runtimeOf({ agents, channels: ["feishu"] })], ["provider", "channel"]);
    expect(facets).toEqual({
      provider: [{ label: "OpenClaw", values: ["OpenClaw"], count: 1 }],
      channel: [{ label: "feishu", values: ["feishu"], count: 1 }],
    });
  });

  it("show a group by its name and filter it by its id", () => {
    const { group } = facetsOf(
      [runtimeOf({ groupId: "rg-1", groupName: "Finance" }), runtimeOf({ groupId: "rg-2" })],
      ["group"],
    );
    expect(group).toEqual([
      { label: "Finance", values: ["rg-1"], count: 1 },
      { label: "rg-2", values: ["rg-2"], count: 1 },
    ]);
  });

  it("are only those that are asked for", () => {
    expect(Object.keys(facetsOf([runtimeOf()], ["os", "risk"]))).toEqual(["os", "risk"]);
  });
});

describe("the filters of a count", () => {
  it("list exactly the runtimes that were counted", () => {
    let said = 0;
    const property = fc.property(
      anyRows({ maxLength: 30 }),
      filtersAndScope(2, [...matchedHere.filter((key) => key === "name"), "provider"]),
      (all, { filters }) => {
        // What the list of a provider has beyond its agents, no count shows.
        const rows = all.filter(({ runtime: { agents } }) => agents.length > 0 && agents.every((one) => one.provider));
        const runtimes = wholeList(rows, filters, {}, providers);
        const facets = facetsOf(runtimes);
        for (const key of facetKeys) {
          for (const count of facets[key] ?? []) {
            const narrowed = filtersOf(key, count, filters);
            if (narrowed === undefined) continue;
            said += 1;
            expect(wholeList(rows, narrowed, {}, providers), `${key} ${count.label}`).toHaveLength(count.count);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 100 });
    expect(said).toBeGreaterThan(250);
  });

  it.each<[string, FacetKey, readonly string[], Filters]>([
    ["there is no value, and no key for that", "region", [], {}],
    ["no command takes the value, as it is not documented", "status", ["Hibernating"], {}],
    ["the list is narrowed to another value of the same runtimes", "agent", ["Stopped"], { agent: ["Running"] }],
    ["nothing is known of risk, as it was not asked for", "risk", [], { "risk-info": ["no"] }],
  ])("are none where %s", (_, facet, values, filters) => {
    expect(filtersOf(facet, { values, label: values[0], count: 1 }, filters)).toBeUndefined();
  });

  it.each<[FacetKey, readonly string[], Filters, Filters]>([
    [
      "status",
      ["Running"],
      { status: ["Running", "Stopped"], group: ["rg-1"] },
      { status: ["Running"], group: ["rg-1"] },
    ],
    ["version", ["1", "X 1"], {}, { version: ["1", "X 1"] }],
    ["group", ["rg-1"], {}, { group: ["rg-1"] }],
    ["risk", [], {}, { risk: ["no"] }],
    ["risk", ["model-modified"], { risk: ["yes"] }, { risk: ["model-modified"] }],
    ["channel", [], {}, { channel: ["no"] }],
    ["region", ["cn-x"], { region: ["CN_X", "cn-y"] }, { region: ["cn-x"] }],
    ["provider", ["OtherBot"], {}, { provider: ["OtherBot"] }],
  ])("by %s=%j keep the other filters", (facet, values, filters, narrowed) => {
    expect(filtersOf(facet, { values, label: values[0], count: 1 }, filters)).toEqual(narrowed);
  });
});
