import { describe, expect, test } from "vitest";
import type { CommandProblem } from "../../src/commands/index.ts";
import { canonical, commandOf, problemOf } from "./read.ts";

const place = "176455974912312345678";

describe("an audit", () => {
  test("is of the last day and of everybody unless something is said", () => {
    expect(commandOf("/audit")).toEqual({ kind: "audit", days: 1, page: 1, size: 10 });
  });

  test("takes people, days, a size and a page, and the place where that begins", () => {
    expect(commandOf(`/audit user=ou_1,li.na days=7 size=20 page=2 until=${place}`)).toEqual({
      ...{ kind: "audit", users: ["ou_1", "li.na"], days: 7, size: 20, page: 2, until: place },
    });
  });

  test.each([
    ["/审计", "/audit"],
    ["／审计　用户=李娜　天数=７", "/audit user=李娜 days=7"],
    [`/审计 截至=${place} 每页=5 页=3`, `/audit size=5 page=3 until=${place}`],
    ["/AUDIT --days 400 --user a --user b", "/audit user=a,b days=400"],
    ["/audit days=1 size=10 page=1", "/audit"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test.each<[string, CommandProblem["kind"], string | undefined]>([
    ["/audit days=0", "not-whole", "/audit"],
    ["/audit days=401", "not-whole", "/audit days=400"],
    ["/audit 7", "unknown-word", "/audit days=7"],
    ["/audit 7天", "unknown-word", "/audit days=7"],
    ["/audit li.na days=2", "unknown-word", "/audit user=li.na days=2"],
    ["/audit user", "missing-value", undefined],
    ["/audit status=Running", "key-elsewhere", undefined],
    ["/audit sort=name", "key-elsewhere", undefined],
    ["/audit usr=a", "unknown-key", "/audit user=a"],
    ["/audit until=yesterday", "bad-place", undefined],
    ["/audit until=17645597491231234567", "bad-place", undefined],
    ["/aduit", "unknown-command", "/audit"],
    ["/runtimes until=176455974912312345678", "key-elsewhere", undefined],
  ])("%s is wrong: %s; mended it is %s", (text, kind, mended) => {
    expect(problemOf(text)).toMatchObject({ kind, mended });
  });

  test.each(["/help audit", "/help /审计", "/help until"])("is explained by %s", (text) => {
    expect(canonical(text)).toBe("/help audit");
  });
});
