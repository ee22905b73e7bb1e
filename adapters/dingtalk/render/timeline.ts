import { courseOf, courseText, firstOf, spanOf, sparkline, type TimelineBlock } from "../../../src/cards/index.ts";
import { type Drawing, shown } from "./drawing.ts";
import { renderLimits } from "./limits.ts";
import { bold, coloured, escaped, small } from "./markup.ts";

/** Signs that a line takes on the screen of a phone. */
const width = 16;

/** A timeline as a row of signs a line, with where it began, ended and turned. */
export function timelineParagraphs(block: TimelineBlock, drawing: Drawing): readonly string[] {
  const { plan, lineBreak } = drawing;
  const label = (text: string) => escaped(shown(text, Math.min(plan.cell, renderLimits.label), drawing));
  const lines = firstOf(block.series, drawing).map((one) => {
    const course = courseOf(one.values);
    const text = course === undefined ? "–" : `${sparkline(one.values, width)} ${courseText(course)}`;
    return `${coloured(bold(label(one.label)), one.colour)} ${escaped(text)}`;
  });
  const span = spanOf(block);
  const times = span === "" ? [] : [small(label(span), plan.sizes)];
  return [[bold(label(block.title)), ...lines, ...times].join(lineBreak)];
}
