import { element } from "./element.ts";

// Characters that turn the direction of a text, or that cannot be seen: a name could pass for another by them.
const hidden =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Makes somebody else's text safe to look at: control and direction characters become visible signs. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(control, sign)
    .replace(hidden, sign);
}

function sign(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** The text's beginning, at most `limit` UTF-16 units, with an ellipsis where something is missing. */
export function clip(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).toWellFormed()}…`;
}

/** The longest text that goes into a title: browsers do not break long ones well. */
const longestTitle = 2_000;

/**
 * A piece of somebody else's text: isolated in its direction, clipped to `limit` UTF-16 units, in full on hover when
 * something had to go.
 */
export function foreign(text: string, limit = 300): HTMLElement {
  const shown = visible(text);
  const title = shown.length > limit ? clip(shown, longestTitle) : undefined;
  return element("bdi", { title }, clip(shown, limit));
}

/** Somebody else's text for an attribute: aria-label, title, the window's title. */
export function plain(text: string, limit = 300): string {
  return clip(visible(text).replace(/\s+/g, " "), limit);
}
