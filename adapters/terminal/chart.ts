import type { ChartBlock } from "../../src/cards/index.ts";
import { inert } from "./inert.ts";
import { type Line, line, type Span } from "./line.ts";
import { clip, pad, widthOf } from "./width.ts";

const longestLabel = 24;
const longestBar = 30;
const shortestBar = 5;

/** The chart as a bar a slice, the largest the longest, with its value and its share of the chart's total. */
export function chartLines({ title, total, slices }: ChartBlock, width: number): readonly Line[] {
  const values = slices.map(({ value }) => (Number.isFinite(value) && value > 0 ? value : 0));
  const largest = Math.max(0, ...values);
  const labels = slices.map(({ label }) => clip(inert(label), longestLabel));
  const numbers = slices.map(({ value }) => String(value));
  const labelWidth = Math.max(0, ...labels.map(widthOf));
  const numberWidth = Math.max(0, ...numbers.map(widthOf));
  const room = Math.max(shortestBar, Math.min(longestBar, width - labelWidth - numberWidth - 8));
  const bars = slices.map(({ colour }, index): Line => {
    const value = values[index] ?? 0;
    const bar: Span = { text: pad(barOf(value, largest, room), room + 1), colour: colour ?? "blue" };
    const number = pad(numbers[index] ?? "", numberWidth, "left");
    return line(pad(labels[index] ?? "", labelWidth + 1), bar, number, {
      text: ` ${share(value, total)}`,
      weight: "dim",
    });
  });
  return [line({ text: inert(title), weight: "bold" }), ...bars];
}

/** What is there at all has a bar, however thin. */
function barOf(value: number, largest: number, room: number): string {
  const length = largest === 0 ? 0 : Math.round((value / largest) * room);
  return value > 0 && length === 0 ? "▏" : "█".repeat(length);
}

/** A share in whole percents that never says nothing for something, nor all for less than all. */
function share(value: number, total: number): string {
  const percent = total > 0 ? (value / total) * 100 : 0;
  const rounded = Math.round(percent);
  if (value > 0 && rounded === 0) {
    return pad("<1%", 5, "left");
  }
  return pad(rounded === 100 && value < total ? ">99%" : `${rounded}%`, 5, "left");
}
