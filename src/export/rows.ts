import type { ExportFormat } from "../commands/index.ts";
import type { Cell } from "./cell.ts";
import type { Column } from "./columns.ts";
import { byteOrderMark, csvLine } from "./csv.ts";
import { sheetEnd, sheetHead, sheetRow } from "./sheet.ts";

/** How the rows of a file are written, one after the other. */
export interface RowFormat {
  readonly head: string;
  /** @param index from 0, the headings not counted */
  row(index: number, cells: readonly Cell[]): string;
  /** @param count rows, the headings not counted */
  end(count: number): string;
}

export function rowFormat(format: ExportFormat, columns: readonly Column[]): RowFormat {
  if (format === "csv") {
    return {
      head: byteOrderMark + csvLine(columns.map(({ heading }) => heading)),
      row: (_, cells) => csvLine(cells),
      end: () => "",
    };
  }
  return {
    head: sheetHead(columns),
    row: (index, cells) => sheetRow(index + 2, cells),
    end: (count) => sheetEnd(columns.length, count + 1),
  };
}
