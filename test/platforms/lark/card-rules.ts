import { z } from "zod";
import { element } from "./card-rules/elements.ts";
import { elementId, icon, layout, padding, plainText, tagColour, words } from "./card-rules/parts.ts";

const title = z.strictObject({ tag: z.enum(["plain_text", "lark_md"]), content: words });

const header = z.strictObject({
  title,
  subtitle: title.optional(),
  text_tag_list: z
    .array(
      z.strictObject({
        tag: z.literal("text_tag"),
        element_id: elementId,
        text: plainText,
        color: tagColour.optional(),
      }),
    )
    .max(3)
    .optional(),
  template: z
    .enum("blue wathet turquoise green yellow orange red carmine violet purple indigo grey default".split(" "))
    .optional(),
  icon: icon({}),
  padding,
});

const config = z.strictObject({
  summary: z.strictObject({ content: words }).optional(),
  enable_forward: z.boolean().optional(),
  enable_forward_interaction: z.boolean().optional(),
  update_multi: z.literal(true),
  use_custom_translation: z.boolean().optional(),
  width_mode: z.enum(["default", "compact", "fill"]).optional(),
});

const card = z.strictObject({
  schema: z.literal("2.0"),
  config,
  header: header.optional(),
  body: z.strictObject({ ...layout, elements: z.array(element) }),
});

/** Bytes of a request that sends a card (document "发送消息"), whose content is JSON text within JSON. */
const requestBytes = 30 * 1_024;
const mostElements = 200;
const mostTables = 1;
const mostLevels = 5;

/**
 * What Lark would refuse of a card, or what this product does not allow itself: more than one table. Empty for a good card.
 * Written from the public documents of card JSON 2.0, stricter where they leave a question open.
 */
export function checkCard(content: string): readonly string[] {
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch {
    return ["(card): not JSON"];
  }
  const result = card.safeParse(data);
  const wrong = result.success ? [] : result.error.issues.map(sentence);
  return [...wrong, ...checkSize(content), ...checkTree(data)];
}

function sentence({ path, message }: z.core.$ZodIssue): string {
  return `${path.join(".") || "(card)"}: ${message}`;
}

function checkSize(content: string): readonly string[] {
  const request = { receive_id: `oc_${"0".repeat(32)}`, msg_type: "interactive", content, uuid: "0".repeat(50) };
  const bytes = Buffer.byteLength(JSON.stringify(request));
  return bytes > requestBytes ? [`(card): ${bytes} bytes of a request, at most ${requestBytes}`] : [];
}

/** Something with a tag, and how it stands on the card. */
interface Found {
  readonly tag: string;
  readonly id: unknown;
  readonly path: string;
  /** How many elements it stands in, itself included; 1 at the root of the body. */
  readonly level: number;
}

/** Parts of an element that hold no elements. */
const opaque = new Set(["behaviors", "chart_spec", "rows"]);
const containers = new Set(["elements", "columns"]);

function* found(value: unknown, path: string, level: number): Generator<Found> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* found(entry, `${path}.${index}`, level);
  } else if (typeof value === "object" && value !== null) {
    const { tag, element_id: id }: Readonly<Record<string, unknown>> = { ...value };
    if (typeof tag === "string") yield { tag, id, path, level };
    for (const [key, part] of Object.entries(value)) {
      if (!opaque.has(key))
        yield* found(part, path === "" ? key : `${path}.${key}`, level + (containers.has(key) ? 1 : 0));
    }
  }
}

function checkTree(data: unknown): readonly string[] {
  const all = [...found(data, "", 0)];
  const ids = all.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const tables = all.filter(({ tag }) => tag === "table");
  return [
    ...(all.length > mostElements ? [`(card): ${all.length} elements, at most ${mostElements}`] : []),
    ...(new Set(ids).size < ids.length ? ["(card): an element_id that is not unique"] : []),
    ...(tables.length > mostTables ? [`(card): ${tables.length} tables, at most ${mostTables}`] : []),
    ...tables
      .filter(({ level }) => level > 1)
      .map(({ path }) => `${path}: a table stands only at the root of the body`),
    ...all.filter(({ level }) => level > mostLevels).map(({ path }) => `${path}: deeper than ${mostLevels} levels`),
  ];
}
