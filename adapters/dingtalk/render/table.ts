import {
  type Cell,
  type Colour,
  keptColumns,
  type Row,
  rowsToShow,
  type TableBlock,
} from "../../../src/cards/index.ts";
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
  const kept = keptColumns(block, drawing, (label) => shown(label, renderLimits.label, drawing));
  drawing.leftOut.vague ||= kept.length < Math.min(block.columns.length, renderLimits.fewestColumns);
  const left = block.rows.length - rows.length;
  return [
    ...(rows.length === 0 ? [] : [rows.map((row) => rowLine(row, kept, drawing)).join(drawing.lineBreak)]),
    ...(left > 0 ? [coloured(escaped(drawing.texts.rowsLeftOut(left, block.rows.length)), "orange")] : []),
  ];
}

/** The name first, with a sign where something is wrong; then the cells that say something. */
function rowLine({ cells, colour }: Row, kept: readonly number[], drawing: Drawing): string {
  const said = kept.flatMap((place, index) => {
    const cell = cells[place];
    if (index === 0) return [bold(escaped(nameOf(cell, drawing)))];
    const text = shown(cell?.text ?? "", drawing.plan.cell, drawing);
    if (!/[\p{L}\p{N}\p{S}]/u.test(text)) return [];
    const wrong = drawing.plan.rowColours && (cell?.colour === "red" || cell?.colour === "orange");
    return [wrong ? coloured(escaped(text), cell.colour) : escaped(text)];
  });
  return `${(colour && signs[colour]) ?? ""}${said.join(" · ")}`;
}

/** What a row is of. */
function nameOf(cell: Cell | undefined, drawing: Drawing): string {
  const limit = drawing.plan.name;
  const whole = shown(cell?.text ?? "", renderLimits.cell, drawing);
  drawing.leftOut.vague ||= whole.length > limit && limit < renderLimits.shortestName;
  return shown(whole, limit, drawing);
}
