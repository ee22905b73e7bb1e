import { describe, expect, test } from "vitest";
import { asksForUsers, concealUsers } from "../../src/bot/conceal.ts";
import { parse } from "../../src/commands/index.ts";
import { agentOf, runtimeOf } from "../builders.ts";

const runtime = runtimeOf({
  users: ["li.na", "王芳", ""],
  agents: [agentOf({ other: { Owner: "li.na" } })],
  other: { AuthUserInfos: [{ Name: "li.na" }] },
});

describe("users", () => {
  test("stay as they are where they are shown in full", () => {
    expect(concealUsers(runtime, "full")).toBe(runtime);
  });

  test("keep their first letter where they are masked, and not their length", () => {
    expect(concealUsers(runtime, "masked").users).toEqual(["l***", "王***", "***"]);
  });

  test("are gone where they are hidden", () => {
    expect(concealUsers(runtime, "hidden").users).toEqual([]);
  });

  test.each(["masked", "hidden"] as const)("are not told by a field that nobody knows yet, when %s", (show) => {
    expect(JSON.stringify(concealUsers(runtime, show))).not.toContain("li.na");
  });

  test("leave the rest of the runtime alone", () => {
    const { users: _, other: __, agents: ___, ...rest } = concealUsers(runtime, "masked");
    expect(runtime).toMatchObject(rest);
  });
});

describe("a command asks for users", () => {
  const asks = (text: string) => {
    const parsed = parse(text);
    if (!parsed.ok) {
      throw new Error(text);
    }
    return asksForUsers(parsed.command);
  };

  test("by a filter or by the order", () => {
    expect(asks("/runtimes user=li.na")).toBe(true);
    expect(asks("/runtimes sort=-user")).toBe(true);
    expect(asks("/runtimes summary user=li.na")).toBe(true);
    expect(asks("/runtimes export user=li.na")).toBe(true);
    expect(asks("/runtimes trend user=li.na")).toBe(true);
    expect(asks("/alerts on user=li.na")).toBe(true);
    expect(asks("/digest on at=09:00 user=li.na")).toBe(true);
    expect(asks("/view save hers user=li.na")).toBe(true);
  });

  test("and not by anything else", () => {
    const others = [
      "/runtimes assigned=yes sort=name",
      "/runtimes summary",
      "/runtimes show li.na",
      "/why li.na",
      "/alerts on risk=yes",
      "/alerts mute li.na",
      "/digest on at=09:00",
      "/view save idle status=Stopped",
      "/view drop li.na",
      "/lang en",
      "/help",
    ];
    expect(others.filter(asks)).toEqual([]);
  });
});
