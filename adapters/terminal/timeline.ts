import { courseOf, courseText, labelBeside, spanOf, sparkline, type TimelineBlock } from "../../src/cards/index.ts";
import { inert } from "./inert.ts";
import { type Line, line } from "./line.ts";
import { clip, pad, widthOf } from "./width.ts";

const longestLabel = 24;
const longestCourse = 32;
const shortestCourse = 8;

/** A timeline as a row of signs a line, each from its own lowest to its own highest, with where it began, ended and turned. */
export function timelineLines(block: TimelineBlock, width: number): readonly Line[] {
  const labels = block.series.map((one) => clip(inert(labelBeside(block, one)), longestLabel));
  const numbers = block.series.map(({ values }) => {
    const course = courseOf(values);
    return course === undefined ? "–" : courseText(course);
  });
  const [labelWidth, numberWidth] = [labels, numbers].map((all) => Math.max(0, ...all.map(widthOf)));
  const free = width - (labelWidth ?? 0) - (numberWidth ?? 0) - 2;
  const room = Math.max(shortestCourse, Math.min(longestCourse, free));
  const courses = block.series.map(({ values }) => sparkline(values, room));
  const courseWidth = Math.max(0, ...courses.map((course) => course.length));
  return [
    line({ text: inert(block.title), weight: "bold" }, { text: `  ${inert(spanOf(block))}`, weight: "dim" }),
    ...block.series.map(({ colour }, index) =>
      line(
        pad(labels[index] ?? "", labelWidth === 0 ? 0 : (labelWidth ?? 0) + 1),
        { text: pad(courses[index] ?? "", courseWidth + 1), colour: colour ?? "blue" },
        numbers[index] ?? "",
      ),
    ),
  ];
}
