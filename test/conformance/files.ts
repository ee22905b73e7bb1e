import { readCsv } from "../export/read-csv.ts";
import { elementsOf, readXml } from "../export/read-xml.ts";
import { unzip } from "../export/unzip.ts";
import type { SeenFile } from "./driver.ts";

/** What a file of runtimes holds. */
export interface Sheet {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Cells that a spreadsheet would calculate. */
  readonly formulas: readonly string[];
}

/** Reads a csv, a zip with one csv, or a workbook; throws for anything else. */
export function readSheet({ name, content }: SeenFile): Sheet {
  if (name.endsWith(".csv")) return readText(content);
  const files = unzip(content);
  if (name.endsWith(".xlsx")) return readWorkbook(files);
  const [[inner, text] = []] = files;
  if (!name.endsWith(".zip") || files.size !== 1 || text === undefined || !inner?.endsWith(".csv")) {
    throw new Error(`${name} is no file of runtimes`);
  }
  return readText(text);
}

function readText(content: Buffer): Sheet {
  const [headings = [], ...rows] = readCsv(content.toString("utf8").replace(/^\ufeff/, ""));
  return { headings, rows, formulas: rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell)) };
}

function readWorkbook(files: ReadonlyMap<string, Buffer>): Sheet {
  const sheet = readXml((files.get("xl/worksheets/sheet1.xml") ?? Buffer.alloc(0)).toString("utf8"));
  const [headings = [], ...rows] = elementsOf(sheet, "row").map(({ children }) => children.map(({ text }) => text));
  return { headings, rows, formulas: elementsOf(sheet, "f").map(({ text }) => text) };
}
