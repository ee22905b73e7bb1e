import {
  courseOf,
  courseText,
  firstOf,
  isKnown,
  knownSeries,
  labelBeside,
  spanOf,
  sparkline,
  type TimelineBlock,
  thinned,
} from "../../../src/cards/index.ts";
import { clip } from "../../../src/platform/index.ts";
import { renderLimits } from "../limits.ts";
import { coloursOf, unique } from "./chart.ts";
import { type Drawing, shown } from "./drawing.ts";
import { coloured, type Element, markdown } from "./element.ts";
import { charted, escaped } from "./inert.ts";

/** Signs that a line takes on the screen of a phone. */
const signs = 16;

/** A chart of lines that Lark draws, as long as there are few charts; further ones, and those with nothing to draw, as text. */
export function timelineElement(block: TimelineBlock, drawing: Drawing): Element {
  const series = firstOf(block.series, drawing);
  const drawn = knownSeries({ ...block, series });
  const points = Math.floor(drawing.plan.points / Math.max(1, drawn.length));
  const few = thinned({ ...block, series: drawn }, points);
  if (few.times.length < 2 || drawn.length === 0 || drawing.charts >= drawing.plan.charts) {
    return timelineLines({ ...block, series }, drawing);
  }
  drawing.charts += 1;
  return { tag: "chart", height: "240px", chart_spec: specOf(few, drawing) };
}

/** A line chart of VChart (document "图表组件"; www.visactor.io/vchart/option/lineChart). */
function specOf(timeline: TimelineBlock, drawing: Drawing): Element {
  const words = (text: string) => clip(charted(shown(text, renderLimits.label, drawing)), renderLimits.slice);
  const times = unique(timeline.times.map(words));
  const labels = unique(timeline.series.map(({ label }) => words(label)));
  // By times first: their axis has them in the order in which they come. What is not known has no point.
  const values = times.flatMap((time, place) =>
    timeline.series.flatMap((one, index) => {
      const value = one.values[place];
      return isKnown(value) ? [{ time, value, series: labels[index] ?? "" }] : [];
    }),
  );
  return {
    type: "line",
    title: { visible: true, text: charted(shown(timeline.title, renderLimits.label, drawing)) },
    data: { values },
    xField: "time",
    yField: "value",
    seriesField: "series",
    point: { style: { size: 4 } },
    legends: { visible: labels.length > 1, orient: "bottom" },
    axes: [
      { orient: "bottom", visible: true },
      { orient: "left", visible: true, zero: true },
    ],
    color: coloursOf(timeline.series),
  };
}

function timelineLines(block: TimelineBlock, drawing: Drawing): Element {
  const words = (text: string) => escaped(shown(text, renderLimits.label, drawing).trim());
  const lines = block.series.map(({ label, values, colour }) => {
    const course = courseOf(values);
    const text = course === undefined ? "–" : `${sparkline(values, signs)} ${courseText(course)}`;
    const beside = labelBeside(block, { label });
    return `${beside === "" ? "" : `${words(beside)} · `}${coloured(escaped(text), colour)}`;
  });
  const span = spanOf(block);
  const times = span === "" ? [] : [coloured(words(span), "grey")];
  return markdown([`**${words(block.title)}**`, ...lines, ...times].join("\n"));
}
