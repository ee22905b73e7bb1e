/** An object that came as JSON, or why there is none. */
export type JsonObject =
  | { readonly ok: true; readonly value: object }
  | { readonly ok: false; readonly reason: "encoding" | "json" | "nesting" | "shape" };

/** Reads JSON, bytes as UTF-8. Everything but an object that is nested at most `depth` deep is refused; never throws. */
export function readJsonObject(content: Uint8Array | string, depth: number): JsonObject {
  let text: string;
  try {
    text = typeof content === "string" ? content : new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return { ok: false, reason: "encoding" };
  }
  if (isDeeper(text, depth)) return { ok: false, reason: "nesting" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: "json" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { ok: false, reason: "shape" };
  return { ok: true, value };
}

/** Before it is parsed: whatever walks the value later may call itself once a level. */
function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
  }
  return false;
}
