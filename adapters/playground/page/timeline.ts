import type { TimelineBlock, TimelineSeries } from "../../../src/cards/index.ts";
import type { BlockContext } from "./block-context.ts";
import { drawing, element } from "./element.ts";
import { foreign, plain } from "./foreign.ts";
import { numberText } from "./number.ts";

/** A line with what its picture needs. */
interface Course {
  readonly label: string;
  /** One a time of the block; undefined where nothing is known. */
  readonly values: readonly (number | undefined)[];
  readonly known: readonly number[];
  /** The meaning's colour, or the number of a colour without a meaning. */
  readonly colour: string;
  readonly key: string;
}

/** In units of the picture. Its words are HTML beside it, as a picture that is stretched would stretch them. */
const size = { width: 600, height: 160, edge: 6 } as const;
const colours = 8;

/** Draws lines over time; every line is there as text, too, with where it began, ended and turned. */
export function renderTimeline(block: TimelineBlock, context: BlockContext, path: string): HTMLElement {
  const courses = coursesOf(block, path);
  const title = element("figcaption", {}, foreign(block.title, 200));
  const known = courses.flatMap((course) => course.known);
  if (known.length === 0) {
    return element(
      "figure",
      { class: "chart timeline" },
      title,
      element("p", { class: "text small" }, context.texts.nothing),
    );
  }
  const least = Math.min(0, ...known);
  // Where there was nothing all the time, that is the floor.
  const most = Math.max(...known) || 1;
  const plot = element(
    "div",
    { class: "plot" },
    element("div", { class: "plot-scale", "aria-hidden": "true" }, scaleLabel(most), scaleLabel(least)),
    linesOf(block, courses, least, most),
  );
  return element("figure", { class: "chart timeline" }, title, plot, timesOf(block), legendOf(courses, context));
}

function coursesOf({ series, times }: TimelineBlock, path: string): readonly Course[] {
  let unnamed = 0;
  return series.map(({ label, values, colour }, index) => {
    const usable = times.map((_, place) => usableOf(values[place]));
    return {
      ...{ label, values: usable, known: usable.filter((value) => value !== undefined) },
      ...{ colour: colour ?? `series-${unnamed++ % colours}`, key: `series${path}.${index}` },
    };
  });
}

function usableOf(value: TimelineSeries["values"][number] | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function scaleLabel(value: number): HTMLElement {
  return element("span", {}, numberText(value));
}

function linesOf(block: TimelineBlock, courses: readonly Course[], least: number, most: number): SVGElement {
  const steps = Math.max(1, block.times.length - 1);
  const room = { width: size.width - 2 * size.edge, height: size.height - 2 * size.edge };
  const at = (place: number, value: number): string => {
    // Halves, as the difference of two large numbers may be larger than any.
    const share = most > least ? (value / 2 - least / 2) / (most / 2 - least / 2) : 0;
    const x = size.edge + (place / steps) * room.width;
    const y = size.height - size.edge - share * room.height;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const ground = [0, 0.5, 1].map((share) => {
    const y = size.edge + share * room.height;
    return drawing("line", { class: "plot-rule", x1: 0, x2: size.width, y1: y, y2: y });
  });
  const picture = drawing(
    "svg",
    { class: "plot-lines", viewBox: `0 0 ${size.width} ${size.height}`, preserveAspectRatio: "none", role: "img" },
    ...ground,
  );
  picture.setAttribute("aria-label", plain(`${block.title}: ${courses.map(wordsOf).join("; ")}`, 1_000));
  for (const course of courses) picture.append(lineOf(course, at));
  return picture;
}

/** A line is broken where nothing is known; one that ends where it began is a dot, by its round ends. */
function lineOf({ values, colour, key }: Course, at: (place: number, value: number) => string): SVGElement {
  const d = values.map((value, place) => {
    if (value === undefined) return "";
    const point = at(place, value);
    return values[place - 1] === undefined ? `M${point}L${point}` : `L${point}`;
  });
  return drawing("path", { class: "plot-line", d: d.join(""), "data-colour": colour, "data-part": key });
}

function timesOf({ times }: TimelineBlock): HTMLElement {
  const middle = times[Math.floor(times.length / 2)];
  const shown = times.length > 2 ? [times[0], middle, times.at(-1)] : times;
  return element("div", { class: "plot-times" }, ...shown.map((time) => element("span", {}, foreign(time ?? "", 60))));
}

function legendOf(courses: readonly Course[], { texts }: BlockContext): HTMLElement {
  const items = courses.map((course) => {
    const [first, last] = [course.known[0], course.known.at(-1)];
    const dot = drawing("rect", { width: 10, height: 10, rx: 3, "data-colour": course.colour });
    const swatch = drawing("svg", { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, dot);
    return element(
      "li",
      {},
      element(
        "div",
        { class: "timeline-item", "data-part": course.key },
        swatch,
        element("span", { class: "part-label" }, foreign(course.label, 80)),
        element(
          "span",
          { class: "part-value" },
          first === undefined || last === undefined ? texts.nothing : moveOf(first, last),
        ),
        element("span", { class: "part-share" }, course.known.length === 0 ? "" : rangeOf(course.known)),
      ),
    );
  });
  return element("ul", { class: "legend" }, ...items);
}

function moveOf(first: number, last: number): string {
  return first === last ? numberText(last) : `${numberText(first)} → ${numberText(last)}`;
}

function rangeOf(known: readonly number[]): string {
  return `↓${numberText(Math.min(...known))} ↑${numberText(Math.max(...known))}`;
}

function wordsOf({ label, known }: Course): string {
  const [first, last] = [known[0], known.at(-1)];
  return first === undefined || last === undefined ? label : `${label} ${moveOf(first, last)}, ${rangeOf(known)}`;
}
