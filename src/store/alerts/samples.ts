import { z } from "zod";
import type { Sample, Samples } from "../../alerts/index.ts";
import type { Clock } from "../../fleet/index.ts";
import { readJson } from "../json.ts";
import { storedKey } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { inBatches } from "./batches.ts";
import { facetsSchema, runtimeCountsSchema } from "./counts-json.ts";
import { whole } from "./numbers.ts";
import type { Rows } from "./rows.ts";
import { putSetups } from "./write-setups.ts";

const bodySchema = z.object({ counts: runtimeCountsSchema, facets: facetsSchema });

export interface SamplesOptions {
  readonly alerts: AlertDatabase;
  readonly clock: Clock;
  readonly rows: Rows;
}

export function createSamples({ alerts, clock, rows }: SamplesOptions): Samples {
  return {
    add: (term, samples, setups) =>
      alerts.writeAs<"done">(term, async (tx) => {
        const added = samples.map(({ list, at, counts, facets }) => {
          return { list: storedKey(list), at: whole(at), body: JSON.stringify({ counts, facets }) };
        });
        const distinct = new Map(added.map((row) => [JSON.stringify([row.list, row.at]), row]));
        await inBatches([...distinct.values()], (some) =>
          tx
            .insertInto("samples")
            .values(some)
            .onConflict((conflict) =>
              conflict.columns(["list", "at"]).doUpdateSet(({ ref }) => ({ body: ref("excluded.body") })),
            )
            .execute(),
        );
        await putSetups(tx, setups, whole(clock.now()));
        return "done";
      }),
    async of(list, since) {
      const found = await alerts.read((db) =>
        db
          .selectFrom("samples")
          .selectAll()
          .where("list", "=", storedKey(list))
          .where("at", ">=", whole(since))
          .orderBy("at")
          .execute(),
      );
      return rows.all("samples", found, ({ at, body }): Sample | undefined => {
        const read = readJson(bodySchema, body);
        return read && { list, at, ...read };
      });
    },
    async last(list) {
      const found = await alerts.read((db) =>
        db
          .selectFrom("samples")
          .select(({ fn }) => fn.max("at").as("at"))
          .where("list", "=", storedKey(list))
          .executeTakeFirst(),
      );
      return found?.at ?? undefined;
    },
  };
}
