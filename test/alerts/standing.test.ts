import { describe, expect, it } from "vitest";
import { createStanding, type Standing } from "../../src/alerts/standing.ts";
import type { AccessRule } from "../../src/bot/access.ts";

const standing: Standing = {
  channel: "lark",
  chat: "oc_1",
  origin: "command",
  author: "ou_1",
  filter: "status=Running",
};

/** What is allowed where one rule is for everybody. */
function allowed(part: Partial<AccessRule>, of: Partial<Standing> = {}) {
  const every = { channel: "*", chats: undefined, users: undefined, scope: {}, show: "full", mention: false } as const;
  const rule: AccessRule = { ...every, allow: ["query", "alerts"], ...part };
  return createStanding({ default: "deny", rules: [rule] })({ ...standing, ...of });
}

describe("what somebody has set up", () => {
  it("is read, with what that one may see there now", () => {
    expect(allowed({ scope: { group: ["rg-1"] } })).toMatchObject({
      ok: true,
      filters: { status: ["Running"] },
      grant: { scope: { group: ["rg-1"] } },
    });
  });

  it.each([{ allow: ["query"] as const }, { allow: ["alerts"] as const }, { users: ["ou_2"] }])(
    "stands still where its author has lost a right: %j",
    (rule) => {
      expect(allowed(rule)).toEqual({ ok: false, why: "right" });
    },
  );

  it("stands still where its filter cannot be read any more", () => {
    expect(allowed({}, { filter: "colour=blue" })).toEqual({ ok: false, why: "filter" });
  });

  it.each(["masked", "hidden"] as const)("stands still where it would tell whose runtimes they are: %s", (show) => {
    expect(allowed({ show }, { filter: "user=li.na" })).toEqual({ ok: false, why: "right" });
  });
});

describe("what stands in the configuration", () => {
  const configured = { origin: "configuration", author: "" } as const;

  it("needs nobody's right", () => {
    expect(allowed({ users: ["ou_2"] }, configured)).toMatchObject({ ok: true });
  });

  it("names nobody where no rule is for everybody there", () => {
    expect(allowed({ users: ["ou_2"] }, configured)).toMatchObject({ grant: { show: "hidden" } });
  });

  it("shows what the rule of its chat shows", () => {
    expect(allowed({ show: "masked", scope: { group: ["rg-1"] } }, configured)).toMatchObject({
      grant: { show: "masked", scope: { group: ["rg-1"] } },
    });
  });
});
