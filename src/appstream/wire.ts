import type { PageRequest } from "../fleet/index.ts";

/** The largest page that is asked for; the API's own cap is not published. */
const largestPage = 100;

/** Parameters as they travel: flattened, every value a text that is not empty. */
export type Query = Readonly<Record<string, string>>;

function flatten(name: string, value: string | readonly string[]): readonly (readonly [string, string])[] {
  if (typeof value === "string") return value === "" ? [] : [[name, value.toWellFormed()]];
  return value
    .filter((entry) => entry !== "")
    .map((entry, index) => [`${name}.${index + 1}`, entry.toWellFormed()] as const);
}

/** A page size within what is asked for: 1 to 100. */
export function boundedSize(size: number): number {
  return Math.min(Math.max(Math.trunc(size), 1), largestPage);
}

/**
 * The query of one page: lists become `Name.1`, `Name.2` … without gaps, empty values are left out, provider and page
 * win over filters of the same name. Equal requests give equal queries, names in the same order.
 */
export function toQuery(request: PageRequest): Query {
  const filters = Object.entries(request.filters).flatMap(([name, value]) => flatten(name, value));
  const query = {
    ...Object.fromEntries(filters),
    ...Object.fromEntries(flatten("AgentProvider", request.provider)),
    PageNumber: String(Math.max(Math.trunc(request.page), 1)),
    PageSize: String(boundedSize(request.size)),
  };
  return Object.fromEntries(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1)));
}
