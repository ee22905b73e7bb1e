import { isKnown, type TimelineBlock, type TimelineSeries, thinned } from "../../src/cards/index.ts";
import { coloursOf, drawnSeries } from "./palette.ts";
import { type Drawn, digit, neutral, num, size } from "./picture-parts.ts";

/** Points of a line: more are narrower than its stroke. */
const mostPoints = 150;
/** Lines of the ground, with the highest and the lowest. */
const rules = 3;

/**
 * Lines over time, each in the colour that the legend explains. Where nothing is known a line is broken.
 *
 * @param most lines that are drawn
 */
export function drawLines(timeline: TimelineBlock, number: number | undefined, top: number, most: number): Drawn {
  const shown = thinned({ ...timeline, series: drawnSeries(timeline).slice(0, most) }, mostPoints);
  const left = size.margin + (number === undefined ? 0 : size.bar * 0.75);
  const frame = { left, right: size.width - size.margin, top, bottom: top + size.lines };
  const place = scaleOf(shown, frame);
  const colours = coloursOf(shown.series);
  const paths = shown.series.map(({ values }, index) => pathOf(values, place, colours[index] ?? neutral));
  return {
    svg:
      groundOf(frame) +
      paths.join("") +
      digit(number, size.margin + size.bar * 0.25, top + size.bar / 2, size.bar * 0.6),
    height: size.lines,
  };
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type Scale = (place: number, value: number) => string;

function scaleOf(timeline: TimelineBlock, { left, right, top, bottom }: Frame): Scale {
  const known = timeline.series.flatMap(({ values }) => values.filter(isKnown));
  const least = Math.min(0, ...known);
  const most = Math.max(...known);
  const steps = Math.max(1, timeline.times.length - 1);
  return (place, value) => {
    // Halves, as the difference of two large numbers may be larger than any.
    const share = most > least ? (value / 2 - least / 2) / (most / 2 - least / 2) : 0;
    return `${num(left + (place / steps) * (right - left))} ${num(bottom - share * (bottom - top))}`;
  };
}

function groundOf({ left, right, top, bottom }: Frame): string {
  const heights = Array.from({ length: rules }, (_, index) => top + (index / (rules - 1)) * (bottom - top));
  const path = heights.map((y) => `M${num(left)} ${num(y)}H${num(right)}`).join("");
  return `<path d="${path}" stroke="${neutral}" stroke-opacity="0.3" stroke-width="2"/>`;
}

/** A move where a line begins; one that ends where it began is a dot, by its round ends. */
function pathOf(values: TimelineSeries["values"], scale: Scale, colour: string): string {
  const steps = values.map((value, place) => {
    if (!isKnown(value)) {
      return "";
    }
    const at = scale(place, value);
    return isKnown(values[place - 1]) ? `L${at}` : `M${at}L${at}`;
  });
  return (
    `<path d="${steps.join("")}" fill="none" stroke="${colour}" stroke-width="${size.stroke}" ` +
    `stroke-linecap="round" stroke-linejoin="round"/>`
  );
}
