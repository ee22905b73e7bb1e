import { z } from "zod";

/** Texts longer than this are cut: nothing that is shown needs more, and a broken row must not fill the memory. */
const longestText = 1_000;
/** Entries of a list beyond this are dropped. */
const longestList = 1_000;
const deepest = 5;
const mostFields = 50;

/** Well-formed Unicode of at most 1,000 characters; a cut is shown by an ellipsis and never splits a character. */
function capped(value: string): string {
  const text = value.toWellFormed();
  if (text.length <= longestText) return text;
  const head = text.slice(0, longestText - 1);
  return `${head.isWellFormed() ? head : head.slice(0, -1)}…`;
}

function toText(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : capped(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

function toFlag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const word = toText(value)?.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  if (word === "false" || word === "0") return false;
  return undefined;
}

function toWhole(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || !/^\s*\d{1,15}\s*$/.test(value))) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function toTexts(value: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value.slice(0, longestList) : [value];
  return entries.map(toText).filter((entry) => entry !== undefined);
}

/** A text; numbers and booleans are read as text, anything else and the empty text as undefined. */
export const text = z.unknown().optional().transform(toText);

/** A boolean, also as text or as 0 and 1; anything else is undefined. */
export const flag = z.unknown().optional().transform(toFlag);

/** A whole number from 0, also as text; anything else is undefined. */
export const whole = z.unknown().optional().transform(toWhole);

/** A list of texts without empty ones; a lone text is a list of one, anything else an empty list. */
export const texts = z.unknown().optional().transform(toTexts);

/** The entries of a list; anything else is an empty list. */
export const entries = z
  .unknown()
  .optional()
  .transform((value): readonly unknown[] => (Array.isArray(value) ? value : []));

/** Whether the value is an object and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value with its texts cut, its lists and objects bounded, and nothing deeper than five levels. */
function bounded(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return capped(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.slice(0, mostFields).map((entry) => bounded(entry, depth + 1));
  return boundedFields(Object.entries(value), depth + 1);
}

/** An object of these fields, bounded like `bounded`. */
export function boundedFields(fields: readonly (readonly [string, unknown])[], depth = 0): Record<string, unknown> {
  return Object.fromEntries(fields.slice(0, mostFields).map(([name, value]) => [capped(name), bounded(value, depth)]));
}
