import {
  type Cell,
  type Colour,
  keptColumns,
  type Row,
  rowsToShow,
  type TableBlock,
} from "../../../src/cards/index.ts";
import { renderLimits } from "../limits.ts";
import { optionsElement } from "./controls.ts";
import { type Drawing, shown } from "./drawing.ts";
import { coloured, type Element, line, markdown, sideBySide, tagColour } from "./element.ts";
import { escaped } from "./inert.ts";

/** Longer texts do not show whole in a tag (document "表格组件"). */
const longestTag = 32;
/** Longer texts need more than one line in a cell. */
const oneLine = 40;

/**
 * The first table that stands at the root is one of Lark's own; it cannot stand elsewhere, and what matters is in the first.
 * Of others, each row is a line.
 *
 * @param atRoot whether the elements stand at the root of the body
 */
export function tableElements(block: TableBlock, drawing: Drawing, atRoot: boolean): readonly Element[] {
  if (block.columns.length === 0) {
    return [];
  }
  const rows = rowsToShow(block, drawing);
  const kept = keptColumns(block, drawing, (label) => shown(label, renderLimits.label, drawing));
  const native = atRoot && drawing.tables === 0;
  if (native) drawing.tables += 1;
  const left = block.rows.length - rows.length;
  return [
    ...(rows.length === 0 ? [] : [native ? nativeTable(block, rows, kept, drawing) : lines(rows, kept, drawing)]),
    ...(left > 0 ? [line(drawing.texts.rowsLeftOut(left, block.rows.length), { colour: "orange" })] : []),
    ...detailsElements(rows, drawing),
  ];
}

/** What a cell says; undefined when it says nothing. */
interface Said {
  readonly text: string;
  readonly colour: Colour | undefined;
}

function said(cell: Cell | undefined, first: boolean, row: Row, drawing: Drawing): Said | undefined {
  const text = cell === undefined ? "–" : shown(cell.text, drawing.plan.cell, drawing);
  const marked = first && (row.colour === "red" || row.colour === "orange") ? `⚠ ${text}` : text;
  return first || /[\p{L}\p{N}\p{S}]/u.test(text) ? { text: marked, colour: cell?.colour } : undefined;
}

function nativeTable(
  { columns }: TableBlock,
  rows: readonly Row[],
  kept: readonly number[],
  drawing: Drawing,
): Element {
  const cells = rows.map((row) => kept.map((place, index) => said(row.cells[place], index === 0, row, drawing)));
  const tagged = kept.map((_, index) => areTags(cells.map((row) => row[index])));
  const longest = Math.max(...cells.flat().map((cell) => cell?.text.length ?? 0));
  return {
    tag: "table",
    page_size: Math.min(renderLimits.tablePage, rows.length),
    row_height: longest > oneLine ? "auto" : "low",
    header_style: { bold: true },
    columns: kept.map((place, index) => ({
      name: `c${index}`,
      display_name: shown(columns[place]?.label ?? "", drawing.plan.cell, drawing),
      data_type: tagged[index] ? "options" : "text",
    })),
    rows: cells.map((row) =>
      Object.fromEntries(
        row.flatMap((cell, index) =>
          cell === undefined ? [] : [[`c${index}`, tagged[index] ? tag(cell) : cell.text]],
        ),
      ),
    ),
  };
}

/** A column has tags when a colour says something in it, and its texts are short enough. */
function areTags(cells: readonly (Said | undefined)[]): boolean {
  return (
    cells.some((cell) => cell?.colour !== undefined) && cells.every((cell) => (cell?.text.length ?? 0) <= longestTag)
  );
}

function tag({ text, colour = "grey" }: Said): readonly Element[] {
  return [{ text, color: tagColour(colour) }];
}

function lines(rows: readonly Row[], kept: readonly number[], drawing: Drawing): Element {
  const one = (row: Row) =>
    kept.flatMap((place, index) => {
      const cell = said(row.cells[place], index === 0, row, drawing);
      if (cell === undefined) return [];
      const text = escaped(cell.text.trim());
      return [coloured(index === 0 ? `**${text}**` : text, cell.colour)];
    });
  return markdown(rows.map((row) => one(row).join(" · ")).join("\n"));
}

/** Rows of Lark's tables cannot be pressed: a picker offers what a press would run, unless the card has one that does. */
function detailsElements(rows: readonly Row[], drawing: Drawing): readonly Element[] {
  const options = rows.flatMap(({ command, label }) =>
    command === undefined || drawing.picked.has(command) ? [] : [{ label, command, selected: false }],
  );
  if (options.length === 0) {
    return [];
  }
  if (!drawing.plan.details) {
    drawing.leftOut.menus = true;
    return [];
  }
  const picker = optionsElement({ label: drawing.texts.details, options }, drawing);
  return picker === undefined ? [] : [sideBySide([[picker]])].filter((element) => element !== undefined);
}
