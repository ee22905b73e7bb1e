import { z } from "zod";
import { across, elementId, length, margin, tagColour, upright, words } from "./parts.ts";

// The document "表格组件" of card JSON 2.0.

/** Of a column: its name, which is its key in the rows, and what it holds. */
const column = z.strictObject({
  name: words,
  display_name: words.optional(),
  width: z.union([z.literal("auto"), length(80, 600), z.string().regex(/^(100|[1-9]\d?)%$/)]).optional(),
  vertical_align: upright,
  horizontal_align: across,
  data_type: z.enum(["text", "lark_md", "markdown", "number", "date", "options", "persons"]),
  format: z
    .strictObject({
      precision: z.int().min(0).max(10).optional(),
      symbol: z.string().length(1).optional(),
      separator: z.boolean().optional(),
    })
    .optional(),
  date_format: z.string().optional(),
});

/** An empty cell is one that is not there, or an empty text; null is refused. */
const cellText = z.string().refine((text) => text.isWellFormed(), "half of a surrogate pair");

const cells = {
  text: cellText,
  lark_md: cellText,
  markdown: cellText,
  number: z.number(),
  date: z.int().nonnegative(),
  options: z.union([words, z.array(z.strictObject({ text: words, color: tagColour.optional() }))]),
  persons: z.union([words, z.array(words)]),
} as const;

export const table = z
  .strictObject({
    tag: z.literal("table"),
    element_id: elementId,
    margin,
    page_size: z.int().min(1).max(10).optional(),
    row_height: z.union([z.enum(["low", "middle", "high", "auto"]), length(32, 124)]).optional(),
    row_max_height: length(32, 999).optional(),
    freeze_first_column: z.boolean().optional(),
    header_style: z
      .strictObject({
        text_align: across,
        text_size: z.enum(["normal", "heading"]).optional(),
        background_style: z.enum(["grey", "none"]).optional(),
        text_color: z.enum(["default", "grey"]).optional(),
        bold: z.boolean().optional(),
        lines: z.int().min(1).optional(),
      })
      .optional(),
    columns: z.array(column).min(1).max(50),
    rows: z.array(z.record(z.string(), z.unknown())),
  })
  .check((context) => {
    const { columns, rows } = context.value;
    const types = new Map(columns.map(({ name, data_type }) => [name, data_type]));
    const complain = (message: string, path: (string | number)[]) =>
      context.issues.push({ code: "custom", message, path, input: undefined });
    if (types.size < columns.length) complain("two columns of one name", ["columns"]);
    for (const [index, row] of rows.entries()) {
      for (const [name, value] of Object.entries(row)) {
        const type = types.get(name);
        if (type === undefined) complain("no such column", ["rows", index, name]);
        else if (!cells[type].safeParse(value).success) complain(`no cell of type ${type}`, ["rows", index, name]);
      }
    }
  });
