import { type Kysely, sql } from "kysely";
import type { Episode, Episodes } from "../../alerts/index.ts";
import { readJson } from "../json.ts";
import type { Tables } from "../schema.ts";
import { storedKey, storedText } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { findInBatches, inBatches } from "./batches.ts";
import { type EpisodeRow, episodeOf } from "./episode-row.ts";
import { kindOf } from "./kinds.ts";
import { listingsOf, type Member } from "./listings.ts";
import { whole } from "./numbers.ts";
import type { Rows } from "./rows.ts";
import { storedSetupSchema } from "./sketch-json.ts";
import { markStale } from "./write-notices.ts";

export function createEpisodes({ alerts, rows }: { readonly alerts: AlertDatabase; readonly rows: Rows }): Episodes {
  const read = (found: readonly EpisodeRow[]) => rows.all("episodes", found, episodeOf);

  /** Those that point at a notice: open ones first, then the worst, then the oldest. */
  async function pointing(
    column: "notice" | "end_notice",
    notice: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly episodes: readonly Episode[]; readonly total: number }> {
    return alerts.look(async (tx) => {
      const all = tx.selectFrom("episodes").where(column, "=", notice);
      const found = await all
        .selectAll()
        .orderBy(sql`case when state = 'ended' then 1 else 0 end`)
        .orderBy("kind")
        .orderBy("since")
        .orderBy("id")
        .limit(limit)
        .offset(offset)
        .execute();
      const { count } = await all.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
      return { episodes: read(found), total: Number(count) };
    });
  }

  return {
    async get(id) {
      const found = await alerts.read((db) =>
        db.selectFrom("episodes").selectAll().where("id", "=", storedText(id)).executeTakeFirst(),
      );
      return rows.one("episodes", found, episodeOf);
    },
    ofNotice: (notice, offset, limit) => pointing("notice", notice, { offset, limit }),
    endedWith: (notice, limit) => pointing("end_notice", notice, { offset: 0, limit }),
    async some(ids) {
      const found = await alerts.read((db) => rowsOf(db, ids));
      const byId = new Map(read(found).map((episode) => [episode.id, episode]));
      return ids.map((id) => byId.get(id)).filter((episode) => episode !== undefined);
    },
    open: (watches, limit) =>
      alerts.look(async (tx) => {
        if (watches.length === 0) {
          return { episodes: [], total: 0 };
        }
        const all = tx.selectFrom("episodes").where("watch", "in", watches).where("state", "!=", sql.lit("ended"));
        const found = await all.selectAll().orderBy("kind").orderBy("since").orderBy("id").limit(limit).execute();
        const { count } = await all.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
        return { episodes: read(found), total: Number(count) };
      }),
    openByKind: () =>
      alerts.read(async (db) => {
        const counts = await db
          .selectFrom("episodes")
          .select(({ fn }) => ["kind", fn.countAll<number>().as("count")])
          .where("state", "!=", sql.lit("ended"))
          .groupBy("kind")
          .execute();
        return counts.flatMap(({ kind, count }) => {
          const known = kindOf(kind);
          return known === undefined ? [] : [{ kind: known, count: Number(count) }];
        });
      }),
    async ofRuntime(target, watches, limit) {
      if (watches.length === 0) {
        return [];
      }
      const key = storedKey(target);
      const found = await alerts.read((db) =>
        db
          .selectFrom("episodes")
          .selectAll()
          .where(({ eb, or }) => or([eb("runtime", "=", key), eb("name", "=", key)]))
          .where("watch", "in", watches)
          .orderBy("since", "desc")
          .orderBy("id")
          .limit(limit)
          .execute(),
      );
      return read(found);
    },
    acknowledge: (ids, by, at) =>
      alerts.write(async (tx) => {
        const acked: (Member & { readonly notice: string | null })[] = [];
        await inBatches([...new Set(ids)].map(storedText), async (some) => {
          const done = await tx
            .updateTable("episodes")
            .set({ acked_by: storedText(by), acked_at: whole(at) })
            .where("id", "in", some)
            .where("state", "!=", sql.lit("ended"))
            .where("acked_at", "is", null)
            .returning(["id", "watch", "notice"])
            .execute();
          acked.push(...done);
        });
        const told = acked.map(({ notice }) => notice).filter((notice) => notice !== null);
        await markStale(tx, [...told, ...(await listingsOf(tx, acked))]);
        return acked.map(({ id }) => id);
      }),
    async setups(runtimes) {
      const byKey = new Map(runtimes.map((runtime) => [storedKey(runtime), runtime]));
      const found = await alerts.read((db) =>
        findInBatches([...byKey.keys()], (some) =>
          db.selectFrom("setups").selectAll().where("runtime", "in", some).execute(),
        ),
      );
      const known = rows.all("setups", found, ({ runtime, body }) => {
        const [name, setup] = [byKey.get(runtime), readJson(storedSetupSchema, body)];
        return name === undefined || setup === undefined ? undefined : ([name, setup] as const);
      });
      return new Map(known);
    },
  };
}

function rowsOf(db: Kysely<Tables>, ids: readonly string[]): Promise<readonly EpisodeRow[]> {
  return findInBatches([...new Set(ids)].map(storedText), (some) =>
    db.selectFrom("episodes").selectAll().where("id", "in", some).execute(),
  );
}
