import { z } from "zod";
import type { About, Digest } from "../../alerts/index.ts";
import { facetsSchema, kindCountsSchema, maybe, runtimeCountsSchema } from "./counts-json.ts";

const time = z.number();

/** Why a watch or a digest stands still. */
export const pauseSchema = z.enum(["right", "filter", "chat"]);

/** The digest before, as one tells and remembers it. */
export const lastDigestSchema: z.ZodType<Digest["last"]> = maybe(z.object({ slot: time, counts: runtimeCountsSchema }));

/** What a notice says, as it stands in the store. */
export const aboutSchema: z.ZodType<About> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("episodes"), total: z.number(), kinds: kindCountsSchema }),
  z.object({ kind: z.literal("some"), episodes: z.array(z.string()), total: z.number() }),
  z.object({ kind: z.literal("blind"), since: time, reason: z.string() }),
  z.object({ kind: z.literal("sight"), since: time, until: time }),
  z.object({ kind: z.literal("paused"), why: pauseSchema, filter: z.string() }),
  z.object({
    kind: z.literal("budget"),
    what: z.enum(["calls-optional", "calls-slower", "pushes-optional", "pushes-spent"]),
    used: z.number(),
    of: z.number(),
    interval: z.number(),
  }),
  z.object({ kind: z.literal("test"), by: z.string(), at: time }),
  z.object({
    kind: z.literal("digest"),
    slot: time,
    zone: z.string(),
    filter: z.string(),
    summary: maybe(
      z.object({
        counts: runtimeCountsSchema,
        facets: facetsSchema,
        counted: z.enum(["runtimes", "totals"]),
        unreadable: z.number(),
        complete: z.boolean(),
      }),
    ),
    last: lastDigestSchema,
    skipped: z.array(time),
  }),
]);
