import type { Cell } from "./cell.ts";
import type { Column } from "./columns.ts";
import { escapeXml, xmlHead } from "./xml.ts";

/** Of the styles in the workbook. */
const styles = { text: 1, heading: 2 } as const;

/** Characters of a cell, by https://support.microsoft.com/en-us/office/excel-specifications-and-limits. */
const mostCharacters = 32_767;

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** The beginning of a sheet (ECMA-376 part 1, 18.3.1.99): a frozen and bold row of headings, and the columns' widths. */
export function sheetHead(columns: readonly Column[]): string {
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const frozen = `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`;
  const headings = columns.map(({ heading }) => heading);
  return [
    `${xmlHead}<worksheet xmlns="${main}">`,
    `<sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews>`,
    `<cols>${widths.join("")}</cols><sheetData>`,
    row(1, headings, styles.heading),
  ].join("");
}

/** One row of values; rows count from 1, which has the headings. */
export function sheetRow(number: number, cells: readonly Cell[]): string {
  return row(number, cells, styles.text);
}

/** The end of a sheet of so many columns and rows, the headings included. */
export function sheetEnd(columns: number, rows: number): string {
  return `</sheetData><autoFilter ref="A1:${columnName(columns - 1)}${rows}"/></worksheet>`;
}

/** An empty cell is left out, which is why each says where it stands. */
function row(number: number, cells: readonly Cell[], style: number): string {
  const all = cells.map((value, index) => cell(`${columnName(index)}${number}`, value, style));
  return `<row r="${number}">${all.join("")}</row>`;
}

/** A text is never anything but text: a formula would be another element, and the style keeps it a text when it is edited. */
function cell(place: string, value: Cell, style: number): string {
  if (value === undefined || value === "") {
    return "";
  }
  return typeof value === "number"
    ? `<c r="${place}"><v>${value}</v></c>`
    : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
}

function cellText(text: string): string {
  const short = text.length <= mostCharacters ? text : text.slice(0, mostCharacters);
  // A spreadsheet reads _x000D_ as the character of that number (ECMA-376 part 1, 22.9.2.19).
  return escapeXml(short).replace(/_(?=x[\dA-F]{4}_)/gi, "_x005F_");
}

/** A, B, … Z, AA. */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnName(Math.floor(index / 26) - 1)}${last}`;
}
