import { limits } from "./command.ts";
import type { Parsed } from "./parse.ts";
import { parse } from "./parse.ts";

// What a chat client makes of a word that it takes for a link. A backslash before it, as canonical texts have, keeps it.
const link = /(?<!\\)\[([^[\]\n]{1,2000})\]\(([^()\s]{1,2000})\)/g;
const mention = /^@\S{1,200}\s+(?=[/／?？])/u;

/**
 * The command in a message that a person wrote: trimmed, without a mention at its beginning, links as the text that was
 * typed. Undefined when it is none: then the message is talk among people.
 */
export function commandText(message: string): string | undefined {
  if (message.length > limits.message) {
    return /^\s*[/／]/u.test(message.slice(0, 200)) ? message : undefined;
  }
  const text = message.replace(link, "$1").trim().replace(mention, "");
  return /^[/／]/u.test(text) || text === "?" || text === "？" ? text : undefined;
}

/** Reads what a person wrote; what is longer than a person writes is refused before it is looked at. */
export function parseMessage(text: string): Parsed {
  if (text.length <= limits.message) {
    return parse(text);
  }
  const shown = text.slice(0, 80);
  const span = { start: 0, end: shown.length };
  return {
    ok: false,
    problem: { kind: "too-long", limit: limits.message, text: shown, span, nearest: undefined, mended: undefined },
  };
}
