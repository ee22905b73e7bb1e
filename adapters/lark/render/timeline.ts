import { courseOf, courseText, firstOf, spanOf, sparkline, type TimelineBlock } from "../../../src/cards/index.ts";
import { renderLimits } from "../limits.ts";
import { type Drawing, shown } from "./drawing.ts";
import { coloured, type Element, markdown } from "./element.ts";
import { escaped } from "./inert.ts";

/** Signs that a line takes on the screen of a phone. */
const width = 16;

/** A timeline. */
export function timelineElement(block: TimelineBlock, drawing: Drawing): Element {
  const words = (text: string) => escaped(shown(text, renderLimits.label, drawing).trim());
  const lines = firstOf(block.series, drawing).map((one) => {
    const course = courseOf(one.values);
    const text = course === undefined ? "–" : `${sparkline(one.values, width)} ${courseText(course)}`;
    return `${words(one.label)} ${coloured(escaped(text), one.colour)}`;
  });
  const span = spanOf(block);
  const times = span === "" ? [] : [coloured(words(span), "grey")];
  return markdown([`**${words(block.title)}**`, ...lines, ...times].join("\n"));
}
