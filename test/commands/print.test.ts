import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commandSchema, commandText, parse, parseFilters, print, printFilters } from "../../src/commands/index.ts";
import { commands, typed } from "./arbitrary.ts";
import { canonical, commandOf } from "./read.ts";

describe("the canonical text", () => {
  test.each([
    ["/rt size=10 page=1", "/runtimes"],
    [
      "/rt size=20 page=2 sort=-risk risk=yes status=stopped,running",
      "/runtimes status=Stopped,Running risk=yes sort=-risk page=2 size=20",
    ],
    ["/运行时 汇总 分组=版本 状态=Running", "/runtimes summary status=Running by=version"],
    ["/rt risks", "/runtimes risk=yes"],
    ["/rt 格式=XLSX 状态=Running 导出", "/runtimes export status=Running format=xlsx"],
    ['/rt name="a b",c', '/runtimes name="a b",c'],
    ["/rt 查看 'a b'", '/runtimes show "a b"'],
    ["? show", "/help show"],
  ])("of %s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test("of any command is read as that command", () => {
    fc.assert(
      fc.property(commands, (command) => {
        expect(parse(print(command))).toEqual({ ok: true, command });
      }),
      { numRuns: 1_000 },
    );
  });

  test("of any command comes through a chat as that command", () => {
    fc.assert(
      fc.property(commands, fc.constantFrom("", " ", "@Deskhand ", "\u200b"), (command, before) => {
        expect(parse(commandText(`${before}${print(command)}\n`) ?? "")).toEqual({ ok: true, command });
      }),
      { numRuns: 500 },
    );
  });

  test("of any command comes through a chat that makes links of addresses", () => {
    fc.assert(
      fc.property(commands, (command) => {
        const sent = print(command).replace(/(?:https?:\/\/|www\.)[\w.]+/g, (address) => `[${address}](${address})`);
        expect(parse(commandText(sent) ?? "")).toEqual({ ok: true, command });
      }),
      { numRuns: 500 },
    );
  });

  test("of filters is read as those filters", () => {
    fc.assert(
      fc.property(commands, (command) => {
        const filters = "filters" in command ? command.filters : {};
        expect(parseFilters(printFilters(filters))).toEqual({ ok: true, filters });
      }),
      { numRuns: 300 },
    );
  });

  test("is one, however the command was typed", () => {
    let good = 0;
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parse(text);
        if (parsed.ok) {
          good += 1;
          expect(commandSchema.parse(parsed.command)).toEqual(parsed.command);
          expect(parse(print(parsed.command))).toEqual(parsed);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(good).toBeGreaterThan(20);
  });

  test("of the same filters in another order is the same", () => {
    fc.assert(
      fc.property(commands, (command) => {
        if (command.kind === "list") {
          const turned = Object.fromEntries(Object.entries(command.filters).reverse());
          expect(print({ ...command, filters: turned })).toBe(print(command));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a problem", () => {
  test("marks a place in the text, and mends to a canonical text if it mends", () => {
    let mended = 0;
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parse(text);
        if (parsed.ok) {
          return;
        }
        const { problem } = parsed;
        expect(problem.text).toBe(text);
        expect(0 <= problem.span.start && problem.span.start <= problem.span.end).toBe(true);
        expect(problem.span.end).toBeLessThanOrEqual(text.length);
        if (problem.mended !== undefined) {
          mended += 1;
          expect(problem.nearest).toBeDefined();
          expect(print(commandOf(problem.mended))).toBe(problem.mended);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(mended).toBeGreaterThan(20);
  });
});
