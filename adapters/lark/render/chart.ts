import { type ChartBlock, type Colour, firstOf, type Picker, type Slice } from "../../../src/cards/index.ts";
import { clip } from "../../../src/platform/index.ts";
import { renderLimits } from "../limits.ts";
import { type Drawing, shown } from "./drawing.ts";
import { coloured, type Element, markdown } from "./element.ts";
import { charted, escaped } from "./inert.ts";

// Shades of Lark's palette (document "颜色枚举值") that stand out on its light and on its dark ground: a chart has one colour for
// both. A colour that comes again gets its next shade, so that its slices can be told apart.
const shades: Readonly<Record<Colour, readonly [string, ...string[]]>> = {
  green: ["#32A645", "#5CD168", "#258832"],
  orange: ["#ED6D0C", "#FF9D4C", "#C25705"],
  red: ["#F54A45", "#F89E9B", "#E22E28"],
  grey: ["#8F959E", "#BBBFC4", "#757575"],
  blue: ["#5083FB", "#94B4FF", "#336DF4"],
};
const series = ["#5083FB", "#10A893", "#9F6FF1", "#D99904", "#1295CA", "#DF58A5", "#7B9207", "#757DF0"] as const;

/** A chart that Lark draws, as long as there are few of them; further ones, and those with nothing to draw, as lines. */
export function chartElement(block: ChartBlock, drawing: Drawing): Element {
  const slices = firstOf(block.slices, drawing);
  const drawn = slices.filter(({ value }) => Number.isFinite(value) && value > 0);
  if (drawn.length === 0 || drawing.charts >= drawing.plan.charts) {
    return chartLines(block, slices, drawing);
  }
  drawing.charts += 1;
  const donut = block.shape === "donut";
  const labels = uniqueLabels(drawn, donut, drawing);
  const values = drawn.map(({ value }, index) => ({ label: labels[index] ?? "", value }));
  const about = {
    title: { visible: true, text: charted(shown(block.title, renderLimits.label, drawing)) },
    data: { values },
  };
  const spec = donut ? { ...about, ...ring } : { ...about, ...bars };
  return {
    tag: "chart",
    height: `${donut ? clamp(220, 110 + 38 * drawn.length, 420) : clamp(130, 90 + 28 * drawn.length, 420)}px`,
    chart_spec: { ...spec, color: donut || drawn.some(({ colour }) => colour) ? coloursOf(drawn) : plainBars(drawn) },
  };
}

const ring = {
  type: "pie",
  valueField: "value",
  categoryField: "label",
  outerRadius: 0.9,
  innerRadius: 0.6,
  // Beside thin slices, labels cover each other; the legend has room, and the values.
  label: { visible: false },
  legends: { visible: true, orient: "right" },
};

const bars = {
  type: "bar",
  direction: "horizontal",
  xField: "value",
  yField: "label",
  seriesField: "label",
  label: { visible: true },
  legends: { visible: false },
  axes: [
    { orient: "bottom", visible: false },
    { orient: "left", visible: true },
  ],
};

function clamp(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** What a legend or an axis says of each slice. */
function uniqueLabels(slices: readonly Slice[], withValue: boolean, drawing: Drawing): readonly string[] {
  const labels = slices.map(({ label, value }) => {
    const words = clip(charted(shown(label, renderLimits.label, drawing)), renderLimits.slice);
    return withValue ? `${words} · ${value}` : words;
  });
  return unique(labels);
}

/** The labels with a number where one comes again: a chart takes what has one label for one thing. */
export function unique(labels: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return labels.map((text) => {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times === 1 ? text : `${text} (${times})`;
  });
}

function plainBars(slices: readonly Slice[]): readonly string[] {
  return slices.map(() => series[0]);
}

/** The colours of slices or lines: their own, or one of a series. */
export function coloursOf(parts: readonly { readonly colour?: Colour | undefined }[]): readonly string[] {
  const times = { green: 0, orange: 0, red: 0, grey: 0, blue: 0 };
  return parts.map(({ colour }, index) => {
    if (colour === undefined) {
      return series[index % series.length] ?? series[0];
    }
    const all = shades[colour];
    const shade = all[times[colour] % all.length] ?? all[0];
    times[colour] += 1;
    return shade;
  });
}

function chartLines({ title, total }: ChartBlock, slices: readonly Slice[], drawing: Drawing): Element {
  const words = (text: string) => escaped(shown(text, renderLimits.label, drawing).trim());
  const lines = slices.map(({ label, value, colour }) => {
    const share =
      total > 0 && value >= 0 && Number.isFinite(value)
        ? ` · ${escaped(String(Math.round((value / total) * 100)))}%`
        : "";
    return `${words(label)} · ${coloured(escaped(String(value)), colour)}${share}`;
  });
  return markdown([`**${words(title)}**`, ...lines].join("\n"));
}

/** What a press on the slices of these charts runs, a picker a chart. */
export function slicePickers(charts: readonly ChartBlock[], drawing: Drawing): readonly Picker[] {
  if (!drawing.plan.drill) {
    return [];
  }
  return charts.flatMap(({ title, slices }) => {
    const options = slices.flatMap(({ label, value, command }) =>
      command === undefined ? [] : [{ label: `${label} · ${value}`, command, selected: false }],
    );
    return options.length === 0 ? [] : [{ label: title, options }];
  });
}
