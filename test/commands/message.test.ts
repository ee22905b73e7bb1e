import { describe, expect, test } from "vitest";
import { commandText, parseMessage } from "../../src/commands/index.ts";
import { canonical } from "./read.ts";

describe("the command in a message", () => {
  test.each([
    ["/runtimes", "/runtimes"],
    [" \n/runtimes status=Running\n", "/runtimes status=Running"],
    ["\u200b\ufeff/runtimes\u3000", "/runtimes"],
    ["／运行时 状态＝Running", "／运行时 状态＝Running"],
    ["@Deskhand /runtimes", "/runtimes"],
    ["@桌面助手\u2005／runtimes", "／runtimes"],
    ["@Deskhand @li.na /help", "/help"],
    ["  @Deskhand   ?", "?"],
    ["?", "?"],
    ["？", "？"],
    ["/?", "/?"],
    ["/runtimes name=[web.example.com](http://web.example.com)", "/runtimes name=web.example.com"],
    ["[/runtimes](https://example.com/a?b=c) status=Running", "/runtimes status=Running"],
    ["/runtimes user=[a@b.cn](mailto:a@b.cn),[c@d.cn](mailto:c@d.cn)", "/runtimes user=a@b.cn,c@d.cn"],
    ["[@Deskhand](at://1) /runtimes", "/runtimes"],
    ['/runtimes name="\\[a](b)"', '/runtimes name="\\[a](b)"'],
    ['/runtimes name="\\\\[a.cn](http://a.cn)"', '/runtimes name="\\\\a.cn"'],
    ["/runtimes name=[a]", "/runtimes name=[a]"],
    ["/etc/passwd is a file", "/etc/passwd is a file"],
  ])("%j is %j", (message, text) => {
    expect(commandText(message)).toBe(text);
  });

  test.each([
    "",
    "hello",
    "what is /runtimes",
    "@li.na what is /runtimes",
    "?!",
    "? what",
    "@li.na",
    "\\/runtimes",
    "a".repeat(100_000),
  ])("is none in %s", (message) => {
    expect(commandText(message)).toBeUndefined();
  });

  test("is refused as too long, and not looked at, when it is", () => {
    const long = "[a](b)".repeat(20_000);
    for (const message of [`/runtimes name=${long}`, `@Deskhand /runtimes ${long}`, `\n \u200b／runtimes ${long}`]) {
      const text = commandText(message);
      expect(text).toBeDefined();
      expect(parseMessage(message)).toMatchObject({ ok: false, problem: { kind: "too-long", limit: 20_000 } });
    }
  });

  test("may have blanks around it without end", () => {
    expect(commandText(`${" ".repeat(50_000)}/help${"\n".repeat(50_000)}`)).toBe("/help");
  });
});

describe("a message", () => {
  test("is read as the command in it", () => {
    const parsed = parseMessage("@Deskhand /runtimes name=[a.cn](http://a.cn)");
    expect(parsed).toEqual({ ok: true, command: { kind: "list", filters: { name: ["a.cn"] }, page: 1, size: 10 } });
  });

  test("that is talk is told what a command is", () => {
    expect(parseMessage("hello")).toMatchObject({ ok: false, problem: { kind: "not-a-command", text: "hello" } });
  });

  test("can be any canonical text, however long", () => {
    const typed = `/runtimes ${["name", "user", "id"].map((key) => `${key}=${values(60)}`).join(" ")}`;
    const text = canonical(typed);
    expect(text.length).toBeGreaterThan(15_000);
    expect(parseMessage(text)).toEqual(parseMessage(typed));
    expect(parseMessage(text).ok).toBe(true);
  });
});

function values(count: number): string {
  return Array.from({ length: count }, (_, index) => `'${'"'.repeat(40)}${index}'`).join(",");
}
