import { z } from "zod";
import { elementId, length, margin, words } from "./parts.ts";

// The document "图表组件" of card JSON 2.0, and for chart_spec its examples of each kind of chart.

const datum = z.record(z.string(), z.union([words, z.number(), z.boolean()]));
const values = z.object({ values: z.array(datum).min(1) });
const field = z.union([words, z.array(words).min(1)]);
const radius = z.number().gt(0).max(1).optional();

const cartesian = { data: z.union([values, z.array(values).min(1)]), xField: field, yField: field };

interface Line {
  readonly data: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly xField: string;
  readonly yField: string;
  readonly seriesField?: string | undefined;
}

/** A point stands at a place of the axis, has a number, and belongs to a line; two of one line at one place are one too many. */
function arePoints({ data: { values }, xField, yField, seriesField }: Line): boolean {
  const places = values.map((point) => JSON.stringify([point[xField], seriesField && point[seriesField]]));
  return (
    new Set(places).size === places.length &&
    values.every(
      (point) =>
        typeof point[xField] === "string" &&
        typeof point[yField] === "number" &&
        (seriesField === undefined || typeof point[seriesField] === "string"),
    )
  );
}

const line = z
  .looseObject({ type: z.literal("line"), data: values, xField: words, yField: words, seriesField: words.optional() })
  .refine(arePoints, "points of a line that cannot be drawn");

const spec = z.discriminatedUnion("type", [
  line,
  z.looseObject({ type: z.enum(["area", "scatter", "waterfall"]), ...cartesian }),
  z.looseObject({ type: z.literal("bar"), ...cartesian, direction: z.enum(["horizontal", "vertical"]).optional() }),
  z.looseObject({
    type: z.enum(["pie", "rose"]),
    data: z.union([values, z.array(values).min(1)]),
    valueField: words,
    categoryField: words,
    outerRadius: radius,
    innerRadius: radius,
  }),
  z.looseObject({ type: z.enum(["common", "funnel", "radar", "linearProgress", "circularProgress", "wordCloud"]) }),
]);

/** What phones cannot draw: with one of these in its specification, a chart does not load there. */
function unfitForPhones(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(unfitForPhones);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, part]) =>
      key === "texture" ||
      key === "repeatX" ||
      key === "repeatY" ||
      (key === "gradient" && part === "conical") ||
      unfitForPhones(part),
  );
}

export const chart = z.strictObject({
  tag: z.literal("chart"),
  element_id: elementId,
  margin,
  aspect_ratio: z.enum(["1:1", "2:1", "4:3", "16:9"]).optional(),
  color_theme: z.enum(["brand", "rainbow", "complementary", "converse", "primary"]).optional(),
  chart_spec: spec.refine((one) => !unfitForPhones(one), "phones cannot draw it"),
  preview: z.boolean().optional(),
  height: z.union([z.literal("auto"), length(1, 999)]).optional(),
});
