import {
  courseOf,
  courseText,
  firstOf,
  labelBeside,
  spanOf,
  sparkline,
  type TimelineBlock,
} from "../../../src/cards/index.ts";
import { coloursOf, drawnSeries } from "../palette.ts";
import { type Drawing, shown } from "./drawing.ts";
import { chartNumber, square } from "./legend.ts";
import { renderLimits } from "./limits.ts";
import { bold, escaped, small } from "./markup.ts";

/** Signs that a line takes on the screen of a phone. */
const signs = 16;

/**
 * A timeline as a row of signs a line, with where it began, ended and turned, and with the colours of the picture where it is
 * in that. Lines of which nothing is known say so where they are in none.
 */
export function timelineParagraphs(block: TimelineBlock, drawing: Drawing): readonly string[] {
  const { plan, pictured, lineBreak, texts } = drawing;
  const label = (text: string) => escaped(shown(text, Math.min(plan.cell, renderLimits.label), drawing));
  const drawn = drawnSeries(block);
  const all = drawn.length === 0 ? block.series : drawn;
  const series = firstOf(all.slice(0, plan.slices), drawing);
  const inPicture = drawn.length > 0 && pictured.length < plan.charts;
  const colours = inPicture ? coloursOf(series) : [];
  const lines = series.map(({ label: name, values }, index) => {
    const beside = labelBeside(block, { label: name });
    const colour = colours[index];
    const mark = colour === undefined ? "" : `<font color=${colour}>${square}</font> `;
    const course = courseOf(values);
    const words = course === undefined ? "–" : `${sparkline(values, signs)} ${courseText(course)}`;
    return `${mark}${beside === "" ? "" : `${label(beside)} `}${escaped(words)}`;
  });
  const number = inPicture ? `${chartNumber(pictured.length)} ` : "";
  if (inPicture) pictured.push({ ...block, series });
  const more = all.length > series.length ? [texts.more(all.length - series.length)] : [];
  const span = spanOf(block);
  const times = span === "" ? [] : [small(label(span), plan.sizes)];
  return [[`${number}${bold(label(block.title))}`, ...lines, ...more, ...times].join(lineBreak)];
}
