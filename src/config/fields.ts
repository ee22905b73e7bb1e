import { z } from "zod";
import { nearestWord } from "../commands/index.ts";
import { faultOfBaseUrl, isListenHost, parseEndpoint } from "./address.ts";
import { durationPattern, formatDuration, parseDuration, suggestDuration } from "./duration.ts";
import { createSecret } from "./secret.ts";

// Each message is the end of a sentence about a key, "must be …"; what was written instead is added where it may be shown.

/** A section: a mapping with no keys but these. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, { error: "must be a section, with its keys on indented lines or in { }" });
}

/** Text of at most 200 characters, unless more are given; may be empty. */
export function text(most = 200) {
  const message = `must be text of at most ${most} characters`;
  return z.string({ error: "must be text" }).max(most, { error: message });
}

/** Text that says something. */
export function word() {
  const message = "must be text that is not empty, of at most 200 characters, without blanks around it";
  return z
    .string({ error: "must be text" })
    .min(1, { error: message })
    .max(200, { error: message })
    .refine((value) => value === value.trim(), { error: message });
}

/** Text that is never shown again; may be empty. A blank around it is nearly always one that was copied along. */
export function secret() {
  return z
    .string({ error: "must be text" })
    .max(1_000, { error: "must be text of at most 1000 characters" })
    .refine((value) => value === value.trim(), { error: "has a blank or a line break around it" })
    .transform((value) => createSecret(value));
}

/** `true` or `false`. */
export function flag() {
  return z.boolean({ error: "must be true or false" });
}

/** A whole number, both bounds included. */
export function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** A number from 0 to `most`; `positive` leaves out 0. */
export function decimalNumber(most: number, options: { readonly positive: boolean }) {
  const error = options.positive ? `must be a number above 0, up to ${most}` : `must be a number from 0 to ${most}`;
  const number = z.number({ error }).max(most, { error });
  return options.positive ? number.gt(0, { error }) : number.min(0, { error });
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `must be one of ${words.join(", ")}` });
}

/** How many values a list may have. */
export interface ListBounds {
  readonly least?: number;
  readonly most: number;
  readonly same?: (value: string) => string;
}

/** A list of values that differ from each other as `same` reads them: to the letter, unless given. */
export function distinct<Item extends z.ZodType<string>>(
  item: Item,
  { least = 0, most, same = (value) => value }: ListBounds,
) {
  const size = least === 0 ? `a list of at most ${most}` : `a list of ${least} to ${most}`;
  const error = `must be ${size}, such as [a, b]`;
  return z
    .array(item, { error })
    .min(least, { error })
    .max(most, { error })
    .superRefine((values, context) => {
      const seen = new Set<string>();
      values.forEach((value, index) => {
        const read = same(value);
        if (seen.has(read)) {
          context.addIssue({ code: "custom", path: [index], message: "is in the list already", input: value });
        }
        seen.add(read);
      });
    });
}

/** Bounds of a duration in milliseconds, both included. `zero` lets 0 stand for "never" or "at once". */
export interface DurationBounds {
  readonly least: number;
  readonly most: number;
  readonly zero?: boolean;
}

/** A duration such as `8s`, read into milliseconds. */
export function duration({ least, most, zero = false }: DurationBounds) {
  const range = `from ${formatDuration(least)} to ${formatDuration(most)}`;
  const message = `must be a duration ${range}${zero ? ", or 0" : ""}`;
  return z
    .union([z.string().meta({ pattern: durationPattern }), z.number().meta({ const: 0 })], { error: message })
    .transform((value, context) => {
      const parsed = parseDuration(String(value));
      if (parsed !== undefined && ((parsed >= least && parsed <= most) || (zero && parsed === 0))) {
        return parsed;
      }
      const meant = parsed === undefined ? suggestDuration(String(value)) : undefined;
      context.addIssue({ code: "custom", message, input: value, params: meantHint(meant) });
      return z.NEVER;
    });
}

/** `host[:port]`, or empty. */
export function endpoint() {
  return text().superRefine((value, context) => {
    if (value !== "" && parseEndpoint(value) === undefined) {
      const bare = value.replace(/^[a-z]+:\/\//i, "").replace(/[/?#].*$/s, "");
      const meant = bare !== value && parseEndpoint(bare) !== undefined ? bare : undefined;
      const message = "must be host or host:port, without https:// and without a path";
      context.addIssue({ code: "custom", message, input: value, params: meantHint(meant) });
    }
  });
}

/** A name or an address to listen on. */
export function listenHost() {
  const message = "must be a host name or an IP address, without a port";
  return z.string({ error: message }).refine(isListenHost, { error: message });
}

/** An address of a platform, or one of the words that stand for one. A slash at the end is dropped. */
export function baseUrl(words: readonly string[] = []) {
  const choices = words.length === 0 ? "" : `${words.join(", ")} or `;
  const pattern = [...words, "https?://.+"].join("|");
  return z
    .string({ error: `must be ${choices}a base URL` })
    .superRefine((value, context) => {
      const fault = words.includes(value) ? undefined : faultOfBaseUrl(value);
      if (fault !== undefined) {
        const named = words.find((word) => value.toLowerCase().includes(word));
        const complete = named === undefined && faultOfBaseUrl(`https://${value}`) === undefined;
        const params = meantHint(nearestWord(value, words) ?? named ?? (complete ? `https://${value}` : undefined));
        context.addIssue({ code: "custom", message: `must be ${choices}${fault}`, input: value, params });
      }
    })
    .transform((value) => value.replace(/\/+$/, ""))
    .meta({ pattern: `^(?:${pattern})$` });
}

function meantHint(meant: string | undefined): Record<string, unknown> {
  return meant === undefined ? {} : { hint: `did you mean ${meant}?` };
}
