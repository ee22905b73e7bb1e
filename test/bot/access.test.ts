import { describe, expect, test } from "vitest";
import { type Access, type AccessRule, grantOf, operatorGrant } from "../../src/bot/access.ts";

const asker = { channel: "lark", chat: "oc_ops", user: "ou_ann" };

function ruleOf(about: Partial<AccessRule> = {}): AccessRule {
  return {
    ...{ channel: "lark", chats: undefined, users: undefined, allow: ["query"], scope: {} },
    ...{ show: "full", mention: false },
    ...about,
  };
}

const rightsOf = (rules: readonly AccessRule[], base: Access["default"] = "deny", who = asker) => [
  ...grantOf({ default: base, rules }, who).rights,
];

describe("the rules", () => {
  test("give what the first one that matches allows, and nothing of the others", () => {
    const rules = [
      ruleOf({ chats: ["oc_other"], allow: ["admin"] }),
      ruleOf({
        chats: ["oc_ops"],
        allow: ["query", "alerts"],
        scope: { group: ["rg-1"] },
        show: "masked",
        mention: true,
      }),
      ruleOf({ allow: ["admin"] }),
    ];
    expect(grantOf({ default: "allow", rules }, asker)).toEqual({
      rights: new Set(["query", "alerts"]),
      scope: { group: ["rg-1"] },
      show: "masked",
      mention: true,
    });
  });

  test("match a channel by its name or by a star", () => {
    expect(rightsOf([ruleOf({ channel: "dingtalk" })])).toEqual([]);
    expect(rightsOf([ruleOf({ channel: "lark" })])).toEqual(["query"]);
    expect(rightsOf([ruleOf({ channel: "*" })])).toEqual(["query"]);
  });

  test("match chats and users by id, by a star, or all when they name none", () => {
    expect(rightsOf([ruleOf({ chats: ["oc_ops"], users: ["ou_ann"] })])).toEqual(["query"]);
    expect(rightsOf([ruleOf({ chats: ["oc_ops"], users: ["ou_bob"] })])).toEqual([]);
    expect(rightsOf([ruleOf({ chats: ["oc_other"], users: ["ou_ann"] })])).toEqual([]);
    expect(rightsOf([ruleOf({ chats: ["*"], users: ["*"] })])).toEqual(["query"]);
    expect(rightsOf([ruleOf({ chats: ["oc_other", "*"] })])).toEqual(["query"]);
  });

  test("that name an empty list match nobody", () => {
    expect(rightsOf([ruleOf({ chats: [] })])).toEqual([]);
    expect(rightsOf([ruleOf({ users: [] })])).toEqual([]);
  });

  test("that match and allow nothing keep out, whatever the default", () => {
    expect(rightsOf([ruleOf({ allow: [] })], "allow")).toEqual([]);
  });
});

describe("without a rule that matches", () => {
  test("nobody is mentioned", () => {
    expect(grantOf({ default: "allow", rules: [] }, asker).mention).toBe(false);
  });

  test("nothing is allowed where the default denies", () => {
    expect(rightsOf([], "deny")).toEqual([]);
  });

  test("everything but admin is allowed where the default allows", () => {
    expect(rightsOf([], "allow")).toEqual(["query", "export", "alerts", "views"]);
  });
});

test("the operator on the command line may do everything and sees all", () => {
  expect([...operatorGrant.rights]).toEqual(["query", "export", "alerts", "views", "admin"]);
  expect(operatorGrant).toMatchObject({ scope: {}, show: "full", mention: false });
});
