import { createHash } from "node:crypto";

/** Characters of base64url up to which an id holds its command. A card has room for few long ids. */
const longestHeld = 160;
/** UTF-16 units of a command that an id brings back. */
const longestCommand = 20_000;
/** Characters of an id that can be one: base64url takes four for three bytes, and a character up to three bytes. */
const longestId = 4 * longestCommand + 10;

/**
 * What names a button to the platform. It holds its command wherever that is short, so that a press needs no memory of the
 * card: `c.` and the command's UTF-8 in base64url. Otherwise `h.` and a hash of the command.
 */
export function buttonId(command: string): string {
  const held = Buffer.from(command.toWellFormed()).toString("base64url");
  return held.length <= longestHeld ? `c.${held}` : hashedId(command);
}

/** The short id of a command, which does not hold it: `h.` and 22 characters, 132 bits of its hash. */
export function hashedId(command: string): string {
  return `h.${createHash("sha256").update(command.toWellFormed()).digest("base64url").slice(0, 22)}`;
}

/** The id of another button of the same command: `times` is 2 for the second. */
export function idOfAnother(id: string, times: number): string {
  return `${id}.${times}`;
}

/** A label that begins as ids do, with another dot: where a platform gives labels in the place of ids, it is none. */
export function unlikeIds(label: string): string {
  return label.replace(/^(?<kind>[ch])\./, "$<kind>．");
}

const holding = /^c\.([\w-]+)(?:\.[1-9]\d{0,2})?$/;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The command that an id holds; undefined for a hash, and for what is no id of ours. Never throws. */
export function commandOfId(id: string): string | undefined {
  const held = id.length <= longestId ? holding.exec(id)?.[1] : undefined;
  if (held === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(held, "base64url");
  const command = bytes.toString("base64url") === held ? decoded(bytes) : undefined;
  return command !== undefined && command.length <= longestCommand ? command : undefined;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
