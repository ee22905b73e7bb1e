import type { Column, TableBlock } from "../../src/cards/index.ts";
import { inert } from "./inert.ts";
import { type Line, line, type Span } from "./line.ts";
import { clip, pad, widthOf } from "./width.ts";

const gap = 2;
/** A column narrower than this says nothing. */
const narrowest = 4;
const shortWord = 8;

/** The table in aligned columns that together take at most `width`; rows with something to know begin with a mark. */
export function tableLines({ columns, rows }: TableBlock, width: number): readonly Line[] {
  const marked = rows.some(({ colour }) => colour === "red" || colour === "orange");
  const marker = marked ? 2 : 0;
  const texts = rows.map(({ cells }) => columns.map((_, index) => inert(cells[index]?.text ?? "")));
  const labels = columns.map(({ label }) => inert(label));
  const wanted = labels.map((label, index) =>
    Math.max(widthOf(label), ...texts.map((row) => widthOf(row[index] ?? ""))),
  );
  const widths = columnWidths(columns, wanted, width - marker - gap * (columns.length - 1));
  const heading = labels.map((label, index): Span => ({ text: fill(label, widths, index), weight: "bold" }));
  const body = rows.map(({ cells, colour }, at) => {
    const loud = colour === "red" || colour === "orange";
    const mark: Span = { text: marked ? pad(loud ? "⚠" : "", marker) : "", colour };
    const spans = columns.map(
      (_, index): Span => ({
        text: fill(texts[at]?.[index] ?? "", widths, index),
        colour: cells[index]?.colour,
      }),
    );
    return line(mark, ...spans);
  });
  return [line(" ".repeat(marker), ...heading), ...body];
}

function fill(text: string, widths: readonly number[], index: number): string {
  const width = widths[index] ?? narrowest;
  return pad(clip(text, width), index === widths.length - 1 ? width : width + gap);
}

/**
 * What each column gets of `room`: all that it wants when there is enough for all. Otherwise each gets enough for a short
 * word, and the rest is shared out by weight; a column that wants less than its share leaves what it does not need.
 */
function columnWidths(columns: readonly Column[], wanted: readonly number[], room: number): readonly number[] {
  if (wanted.reduce((sum, one) => sum + one, 0) <= room) {
    return wanted;
  }
  const base = Math.max(narrowest, Math.min(shortWord, Math.floor((room / columns.length) * 0.7)));
  const widths = wanted.map((one) => Math.min(one, base));
  const missing = (index: number) => (wanted[index] ?? 0) - (widths[index] ?? 0);
  let left = room - widths.reduce((sum, one) => sum + one, 0);
  let open = columns.map((_, index) => index).filter((index) => missing(index) > 0);
  while (open.length > 0 && left > 0) {
    const weight = open.reduce((sum, index) => sum + weightOf(columns[index]), 0);
    // At least one column each time, so that what rounding leaves over is used as well.
    const shares = open.map((index) => Math.max(1, Math.floor((left * weightOf(columns[index])) / weight)));
    for (const [at, index] of open.entries()) {
      const more = Math.min(shares[at] ?? 0, missing(index), left);
      widths[index] = (widths[index] ?? 0) + more;
      left -= more;
    }
    open = open.filter((index) => missing(index) > 0);
  }
  return widths;
}

function weightOf(column: Column | undefined): number {
  return Math.min(5, Math.max(1, column?.weight ?? 1));
}
