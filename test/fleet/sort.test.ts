import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Runtime, SortKey } from "../../src/fleet/index.ts";
import { createSorting, sortRuntimes } from "../../src/fleet/sort.ts";
import { agentOf, anyRows, runtimeOf } from "./rows.ts";
import { sorted } from "./truth.ts";
import { idsOf } from "./walk.ts";

const version = (value: string | undefined) => ({
  agents: [agentOf({ version: undefined }), agentOf({ version: value })],
});

/** For each key, runtimes in ascending order, and one that has no value. */
const cases: readonly (readonly [SortKey, readonly Partial<Runtime>[], readonly Partial<Runtime>[]])[] = [
  ["name", [{ name: "agent-2" }, { name: "Agent-9" }, { name: "agent-10" }], [{ name: undefined }, { name: "" }]],
  ["status", [{ status: "Pending" }, { status: "Running" }, { status: "Stopped" }], [{ status: undefined }]],
  ["region", [{ region: "cn-hangzhou" }, { region: "cn-shanghai" }], [{ region: undefined }]],
  [
    "version",
    [version("2026.3.13"), version("OpenClaw 2026.4.2"), version("2026.4.15")],
    [version(undefined), { agents: [] }],
  ],
  ["user", [{ users: ["li.na", "zhao"] }, { users: ["wang.wei"] }], [{ users: [] }]],
  [
    "risk",
    [
      { risks: [] },
      { risks: ["channel-modified"] },
      { risks: ["model-modified"] },
      { risks: ["channel-modified", "agent-uninstalled"] },
    ],
    [{ risks: undefined }],
  ],
];

describe("sorting", () => {
  it.each(cases)("by %s goes by its value, and has those without one last both ways", (key, values, without) => {
    const ascending = values.map((part, index) => runtimeOf({ ...part, id: `a${index}` }));
    const missing = without.map((part, index) => runtimeOf({ ...part, id: `z${index}` }));
    const mixed = [...missing, ...ascending.toReversed()];
    const ids = idsOf(ascending);
    const last = idsOf(missing);
    expect(idsOf(sortRuntimes(mixed, { key, descending: false }))).toEqual([...ids, ...last]);
    expect(idsOf(sortRuntimes(mixed, { key, descending: true }))).toEqual([...ids.toReversed(), ...last]);
  });

  it("goes by name and then by id where values are the same, whatever order they came in", () => {
    const property = fc.property(
      anyRows({ maxLength: 20 }).chain((rows) =>
        fc.shuffledSubarray(rows, { minLength: rows.length }).map((other) => [rows, other] as const),
      ),
      fc.constantFrom(...cases.map(([key]) => key)),
      fc.boolean(),
      ([rows, shuffled], key, descending) => {
        const inOrder = sorted(
          rows.map(({ runtime }) => runtime),
          { key, descending },
        );
        const found = sortRuntimes(
          shuffled.map(({ runtime }) => runtime),
          { key, descending },
        );
        expect(idsOf(found)).toEqual(idsOf(inOrder));
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it("leaves the order alone where none is asked for, and never changes what it is given", () => {
    const runtimes = [runtimeOf({ id: "b", name: "b" }), runtimeOf({ id: "a", name: "a" })];
    expect(idsOf(sortRuntimes(runtimes, undefined))).toEqual(["b", "a"]);
    sortRuntimes(runtimes, { key: "name", descending: false });
    expect(idsOf(runtimes)).toEqual(["b", "a"]);
  });
});

describe("sorting a list that is kept", () => {
  it("is done once for each order, and gives what sorting it gives", () => {
    const runtimes = ["b", "c", "a"].map((name) => runtimeOf({ id: name, name, users: name === "c" ? ["li.na"] : [] }));
    const sorting = createSorting();
    for (const key of ["name", "user"] as const) {
      for (const descending of [true, false]) {
        const found = sorting(runtimes, { key, descending });
        expect(found).toEqual(sortRuntimes(runtimes, { key, descending }));
        expect(sorting(runtimes, { key, descending })).toBe(found);
      }
    }
    expect(sorting(runtimes, undefined)).toBe(runtimes);
    expect(
      idsOf(sorting([...runtimes, runtimeOf({ id: "0", name: "0" })], { key: "name", descending: false })),
    ).toHaveLength(4);
  });
});
