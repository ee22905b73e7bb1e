import type { Insertable, Selectable } from "kysely";
import { z } from "zod";
import type { Episode } from "../../alerts/index.ts";
import { storedKey, storedText } from "../stored.ts";
import { findInBatches } from "./batches.ts";
import { kindCode, kindOf } from "./kinds.ts";
import { flag, whole, wholeOrNull } from "./numbers.ts";
import type { Rows } from "./rows.ts";
import { packBody, unpackBody } from "./sketch-json.ts";
import type { EpisodesTable } from "./tables.ts";

export type EpisodeRow = Selectable<EpisodesTable>;

const wordsSchema = z.object({
  state: z.enum(["pending", "told", "gone", "ended"]),
  ending: z.enum(["resolved", "gone", "silent"]).nullable(),
});

/** Undefined for a row of a kind or a state that this version does not know. */
export function episodeOf(row: EpisodeRow): Episode | undefined {
  const kind = kindOf(row.kind);
  const words = wordsSchema.safeParse(row).data;
  if (kind === undefined || words === undefined) {
    return undefined;
  }
  return {
    ...{ id: row.id, watch: row.watch, kind, state: words.state },
    ...{ beganAt: row.began_at, since: row.since, held: row.held, holding: row.holding !== 0, missed: row.missed },
    ...{ remindAt: row.remind_at ?? undefined, quiet: row.quiet !== 0, times: row.times },
    ...{ notice: row.notice ?? undefined, endNotice: row.end_notice ?? undefined },
    ...{ end: words.ending ?? undefined, endedAt: row.ended_at ?? undefined, until: row.ended_wall ?? undefined },
    acked: row.acked_by === null || row.acked_at === null ? undefined : { by: row.acked_by, at: row.acked_at },
    ...unpackBody(row.body, row),
  };
}

/** Reads rows of which there may be thousands, and lets other work get its turn in between. */
export async function readEpisodes(rows: Rows, found: readonly EpisodeRow[]): Promise<readonly Episode[]> {
  return findInBatches(found, async (some) => rows.all("episodes", some, episodeOf));
}

/** A row without who acknowledged it, which is written apart. */
export function episodeRow(episode: Episode): Insertable<EpisodesTable> {
  const { seen } = episode;
  const columns = { runtime: storedKey(episode.runtime), name: seen.name ? storedKey(seen.name) : null };
  return {
    id: storedText(episode.id),
    watch: storedText(episode.watch),
    ...columns,
    kind: kindCode(episode.kind),
    state: episode.state,
    began_at: whole(episode.beganAt),
    since: whole(episode.since),
    held: whole(episode.held),
    holding: flag(episode.holding),
    missed: episode.missed,
    remind_at: wholeOrNull(episode.remindAt),
    quiet: flag(episode.quiet),
    times: episode.times,
    notice: episode.notice ?? null,
    end_notice: episode.endNotice ?? null,
    ending: episode.end ?? null,
    ended_at: wholeOrNull(episode.endedAt),
    ended_wall: wholeOrNull(episode.until),
    acked_by: null,
    acked_at: null,
    body: packBody(episode, columns),
  };
}
