import type { ChartBlock } from "../../src/cards/index.ts";
import { coloursOf, drawnSeries, drawnSlices, type Pictured } from "./palette.ts";
import { drawLines } from "./picture-lines.ts";
import { type Drawn, digit, neutral, num, size } from "./picture-parts.ts";

/** Charts and slices that are drawn: with more of either, nobody finds a colour again in the legend. */
const most = { charts: 4, slices: 16 } as const;
/**
 * A PNG of the charts in their order, and of nothing else: a machine without fonts could not draw a word. The legend that
 * explains it is text, in the same order and colours. The same charts give the same bytes. Rejects where this machine has no
 * build of the renderer.
 *
 * @param charts as a drawn card gives them; those that are of nothing are left out
 */
export async function drawPicture(charts: readonly Pictured[]): Promise<Uint8Array> {
  // Loaded with the first picture, as it takes memory that many bots never need.
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(drawSvg(charts), { font: { loadSystemFonts: false } });
  return image.asPng();
}

function drawSvg(charts: readonly Pictured[]): string {
  const drawn = charts.filter(hasContent).slice(0, most.charts);
  const numbered = drawn.length > 1;
  const rows = rowsOf(drawn.map((chart, index) => ({ chart, number: numbered ? index + 1 : undefined })));
  let top = size.margin;
  const parts = rows.map((row) => {
    const { svg, height } = drawRow(row, top);
    top += height + size.gap;
    return svg;
  });
  const height = Math.max(top - size.gap, size.margin) + size.margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}">${parts.join("")}</svg>`;
}

function hasContent(chart: Pictured): boolean {
  return (chart.kind === "timeline" ? drawnSeries(chart) : drawnSlices(chart)).length > 0;
}

interface Numbered<Chart> {
  readonly chart: Chart;
  /** As in the legend; undefined for a chart that is alone. */
  readonly number: number | undefined;
}

/** Rings that follow each other, or one chart of another kind. */
type Row = { readonly rings: Numbered<ChartBlock>[] } | { readonly alone: Numbered<Pictured> };

/** Rings that follow each other stand side by side; anything else has a row of its own. */
function rowsOf(charts: readonly Numbered<Pictured>[]): readonly Row[] {
  const rows: Row[] = [];
  for (const { chart, number } of charts) {
    const row = rows.at(-1);
    if (chart.kind === "timeline" || chart.shape !== "donut") rows.push({ alone: { chart, number } });
    else if (row !== undefined && "rings" in row) row.rings.push({ chart, number });
    else rows.push({ rings: [{ chart, number }] });
  }
  return rows;
}

function drawRow(row: Row, top: number): Drawn {
  if ("rings" in row) {
    return rings(row.rings, top);
  }
  const { chart, number } = row.alone;
  return chart.kind === "timeline" ? drawLines(chart, number, top, most.slices) : bar(chart, number, top);
}

function rings(row: readonly Numbered<ChartBlock>[], top: number): Drawn {
  const room = (size.width - 2 * size.margin) / row.length;
  const radius = Math.min(size.ring, (room - size.gap) / 2);
  const svg = row.map(({ chart, number }, index) =>
    ring(chart, number, { x: size.margin + room * (index + 0.5), y: top + radius, radius }),
  );
  return { svg: svg.join(""), height: 2 * radius };
}

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

function ring(chart: ChartBlock, number: number | undefined, { x, y, radius }: Circle): string {
  const width = radius * (1 - size.hole);
  const middle = radius - width / 2;
  const around = 2 * Math.PI * middle;
  // The whole ring in a dash pattern shows one slice: no arc has to be computed, and a slice of everything is none special.
  const svg = sharesOf(chart).map(({ from, share, colour, opacity }) => {
    const length = share >= 1 ? around : Math.max(1, share * around - size.slit);
    const turn = num(360 * from - 90);
    return (
      `<circle cx="${num(x)}" cy="${num(y)}" r="${num(middle)}" fill="none" stroke="${colour}" stroke-opacity="${opacity}" ` +
      `stroke-width="${num(width)}" stroke-dasharray="${num(length)} ${num(around + 1)}" ` +
      `transform="rotate(${turn} ${num(x)} ${num(y)})"/>`
    );
  });
  return svg.join("") + digit(number, x, y, radius * 0.5);
}

function bar(chart: ChartBlock, number: number | undefined, top: number): Drawn {
  const left = size.margin + (number === undefined ? 0 : size.bar * 0.75);
  const room = size.width - size.margin - left;
  const rects = sharesOf(chart).map(({ from, share, colour, opacity }) => {
    const width = share >= 1 ? room : Math.max(1, share * room - size.slit);
    return (
      `<rect x="${num(left + from * room)}" y="${num(top)}" width="${num(width)}" height="${size.bar}" ` +
      `fill="${colour}" fill-opacity="${opacity}"/>`
    );
  });
  const mark = digit(number, size.margin + size.bar * 0.25, top + size.bar / 2, size.bar * 0.6);
  return { svg: rects.join("") + mark, height: size.bar };
}

/** A part of a chart, where 1 is the whole of it. */
interface Share {
  readonly from: number;
  readonly share: number;
  readonly colour: string;
  readonly opacity: number;
}

/** What a slice takes at least: what is there is to be seen. */
const leastShare = 0.01;

/**
 * The slices one after the other, and faintly what they leave of the total. Slices that add up to more than the total, as one
 * runtime can count under several, are shares of their sum.
 */
function sharesOf(chart: ChartBlock): readonly Share[] {
  const slices = drawnSlices(chart).slice(0, most.slices);
  const colours = coloursOf(slices);
  const whole = Math.max(sumOf(slices.map(({ value }) => value)), chart.total);
  const parts = slices.map(({ value }) => Math.max(leastShare, value / whole));
  const rest = 1 - sumOf(slices.map(({ value }) => value / whole));
  const all = sumOf(parts) + (rest > leastShare ? rest : 0);
  let from = 0;
  const shares = parts.map((part, index) => {
    const share = { from, share: part / all, colour: colours[index] ?? neutral, opacity: 1 };
    from += share.share;
    return share;
  });
  return rest > leastShare ? [...shares, { from, share: 1 - from, colour: neutral, opacity: 0.25 }] : shares;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
