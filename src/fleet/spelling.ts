import { foldSpelling } from "./filter-definition.ts";
import { type FilterKey, filterDefinition } from "./keys.ts";

/** A value as it is documented, whatever way the API spells it ("OPEN_CLAW" is "OpenClaw"); others as they came. */
export function plainSpelling(key: FilterKey, value: string): string {
  const { values } = filterDefinition(key);
  if (values.includes(value)) {
    return value;
  }
  const folded = foldSpelling(value);
  return values.find((known) => foldSpelling(known) === folded) ?? value;
}

export function plainProvider(provider: string): string {
  return plainSpelling("provider", provider);
}

/** A version without the name of its product: the API says both "2026.4.15" and "OpenClaw 2026.4.15". */
export function plainVersion(version: string): string {
  const word = version.trimEnd().split(/\s/).at(-1) ?? "";
  return /^\D*(\d[\w.+-]*)$/.exec(word)?.[1] ?? version;
}
