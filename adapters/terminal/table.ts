import type { Column, TableBlock } from "../../src/cards/index.ts";
import { inert } from "./inert.ts";
import { type Line, line, type Span } from "./line.ts";
import { clip, pad, widthOf } from "./width.ts";

const gap = 2;
/** A column narrower than this says nothing. */
const narrowest = 4;

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
 * What each column gets of `room`: all that it wants when there is enough for all, else a share by weight. A column that
 * wants less than its share leaves the rest to the others.
 */
function columnWidths(columns: readonly Column[], wanted: readonly number[], room: number): readonly number[] {
  const widths = [...wanted];
  let open = columns.map((_, index) => index);
  let left = room;
  if (wanted.reduce((sum, one) => sum + one, 0) <= room) {
    return widths;
  }
  for (;;) {
    const weight = open.reduce((sum, index) => sum + weightOf(columns[index]), 0);
    const share = (index: number) => Math.max(narrowest, Math.floor((left * weightOf(columns[index])) / weight));
    const content = open.filter((index) => (wanted[index] ?? 0) <= share(index));
    if (content.length === 0) {
      for (const index of open) {
        widths[index] = share(index);
      }
      return widths;
    }
    left -= content.reduce((sum, index) => sum + (wanted[index] ?? 0), 0);
    open = open.filter((index) => !content.includes(index));
  }
}

function weightOf(column: Column | undefined): number {
  return Math.min(5, Math.max(1, column?.weight ?? 1));
}
