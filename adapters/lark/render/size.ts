import { limits, renderLimits } from "../limits.ts";
import type { Element } from "./element.ts";

/** Whether Lark takes the card: `content` is the JSON text of `data`. */
export function fits(content: string, data: Element): boolean {
  const bytes = Buffer.byteLength(content);
  return bytes <= limits.cardBytes && fitsInRequest(content, bytes) && countElements(data) <= limits.cardElements;
}

/** In a request, the text stands within JSON again; only a large one has to be written to know how long that is. */
function fitsInRequest(content: string, bytes: number): boolean {
  const { cardInRequest } = renderLimits;
  return 2 * bytes <= cardInRequest || Buffer.byteLength(JSON.stringify(content)) <= cardInRequest;
}

/** Parts that hold data, not elements. */
const opaque: ReadonlySet<string> = new Set(["behaviors", "chart_spec", "rows"]);

/** Whatever has a tag counts, texts included (document "卡片 JSON 2.0 结构"). */
function countElements(value: unknown): number {
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  let count = "tag" in value ? 1 : 0;
  for (const [key, part] of Object.entries(value)) {
    if (!opaque.has(key)) count += countElements(part);
  }
  return count;
}
