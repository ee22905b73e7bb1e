import type { ChartBlock, Colour, Slice } from "../../src/cards/index.ts";

// Markdown has one colour for light and dark ground. Those of texts stand out on both with at least three to one.
export const textColours: Readonly<Record<Colour, string>> = {
  green: "#15803D",
  orange: "#B45309",
  red: "#DC2626",
  grey: "#808690",
  blue: "#2563EB",
};

// Of slices, red is darker than orange, and blue than green, so that they differ for eyes that do not tell the hues apart. A
// colour that comes again gets its next shade.
const shades: Readonly<Record<Colour, readonly [string, ...string[]]>> = {
  green: ["#1FA968", "#86D6AC", "#0D6B40"],
  orange: ["#F5A31B", "#FAD08A", "#B8720A"],
  red: ["#D1322C", "#EE8A85", "#8F1D19"],
  grey: ["#8A9099", "#BFC4CA", "#5F656D"],
  blue: ["#2F6BE4", "#8DB2F8", "#1C459E"],
};

// For slices without a meaning of their own: the order alternates between dark and light.
const series = ["#2F6BE4", "#F5A31B", "#0D7F6B", "#D98CC0", "#7A3E9D", "#6CC3EE", "#A34A28", "#B9C24A"] as const;

/** The slices that have something to draw, in their order; none of a chart that is of nothing. */
export function drawnSlices({ slices, total }: ChartBlock): readonly Slice[] {
  return Number.isFinite(total) && total > 0 ? slices.filter(({ value }) => Number.isFinite(value) && value > 0) : [];
}

/** The colours of slices, as `#RRGGBB`: the same in a picture and in the legend below it. */
export function sliceColours(slices: readonly Slice[]): readonly string[] {
  const times = { green: 0, orange: 0, red: 0, grey: 0, blue: 0 };
  return slices.map(({ colour }, index) => {
    if (colour === undefined) {
      return series[index % series.length] ?? series[0];
    }
    const all = shades[colour];
    const shade = all[times[colour] % all.length] ?? all[0];
    times[colour] += 1;
    return shade;
  });
}
