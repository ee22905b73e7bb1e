import {
  type ChartBlock,
  type Colour,
  knownSeries,
  type Slice,
  type TimelineBlock,
  type TimelineSeries,
} from "../../src/cards/index.ts";

/** What a picture shows: shares, or how numbers went. */
export type Pictured = ChartBlock | TimelineBlock;

// Markdown has one colour for light and dark ground. Those of texts stand out on both with at least three to one.
export const textColours: Readonly<Record<Colour, string>> = {
  green: "#15803D",
  orange: "#B45309",
  red: "#DC2626",
  grey: "#808690",
  blue: "#2563EB",
};

// Of slices, which colours say something. One that comes again gets its next shade.
const shades: Readonly<Record<Colour, readonly [string, ...string[]]>> = {
  green: ["#1FA968", "#86D6AC", "#0D6B40"],
  orange: ["#F5A31B", "#FAD08A", "#B8720A"],
  red: ["#D1322C", "#EE8A85", "#8F1D19"],
  grey: ["#8A9099", "#BFC4CA", "#5F656D"],
  blue: ["#2F6BE4", "#8DB2F8", "#1C459E"],
};

// For slices without a meaning of their own. Any two differ by 26 or more in CIE Lab, as do the first shades above by 24, also
// as they look with each of the three kinds of colour blindness (by the matrices of Machado, Oliveira and Fernandes, 2009).
const series = ["#2F6BE4", "#F5A31B", "#44DDBB", "#AA4400", "#DDAAEE", "#EE0066", "#775599", "#6611FF"] as const;

/** The slices that have something to draw, in their order; none of a chart that is of nothing. */
export function drawnSlices({ slices, total }: ChartBlock): readonly Slice[] {
  return Number.isFinite(total) && total > 0 ? slices.filter(({ value }) => Number.isFinite(value) && value > 0) : [];
}

/** The lines that have something to draw, in their order; none of a timeline of one time. */
export function drawnSeries(timeline: TimelineBlock): readonly TimelineSeries[] {
  return timeline.times.length < 2 ? [] : knownSeries(timeline);
}

/** The colours of slices or lines, as `#RRGGBB`: the same in a picture and in the legend below it. */
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
