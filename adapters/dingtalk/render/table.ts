import type { Colour, Row, TableBlock } from "../../../src/cards/index.ts";
import { type Drawing, shown } from "./drawing.ts";
import { renderLimits } from "./limits.ts";
import { bold, coloured, escaped } from "./markup.ts";

const signs: Readonly<Partial<Record<Colour, string>>> = { orange: "⚠ ", red: "⛔ " };

/** The table as paragraphs: one of a line a row, as tables do not fit a phone. What a cell is of is told by its place. */
export function tableParagraphs(block: TableBlock, drawing: Drawing): readonly string[] {
  if (block.columns.length === 0) {
    return [];
  }
  const rows = rowsToShow(block, drawing);
  const kept = keptColumns(block, drawing);
  const left = block.rows.length - rows.length;
  return [
    ...(rows.length === 0 ? [] : [rows.map((row) => rowLine(row, kept, drawing)).join(drawing.lineBreak)]),
    ...(left > 0 ? [coloured(escaped(drawing.texts.rowsLeftOut(left, block.rows.length)), "orange")] : []),
  ];
}

function rowsToShow({ rows }: TableBlock, drawing: Drawing): readonly Row[] {
  const room = Math.max(0, drawing.plan.rows - drawing.rows);
  const shownRows = rows.length <= room ? rows : rows.slice(0, room);
  drawing.rows += shownRows.length;
  drawing.leftOut.rows += rows.length - shownRows.length;
  return shownRows;
}

/**
 * The places of the columns that are drawn. The first says what a row is of, those with colours say how it is, the last is
 * what it all comes to; of the others, those go first that want little room.
 */
function keptColumns({ columns, rows }: TableBlock, drawing: Drawing): readonly number[] {
  const { plan, leftOut } = drawing;
  const places = columns.map((_, place) => place);
  if (columns.length <= plan.columns) {
    return places;
  }
  const rank = (place: number): number =>
    (place === 0 ? 100 : 0) +
    (rows.some(({ cells }) => cells[place]?.colour !== undefined) ? 50 : 0) +
    (place === columns.length - 1 ? 20 : 0) +
    (columns[place]?.weight ?? 0);
  const kept = new Set(places.toSorted((a, b) => rank(b) - rank(a)).slice(0, plan.columns));
  for (const [place, { label }] of columns.entries())
    if (!kept.has(place)) leftOut.columns.add(shown(label, renderLimits.label, drawing));
  return places.filter((place) => kept.has(place));
}

/** The name first, with a sign where something is wrong; then the cells that say something. */
function rowLine({ cells, colour }: Row, kept: readonly number[], drawing: Drawing): string {
  const said = kept.flatMap((place, index) => {
    const cell = cells[place];
    const text = shown(cell?.text ?? "", drawing.plan.cell, drawing);
    if (index === 0) return [bold(escaped(text))];
    if (!/[\p{L}\p{N}\p{S}]/u.test(text)) return [];
    const wrong = drawing.plan.rowColours && (cell?.colour === "red" || cell?.colour === "orange");
    return [wrong ? coloured(escaped(text), cell.colour) : escaped(text)];
  });
  return `${(colour && signs[colour]) ?? ""}${said.join(" · ")}`;
}
