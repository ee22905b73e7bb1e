import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../src/export/cell.ts";
import { sheetEnd, sheetHead, sheetRow } from "../../src/export/sheet.ts";
import { workbookOf } from "../../src/export/workbook.ts";
import { elementsOf, readXml } from "./read-xml.ts";

const columnsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ heading: `<h${index}>`, width: 10 + index, value: () => undefined }));

const sheetOf = (...rows: readonly (readonly Cell[])[]) => {
  const columns = columnsOf(Math.max(...rows.map(({ length }) => length)));
  const body = rows.map((cells, index) => sheetRow(index + 2, cells)).join("");
  return readXml(sheetHead(columns) + body + sheetEnd(columns.length, rows.length + 1));
};

/** What a spreadsheet shows of the first row below the headings. */
const shown = (...cells: readonly Cell[]) =>
  elementsOf(sheetOf(cells), "row")[1]?.children.map(({ text }) =>
    text.replace(/_x([\dA-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );

describe("a sheet", () => {
  test("has its parts in the order that the format prescribes", () => {
    const names = sheetOf(["a"]).children.map(({ name }) => name);
    expect(names).toEqual(["sheetViews", "cols", "sheetData", "autoFilter"]);
  });

  test("has headings that are bold and frozen, widths, and a filter over all rows", () => {
    const sheet = sheetOf(["a", "b"], ["c"]);
    expect(elementsOf(sheet, "pane")[0]?.attributes).toMatchObject({ ySplit: "1", state: "frozen", topLeftCell: "A2" });
    expect(elementsOf(sheet, "col").map(({ attributes }) => attributes.width)).toEqual(["10", "11"]);
    expect(elementsOf(sheet, "autoFilter")[0]?.attributes).toEqual({ ref: "A1:B3" });
    const [head] = elementsOf(sheet, "row");
    expect(head?.children.map(({ text, attributes }) => [text, attributes.s])).toEqual([
      ["<h0>", "2"],
      ["<h1>", "2"],
    ]);
  });

  test("has texts as texts and numbers as numbers, each in its place", () => {
    const [, row] = elementsOf(sheetOf(["=1+1", undefined, 3, ""]), "row");
    expect(row?.attributes).toEqual({ r: "2" });
    expect(row?.children).toMatchObject([
      { attributes: { r: "A2", s: "1", t: "inlineStr" }, text: "=1+1" },
      { attributes: { r: "C2" }, text: "3", children: [{ name: "v" }] },
    ]);
  });

  test("names columns beyond Z", () => {
    const [, row] = elementsOf(sheetOf(Array.from({ length: 54 }, () => "x")), "row");
    const places = row?.children.map(({ attributes }) => attributes.r);
    expect([places?.[0], places?.[25], places?.[26], places?.[51], places?.[52]]).toEqual([
      "A2",
      "Z2",
      "AA2",
      "AZ2",
      "BA2",
    ]);
  });

  test("keeps blanks and line ends, and what looks like an escape of the format", () => {
    expect(shown(" a \n b\r\nc\t")).toEqual([" a \n b\r\nc\t"]);
    expect(shown("_x0041_ _X0041_ _x004_")).toEqual(["_x0041_ _X0041_ _x004_"]);
  });

  test("leaves out what XML cannot hold, and cuts at what a cell can", () => {
    expect(shown("a\u0000b\u001fc\ud800d\ufffee")).toEqual(["abcde"]);
    expect(shown("x".repeat(40_000))?.[0]).toHaveLength(32_767);
    expect(shown(`${"x".repeat(32_766)}👩`)?.[0]).toHaveLength(32_766);
  });

  test("is well-formed and shows any text as it is, and has no formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        const sheet = sheetOf([text, "end"]);
        const kept = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
        expect(shown(text, "end")).toEqual([kept, "end"]);
        expect(elementsOf(sheet, "f")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a workbook", () => {
  const parts = new Map(
    workbookOf("a/b[c]: 'd' & <e> of a very long name indeed", "/tmp/sheet.xml").flatMap((part) =>
      "text" in part ? [[part.name, readXml(part.text)] as const] : [],
    ),
  );

  test("names a type for each of its parts, and each part that it names is there", () => {
    const types = parts.get("[Content_Types].xml");
    const overrides = types === undefined ? [] : elementsOf(types, "Override");
    expect(overrides.map(({ attributes }) => attributes.PartName).toSorted()).toEqual([
      "/xl/styles.xml",
      "/xl/workbook.xml",
      "/xl/worksheets/sheet1.xml",
    ]);
  });

  test("has a name of its sheet that a spreadsheet takes", () => {
    const workbook = parts.get("xl/workbook.xml");
    const [sheet] = workbook === undefined ? [] : elementsOf(workbook, "sheet");
    expect(sheet?.attributes.name).toBe("a b c    d  & <e> of a very lon");
  });

  test("has the styles that cells refer to", () => {
    const styles = parts.get("xl/styles.xml");
    const cells = styles?.children.find(({ name }) => name === "cellXfs")?.children;
    expect(cells?.map(({ attributes }) => [attributes.numFmtId, attributes.fontId])).toEqual([
      ["0", "0"],
      ["49", "0"],
      ["49", "1"],
    ]);
  });
});
