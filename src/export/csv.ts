import type { Cell } from "./cell.ts";

/** Without it, spreadsheets take UTF-8 for the encoding of the machine. */
export const byteOrderMark = "\uFEFF";

/** One line of a csv, by RFC 4180. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** What cannot be anything but plain words. */
const plain = /^[\p{L}\p{N}][\p{L}\p{N} ._/:()-]*$/u;
/** Line ends and whatever else is no character of a line. */
const controls = /[\p{Cc}\u2028\u2029]+/gu;

function csvCell(cell: Cell): string {
  if (cell === undefined || typeof cell === "number") {
    return cell === undefined ? "" : String(cell);
  }
  if (plain.test(cell)) {
    return cell;
  }
  const text = inert(cell).replace(controls, " ");
  return /[",;]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection). Where the list separator is a semicolon, as in much of Europe, a
 * spreadsheet cuts cells at those, whatever is quoted: what stands behind one is treated in the same way.
 */
function inert(text: string): string {
  return text
    .split(";")
    .map((part) => (beginsFormula(part) ? `'${part}` : part))
    .join(";");
}

const firstSeen = /[^\s\p{C}\p{Z}]/u;
const negative = /^-\d+(?:\.\d+)?$/;

function beginsFormula(text: string): boolean {
  if (/^[\t\r]/.test(text)) {
    return true;
  }
  // Full-width and small forms are made what they stand for, as some spreadsheets do.
  const sign = firstSeen.exec(text)?.[0].normalize("NFKC").charAt(0);
  return sign !== undefined && "=+-@".includes(sign) && !negative.test(text);
}
