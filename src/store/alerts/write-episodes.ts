import type { Transaction } from "kysely";
import type { Episode } from "../../alerts/index.ts";
import type { Tables } from "../schema.ts";
import { inBatches } from "./batches.ts";
import { episodeRow } from "./episode-row.ts";
import type { EpisodesTable } from "./tables.ts";

/** What a later state of an episode replaces: not who acknowledged it. */
const replaced = [
  ...(["name", "state", "began_at", "since", "held", "holding", "missed", "remind_at", "quiet", "times"] as const),
  ...(["notice", "end_notice", "ending", "ended_at", "ended_wall", "body"] as const),
] satisfies readonly (keyof EpisodesTable)[];

/** Writes episodes that were made or changed. Those that ended go first: another of the same runtime may begin with them. */
export async function putEpisodes(tx: Transaction<Tables>, episodes: readonly Episode[]): Promise<void> {
  const ended = episodes.filter(({ state }) => state === "ended");
  const open = episodes.filter(({ state }) => state !== "ended");
  for (const some of [ended, open]) {
    await inBatches(some.map(episodeRow), (rows) =>
      tx
        .insertInto("episodes")
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .column("id")
            .doUpdateSet(({ ref }) => Object.fromEntries(replaced.map((name) => [name, ref(`excluded.${name}`)]))),
        )
        .execute(),
    );
  }
}
