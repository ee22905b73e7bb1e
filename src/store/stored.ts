import { createHash } from "node:crypto";

/**
 * A text as both databases can hold it: PostgreSQL refuses U+0000 in a text, and half a surrogate pair has no UTF-8. One such
 * text would otherwise fail the whole commit that it is written with.
 */
export function storedText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}

/** PostgreSQL's B-tree takes entries up to about 2,700 bytes; three of these, at three bytes a character, stay below. */
const longestKey = 250;

const digest = "sha256:";

/** A text as part of a key: what is too long for an index is there as its digest. */
export function storedKey(text: string): string {
  return text.length > longestKey
    ? `${digest}${createHash("sha256").update(text.toWellFormed()).digest("base64url")}`
    : storedText(text);
}

/** Whether a stored key is the text that it was made of, and not what stands for it. */
export function isAsGiven(key: string): boolean {
  return !key.startsWith(digest) && !key.includes("\uFFFD");
}
