import { z } from "zod";
import { chart } from "./chart.ts";
import {
  across,
  behaviors,
  colour,
  confirm,
  elementId,
  icon,
  layout,
  length,
  margin,
  padding,
  plainText,
  spacing,
  textSize,
  upright,
  words,
} from "./parts.ts";
import { table } from "./table.ts";

// One schema an element, after the document of the component of that name. Elements that a card of this product has no use
// for (forms, images, people, dates) are not among them, and are complained of.

const markdown = z.strictObject({
  tag: z.literal("markdown"),
  element_id: elementId,
  margin,
  content: words,
  text_size: textSize,
  text_align: across,
  icon: icon({}),
});

const text = { content: words, text_size: textSize, text_align: across, lines: z.int().min(1).optional() };

const div = z.strictObject({
  tag: z.literal("div"),
  element_id: elementId,
  margin,
  width: z.union([z.enum(["fill", "auto"]), length(16, 999)]).optional(),
  text: z.discriminatedUnion("tag", [
    z.strictObject({ tag: z.literal("plain_text"), ...text, text_color: colour.optional() }),
    z.strictObject({ tag: z.literal("lark_md"), ...text }),
  ]),
  icon: icon({}),
});

const hr = z.strictObject({ tag: z.literal("hr"), element_id: elementId, margin });

const buttonTypes = "default primary danger text primary_text danger_text primary_filled danger_filled laser".split(
  " ",
);
const width = z.union([z.enum(["default", "fill"]), z.string().regex(/^[1-9]\d{2,}px$/)]).optional();

const button = z.strictObject({
  tag: z.literal("button"),
  element_id: elementId,
  margin,
  type: z.enum(buttonTypes).optional(),
  size: z.enum(["tiny", "small", "medium", "large"]).optional(),
  width,
  text: z.strictObject({ tag: z.literal("plain_text"), content: words.max(100) }),
  icon: icon({}),
  hover_tips: plainText.optional(),
  disabled: z.boolean().optional(),
  disabled_tips: plainText.optional(),
  confirm,
  behaviors,
});

const option = z.strictObject({ text: plainText, value: words, icon: icon({}) });

const select = z
  .strictObject({
    tag: z.literal("select_static"),
    element_id: elementId,
    margin,
    type: z.enum(["default", "text"]).optional(),
    disabled: z.boolean().optional(),
    initial_option: z.string().optional(),
    initial_index: z.int().min(0).optional(),
    placeholder: plainText.optional(),
    width,
    behaviors,
    options: z.array(option).min(1),
    confirm,
  })
  .refine(
    ({ options }) => new Set(options.map(({ value }) => value)).size === options.length,
    "a value that is not unique",
  )
  .refine(({ options, initial_index: index = 0 }) => index <= options.length, "initial_index points at no option");

const columnElement = z.strictObject({
  tag: z.literal("column"),
  element_id: elementId,
  margin,
  background_style: colour.optional(),
  width: z.union([z.enum(["auto", "weighted"]), length(16, 600)]).optional(),
  weight: z.int().min(1).max(5).optional(),
  ...layout,
  get elements() {
    return z.array(element);
  },
});

const columnSet = z.strictObject({
  tag: z.literal("column_set"),
  element_id: elementId,
  margin,
  horizontal_spacing: spacing,
  horizontal_align: across,
  flex_mode: z.enum(["none", "stretch", "flow", "bisect", "trisect"]).optional(),
  background_style: colour.optional(),
  columns: z.array(columnElement).min(1),
});

const panel = z.strictObject({
  tag: z.literal("collapsible_panel"),
  element_id: elementId,
  margin,
  ...layout,
  expanded: z.boolean().optional(),
  background_color: colour.optional(),
  header: z.strictObject({
    title: z.strictObject({ tag: z.enum(["plain_text", "markdown"]), content: words }),
    background_color: colour.optional(),
    width: z.enum(["fill", "auto", "auto_when_fold"]).optional(),
    vertical_align: upright,
    padding,
    icon: icon({
      size: z
        .string()
        .regex(/^\d{1,3}px \d{1,3}px$/)
        .optional(),
    }),
    icon_position: z.enum(["left", "right", "follow_text"]).optional(),
    icon_expanded_angle: z.literal([-180, -90, 90, 180]).optional(),
  }),
  border: z.strictObject({ color: colour.optional(), corner_radius: length(0, 99).optional() }).optional(),
  get elements() {
    return z.array(element).min(1);
  },
});

export const element: z.ZodType<{ readonly tag: string }> = z.lazy(() =>
  z.discriminatedUnion("tag", [markdown, div, hr, button, select, columnSet, panel, table, chart]),
);
