import type { ChartBlock } from "../../../src/cards/index.ts";
import { coloursOf, drawnSlices } from "../palette.ts";
import { type Drawing, shown } from "./drawing.ts";
import { renderLimits } from "./limits.ts";
import { bold, escaped } from "./markup.ts";

/** Stands for a colour of the picture. */
export const square = "■";
const numbers = ["①", "②", "③", "④"] as const;

/** The number of a chart of the picture, counted from 0. */
export function chartNumber(place: number): string {
  return numbers[place] ?? "";
}

/**
 * A chart in a line: what it counts, and how often each, with the colours of the picture where it is in that. What is counted
 * more often than the plan allows is one number at the end.
 */
export function legendLine(block: ChartBlock, drawing: Drawing): string {
  const { plan, pictured, texts } = drawing;
  const drawn = drawnSlices(block);
  const slices = drawn.slice(0, plan.slices);
  const label = (text: string) => escaped(shown(text, Math.min(plan.cell, renderLimits.label), drawing));
  const inPicture = slices.length > 0 && pictured.length < plan.charts;
  const colours = inPicture ? coloursOf(slices) : [];
  const counts = slices.map(({ label: name, value }, index) => {
    const colour = colours[index];
    const mark = colour === undefined ? "" : `<font color=${colour}>${square}</font> `;
    return `${mark}${label(name)} ${bold(escaped(String(value)))}`;
  });
  const number = inPicture ? `${chartNumber(pictured.length)} ` : "";
  if (inPicture) pictured.push({ ...block, slices });
  const rest = drawn.length - slices.length;
  return [
    `${number}${bold(label(block.title))} ${counts.shift() ?? "–"}`,
    ...counts,
    ...(rest > 0 ? [texts.more(rest)] : []),
  ].join(" · ");
}

/** Where the first such line stands in a markdown text: no text of others has a tag. */
export function startOfLegend(markdown: string): number {
  const first = markdown.search(/(?<= |<br>)<font color=#[\dA-F]{6}>■<\/font>/);
  return first < 0 ? -1 : markdown.lastIndexOf("\n\n", first) + (markdown.lastIndexOf("\n\n", first) < 0 ? 1 : 2);
}
