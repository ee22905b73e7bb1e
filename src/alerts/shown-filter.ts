import { concealed, concealFilters, type Grant } from "../bot/index.ts";
import { parseFilters, printFilters } from "../commands/index.ts";

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
    return concealed;
  }
  return parsed.filters.user === undefined ? filter : printFilters(concealFilters(parsed.filters, show));
}
