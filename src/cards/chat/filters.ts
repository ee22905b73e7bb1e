import { parseFilters } from "../../commands/index.ts";
import type { Filters } from "../../fleet/index.ts";

/** The filters of a stored text; undefined when it cannot be read any more. */
export function filtersOf(text: string): Filters | undefined {
  const parsed = parseFilters(text);
  return parsed.ok ? parsed.filters : undefined;
}
