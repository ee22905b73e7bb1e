import { z } from "zod";
import { type FacetCount, type Facets, facetKeys, type RuntimeCounts, riskKinds } from "../../fleet/index.ts";

/** A field that JSON leaves out when it is undefined. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value) => value);
}

const count = z.number();

/** How many runtimes have each kind of risk; kinds that this version does not know are left out. */
export const kindCountsSchema = z.record(z.string(), count).transform((counts) => {
  return Object.fromEntries(riskKinds.flatMap((kind) => (counts[kind] === undefined ? [] : [[kind, counts[kind]]])));
});

export const runtimeCountsSchema: z.ZodType<RuntimeCounts> = z.object({
  runtimes: count,
  running: count,
  stopped: count,
  other: count,
  atRisk: count,
  riskUnknown: count,
  risks: maybe(z.object({ "agent-uninstalled": count, "model-modified": count, "channel-modified": count })),
});

const facetCountSchema: z.ZodType<FacetCount> = z.object({
  values: z.array(z.string()),
  label: maybe(z.string()),
  count,
});

/** Facets that this version does not know are left out. */
export const facetsSchema: z.ZodType<Facets> = z
  .record(z.string(), z.array(facetCountSchema))
  .transform((facets) =>
    Object.fromEntries(facetKeys.flatMap((key) => (facets[key] === undefined ? [] : [[key, facets[key]]]))),
  );
