import type { Filters, Listing, Query, Reader, Runtime } from "../../src/fleet/index.ts";
import { call } from "./memory-fleet.ts";

export function queryOf(part: Partial<Query> = {}): Query {
  return { filters: {}, page: 1, size: 10, sort: undefined, ...part };
}

/** The page that a reader lists; a failure or a list that is too large fails the test. */
export async function listed(reader: Reader, query: Partial<Query>, scope: Filters = {}): Promise<Listing> {
  const outcome = await reader.list(queryOf(query), scope, call);
  if (!outcome.ok) throw new Error(`no list: ${outcome.failure.kind} ${outcome.failure.detail}`);
  if (outcome.value.kind === "too-large") throw new Error("too large");
  return outcome.value;
}

/** Every page from the first to the last that the list names on the way. */
export async function walk(reader: Reader, query: Partial<Query>, scope: Filters = {}): Promise<readonly Listing[]> {
  const pages: Listing[] = [];
  for (let page = 1; page <= (pages.at(-1)?.pages ?? 1); page += 1) {
    pages.push(await listed(reader, { ...query, page }, scope));
  }
  return pages;
}

export const shown = (pages: readonly Listing[]): readonly Runtime[] => pages.flatMap(({ runtimes }) => runtimes);
export const idsOf = (runtimes: readonly Runtime[]): readonly string[] => runtimes.map(({ id }) => id);
