import { describe, expect, test } from "vitest";
import type { CommandProblem } from "../../src/commands/index.ts";
import { canonical, commandOf, marked, problemOf } from "./read.ts";

describe("a view", () => {
  test.each([
    ["/view", "/view list"],
    ["/视图 列表", "/view list"],
    ["/view save mine status=Running", "/view save mine status=Running"],
    ['/view save "my view" status=Running user=li', '/view save "my view" status=Running user=li'],
    ["/视图 保存 财务 资源组=rg-1", "/view save 财务 group=rg-1"],
    ["／视图　保存　「财务 一」　状态＝Running", '/view save "财务 一" status=Running'],
    ['/view save " mine " status=Running', "/view save mine status=Running"],
    ["/view drop mine", "/view drop mine"],
    ["/view DELETE mine", "/view drop mine"],
    ["/view remove mine", "/view drop mine"],
    ["/视图 删除 财务", "/view drop 财务"],
    ["/view drop drops", "/view drop drops"],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("is a list by its name, and filters and options may follow", () => {
    expect(commandOf("/view mine")).toEqual({ kind: "list", filters: {}, view: "mine", page: 1, size: 10 });
    expect(canonical("/view mine status=Running page=2 sort=name")).toBe(
      "/runtimes view=mine status=Running sort=name page=2",
    );
    expect(canonical('/视图 "财务 一"')).toBe('/runtimes view="财务 一"');
    expect(canonical("/view view=mine")).toBe("/runtimes view=mine");
  });

  test.each([
    ["/runtimes view=mine status=Running", "/runtimes view=mine status=Running"],
    ["/运行时 视图：财务", "/runtimes view=财务"],
    ["/runtimes summary view=mine by=version", "/runtimes summary view=mine by=version"],
    ["/runtimes export view=mine", "/runtimes export view=mine"],
    ["/runtimes trend view=mine", "/runtimes trend view=mine"],
    ["/runtimes risks view=mine", "/runtimes view=mine risk=yes"],
    ["/runtimes view=a:b", '/runtimes view="a:b"'],
  ])("narrows other commands: %s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("can have a name of sixty characters", () => {
    const name = "x".repeat(60);
    expect(canonical(`/view drop ${name}`)).toContain(name);
    expect(problemOf(`/view drop ${name}x`)).toMatchObject({ kind: "value-too-long", limit: 60 });
    expect(problemOf(`/runtimes view=${name}x`)).toMatchObject({ kind: "value-too-long", limit: 60 });
  });

  test.each(["save", "List", "drop", "保存", "delete"])("cannot be called %s", (word) => {
    for (const text of [`/view save ${word} status=Running`, `/view drop "${word}"`, `/runtimes view=${word}`]) {
      expect(problemOf(text)).toMatchObject({ kind: "reserved-name", word });
    }
  });
});

describe("what is wrong with a view", () => {
  test.each<[string, CommandProblem["kind"], string]>([
    ["/view save", "missing-name", ""],
    ["/view save status=Running", "missing-name", "status=Running"],
    ['/view save " " status=Running', "missing-name", '" "'],
    ["/view drop", "missing-name", ""],
    ["/view status=Running", "missing-name", "status=Running"],
    ["/view save mine", "missing-filters", ""],
    ["/view save mine page=2", "key-elsewhere", "page=2"],
    ["/view save mine view=other status=Running", "key-elsewhere", "view=other"],
    ["/view save mine status=xyz", "bad-value", "xyz"],
    ["/view list now", "nothing-more", "now"],
    ["/view mine view=other", "one-value", "view=other"],
    ["/view mine by=version", "key-elsewhere", "by=version"],
    ["/view view=a,b", "one-value", "view=a,b"],
  ])("%s: %s at %j", (text, kind, part) => {
    expect(problemOf(text).kind).toBe(kind);
    expect(marked(text)).toBe(part);
  });

  test.each([
    ["/view my first status=Running", '"my first"', '/runtimes view="my first" status=Running'],
    ["/view my view", '"my view"', '/runtimes view="my view"'],
    ["/view save my first status=Running", '"my first"', '/view save "my first" status=Running'],
    ["/view drop my first one", '"my first one"', '/view drop "my first one"'],
    ["/view mine Running", "status=Running", "/runtimes view=mine status=Running"],
    ["/view mine stauts=runing", "status", "/runtimes view=mine status=Running"],
    ["/view sav mine status=Running", "save", "/view save mine status=Running"],
    ["/view dorp mine", "drop", "/view drop mine"],
    ["/view mine export", "/runtimes export view=mine", "/runtimes export view=mine"],
    ["/view mine risks page=2", "/runtimes risks view=mine", "/runtimes view=mine risk=yes page=2"],
    ["/runtimes veiw=mine", "view", "/runtimes view=mine"],
  ])("%s has %s near: %s", (text, nearest, mended) => {
    expect(problemOf(text)).toMatchObject({ nearest, mended });
  });
});
