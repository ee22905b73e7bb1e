import { z } from "zod";
import { foldWord, nearestWord } from "../commands/index.ts";
import { otherName } from "./other-names.ts";
import { formatPath, type Path } from "./problem.ts";

/** Every key of a schema from the top, such as `http.port`; keys of the items of a list as `access.rules[].channel`. */
export function keysOf(schema: z.core.$ZodType, path = ""): readonly string[] {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return keysOf(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodPipe) {
    return keysOf(schema.in, path);
  }
  if (schema instanceof z.ZodArray) {
    return keysOf(schema.element, `${path}[]`);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return [...new Set(schema.options.flatMap((option) => keysOf(option, path)))];
  }
  if (!(schema instanceof z.ZodObject)) {
    return [];
  }
  return Object.entries(schema.shape).flatMap(([key, inner]) => {
    const full = path === "" ? key : `${path}.${key}`;
    return [full, ...keysOf(inner, full)];
  });
}

/** What to say about a key that is not known in a section: the key that was meant, or those that there are. */
export function adviseKey(known: readonly string[], section: Path, key: string): string | undefined {
  const prefix = patternOf(section);
  const siblings = known.flatMap((full) => {
    const rest = prefix === "" ? full : full.startsWith(`${prefix}.`) ? full.slice(prefix.length + 1) : "";
    return rest === "" || /[.[]/.test(rest) ? [] : [rest];
  });
  const near = nearestWord(key, siblings) ?? otherName(key, siblings);
  if (near !== undefined) {
    return near === key ? "it goes with another type" : `did you mean ${near}?`;
  }
  if (known.includes(prefix === "" ? key : `${prefix}.${key}`)) {
    return "a dot does not lead into a section: write the section, and the key below it";
  }
  const elsewhere = placeOf(known, key);
  if (elsewhere !== undefined) {
    return `did you mean ${elsewhere}?`;
  }
  return siblings.length === 0 ? undefined : `the keys here are ${siblings.join(", ")}`;
}

/** The one key of this name, or of what this is called here, that stands in another section; those of lists are too many. */
function placeOf(known: readonly string[], key: string): string | undefined {
  const lastOf = (full: string): string => full.replace(/^.*\./, "");
  const single = known.filter((full) => !full.includes("[]"));
  const called = (name: string): readonly string[] =>
    single.filter((full) => foldWord(lastOf(full)) === foldWord(name));
  const own = called(key);
  const places = own.length > 0 ? own : called(otherName(key, single.map(lastOf)) ?? key);
  return places.length === 1 ? places[0] : undefined;
}

function patternOf(path: Path): string {
  return formatPath(path).replace(/\[\d+\]/g, "[]");
}
