import { z } from "zod";

// Parts that elements share, after the documents of card JSON 2.0 ("卡片 JSON 2.0 结构", "颜色枚举值", "标题组件", "普通文本组件"). An
// unknown property is an error in 2.0 ("卡片 JSON 2.0 版本更新说明"), so that every object here is strict.

/** Text that people read; half a character would arrive as something else. */
export const words = z
  .string()
  .min(1)
  .refine((text) => text.isWellFormed(), "half of a surrogate pair");

/** Unique on a card, which is looked at elsewhere. */
export const elementId = z
  .string()
  .regex(/^[A-Za-z]\w{0,19}$/)
  .optional();

const hues = "blue|carmine|green|indigo|lime|orange|purple|red|sunflower|turquoise|violet|wathet|yellow";
const shades = "50|100|200|300|350|400|500|600|700|800|900";

export const colour = z
  .string()
  .regex(new RegExp(`^(default|white|bg-white|(${hues})(-(${shades}))?|grey(-(00|${shades}|650|950|1000))?)$`));

/** The colours of tags, and of options in a table. */
export const tagColour = z.enum(
  "neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine".split(" "),
);

function pixels(least: number, most: number, times: number) {
  const one = (text: string) =>
    text === "0" || (/^-?\d+px$/.test(text) && inRange(Number.parseInt(text, 10), least, most));
  return z.string().refine(
    (text) => {
      const parts = text.split(" ");
      return parts.length <= times && parts.every(one);
    },
    `${times > 1 ? `1 to ${times} lengths` : "a length"} from ${least}px to ${most}px`,
  );
}

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

export const length = (least: number, most: number) => pixels(least, most, 1);
export const margin = pixels(-99, 99, 4).optional();
export const padding = pixels(0, 99, 4).optional();
export const spacing = z.union([z.enum(["small", "medium", "large", "extra_large"]), length(0, 99)]).optional();
export const across = z.enum(["left", "center", "right"]).optional();
export const upright = z.enum(["top", "center", "bottom"]).optional();
const direction = z.enum(["vertical", "horizontal"]).optional();

/** Where the children of a container stand. */
export const layout = {
  direction,
  padding,
  horizontal_spacing: spacing,
  horizontal_align: across,
  vertical_spacing: spacing,
  vertical_align: upright,
};

export const textSize = z
  .enum(
    [
      "heading-0 heading-1 heading-2 heading-3 heading-4 heading normal notation",
      "xxxx-large xxx-large xx-large x-large large medium small x-small",
    ]
      .join(" ")
      .split(" "),
  )
  .optional();

export const plainText = z.strictObject({ tag: z.literal("plain_text"), content: words });

/** An icon; `more` are the properties that it has in one place only. */
export function icon<More extends z.ZodRawShape>(more: More) {
  return z
    .union([
      z.strictObject({ tag: z.literal("standard_icon"), token: z.string().min(1), color: colour.optional(), ...more }),
      z.strictObject({ tag: z.literal("custom_icon"), img_key: z.string().min(1), ...more }),
    ])
    .optional();
}

export const confirm = z.strictObject({ title: plainText, text: plainText }).optional();

const link = z.string().min(1).optional();

/** What a press does ("配置卡片交互"); SDKs read only objects as the value of a callback. */
export const behaviors = z
  .array(
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("callback"), value: z.record(z.string(), z.unknown()) }),
      z.strictObject({
        type: z.literal("open_url"),
        default_url: z.string().min(1),
        android_url: link,
        ios_url: link,
        pc_url: link,
      }),
    ]),
  )
  .min(1);
