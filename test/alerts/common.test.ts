import { describe, expect, it } from "vitest";
import { commonTo } from "../../src/alerts/common.ts";
import type { Runtime } from "../../src/fleet/index.ts";
import { agentOf, runtimeOf } from "../fleet/rows.ts";

const several = (count: number, part: (index: number) => Partial<Runtime>) =>
  Array.from({ length: count }, (_, index) => runtimeOf({ id: `ecd-${index}`, ...part(index) }));

describe("what runtimes have in common", () => {
  it("is a value that four of five share, by its name", () => {
    const runtimes = several(5, (index) => ({
      groupId: index < 4 ? "rg-1" : "rg-2",
      groupName: index < 4 ? "finance" : "",
    }));
    expect(commonTo(runtimes, true)).toEqual([{ facet: "group", value: "finance", count: 4, of: 5 }]);
  });

  it("is nothing where fewer share it", () => {
    const runtimes = several(5, (index) => ({ groupId: index < 3 ? "rg-1" : "rg-2" }));
    expect(commonTo(runtimes, true)).toEqual([]);
  });

  it("is nothing for two runtimes", () => {
    expect(
      commonTo(
        several(2, () => ({ groupId: "rg-1" })),
        true,
      ),
    ).toEqual([]);
  });

  it("is nothing for one that is given three times", () => {
    const runtime = runtimeOf({ groupId: "rg-1" });
    expect(commonTo([runtime, runtime, runtime], true)).toEqual([]);
  });

  it("is what tells most, at most three things", () => {
    const runtimes = several(3, () => ({
      ...{ groupId: "rg-1", region: "cn-shanghai", users: ["li.na"], modelTemplateId: "mt-1" },
      agents: [agentOf({ version: "OpenClaw 2026.4.15" })],
    }));
    expect(commonTo(runtimes, true).map(({ facet, value }) => [facet, value])).toEqual([
      ["group", "rg-1"],
      ["template", "mt-1"],
      ["version", "2026.4.15"],
    ]);
  });

  it("is one of several values of each", () => {
    const runtimes = several(3, (index) => ({ users: ["li.na", `user-${index}`] }));
    expect(commonTo(runtimes, true)).toEqual([{ facet: "user", value: "li.na", count: 3, of: 3 }]);
  });

  it("counts a value once for each runtime", () => {
    const agents = ["OpenClaw 2026.4.15", "2026.4.15"].map((version) => agentOf({ version }));
    const runtimes = several(4, (index) => ({ agents: index < 2 ? agents : [] }));
    expect(commonTo(runtimes, true)).toEqual([]);
  });

  it("names nobody where users may not be named", () => {
    expect(
      commonTo(
        several(3, () => ({ users: ["li.na"] })),
        false,
      ),
    ).toEqual([]);
  });
});
