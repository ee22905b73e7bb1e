import { describe, expect, it } from "vitest";
import { createPeople } from "../../src/alerts/people.ts";

const people = createPeople([
  { user: "li.na", ids: { lark: "ou_1", dingtalk: "001" } },
  { user: "wang.wei", ids: { lark: undefined, dingtalk: "002" } },
]);

describe("people", () => {
  it("are known by their id on the platform", () => {
    expect(people("dingtalk", ["li.na", "wang.wei"])).toEqual([
      { name: "li.na", id: "001" },
      { name: "wang.wei", id: "002" },
    ]);
  });

  it("without an id there are left out", () => {
    expect(people("lark", ["wang.wei"])).toEqual([]);
    expect(people("playground", ["li.na"])).toEqual([]);
  });

  it("that nobody has named in the configuration are left out", () => {
    expect(people("lark", ["zhao.lei"])).toEqual([]);
  });

  it("are named once", () => {
    expect(people("lark", ["li.na", "li.na"])).toHaveLength(1);
  });

  it("of no channel have what every object has", () => {
    expect(people("constructor", ["li.na"])).toEqual([]);
  });

  it("are no more than twenty on one card", () => {
    const names = Array.from({ length: 30 }, (_, index) => `user-${index}`);
    const crowd = createPeople(names.map((user) => ({ user, ids: { lark: user } })));
    expect(crowd("lark", names)).toHaveLength(20);
  });
});
