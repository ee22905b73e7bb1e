import type { Transaction } from "kysely";
import type { Setup } from "../../alerts/index.ts";
import type { Tables } from "../schema.ts";
import { storedKey } from "../stored.ts";
import { inBatches } from "./batches.ts";
import { setupJson } from "./sketch-json.ts";

/** How long after a setup was written it is written again though it is the same, so that it is not forgotten: milliseconds. */
const setupHolds = 24 * 60 * 60_000;

/**
 * Writes how runtimes were set up while nothing was at risk. What is stored already is left alone, so that a scan of a quiet
 * fleet writes nothing. `now`: wall time.
 */
export async function putSetups(
  tx: Transaction<Tables>,
  setups: readonly (Setup & { readonly runtime: string })[],
  now: number,
): Promise<void> {
  const rows = new Map(
    setups.map((setup) => {
      const runtime = storedKey(setup.runtime);
      return [runtime, { runtime, body: setupJson(setup), seen_at: now }];
    }),
  );
  await inBatches([...rows.values()], (some) =>
    tx
      .insertInto("setups")
      .values(some)
      .onConflict((conflict) =>
        conflict
          .column("runtime")
          .doUpdateSet(({ ref }) => ({ body: ref("excluded.body"), seen_at: ref("excluded.seen_at") }))
          .where(({ eb, or, ref }) =>
            or([eb("setups.body", "!=", ref("excluded.body")), eb("setups.seen_at", "<", now - setupHolds)]),
          ),
      )
      .execute(),
  );
}
