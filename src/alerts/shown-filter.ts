import type { Grant } from "../bot/index.ts";
import { parseFilters, printFilters } from "../commands/index.ts";
import type { Filters } from "../fleet/index.ts";

/** What stands for values that may not be shown. */
const hidden = "…";

/**
 * A filter, in canonical text, as somebody may see it: where users are not shown in full, one by user would name them. Of one
 * that cannot be read nobody knows what it names.
 */
export function shownFilter(filter: string, { show }: Pick<Grant, "show">): string {
  if (show === "full") {
    return filter;
  }
  const parsed = parseFilters(filter);
  if (!parsed.ok) {
    return hidden;
  }
  return parsed.filters.user === undefined ? filter : printFilters(shownFilters(parsed.filters, { show }));
}

/** The same of filters that were read. */
export function shownFilters(filters: Filters, { show }: Pick<Grant, "show">): Filters {
  return show === "full" || filters.user === undefined ? filters : { ...filters, user: [hidden] };
}
