import type { z } from "zod";

/** What stands in a text of JSON, as a schema reads it; undefined where it does not, or is no JSON. Never throws. */
export function readJson<Value>(schema: z.ZodType<Value>, text: string): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
