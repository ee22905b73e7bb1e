import { sql, type Transaction } from "kysely";
import type { Watches, WatchState } from "../../alerts/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Tables } from "../schema.ts";
import { isAsGiven } from "../stored.ts";
import type { AlertDatabase } from "./alert-database.ts";
import { findInBatches } from "./batches.ts";
import { commitChange } from "./commit-change.ts";
import { removeWatch, saveWatch } from "./edit-watch.ts";
import { readEpisodes } from "./episode-row.ts";
import { muteOf } from "./mutes.ts";
import { noticeOf } from "./notice-row.ts";
import { whole } from "./numbers.ts";
import { placeKey } from "./place.ts";
import type { Rows } from "./rows.ts";
import { scanOf } from "./scan-row.ts";
import { unpackBody } from "./sketch-json.ts";
import { watchOf } from "./watch-row.ts";

export interface WatchesOptions {
  readonly alerts: AlertDatabase;
  readonly clock: Clock;
  readonly rows: Rows;
}

export function createWatches({ alerts, clock, rows }: WatchesOptions): Watches {
  return {
    async all() {
      const found = await alerts.read((db) =>
        db.selectFrom("watches").selectAll().orderBy("made_at").orderBy("id").execute(),
      );
      return rows.all("watches", found, watchOf);
    },
    async of(place) {
      const { channel, chat } = placeKey(place);
      const found = await alerts.read((db) =>
        db
          .selectFrom("watches")
          .selectAll()
          .where("channel", "=", channel)
          .where("chat", "=", chat)
          .orderBy("made_at")
          .orderBy("id")
          .execute(),
      );
      return rows.all("watches", found, watchOf);
    },
    state: (watch, endedSince) => alerts.look((tx) => readState(tx, { watch, endedSince }, rows)),
    openRuntimes: (watch) => alerts.look((tx) => openRuntimes(tx, watch)),
    save: (watch, keep, now) => alerts.write((tx) => saveWatch(tx, { watch, keep, now }, rows)),
    remove: (id, now) => alerts.write((tx) => removeWatch(tx, id, now)),
    commit: (term, change) => alerts.writeAs(term, (tx) => commitChange(tx, change, whole(clock.now()))),
    async lastComplete(watch) {
      const found = await alerts.read((db) =>
        db
          .selectFrom("scans")
          .selectAll()
          .where("watch", "=", watch)
          .where("complete", "=", 1)
          .orderBy("at", "desc")
          .limit(1)
          .executeTakeFirst(),
      );
      return rows.one("scans", found, scanOf);
    },
    async scans(watch, limit) {
      const found = await alerts.read((db) =>
        db.selectFrom("scans").selectAll().where("watch", "=", watch).orderBy("at", "desc").limit(limit).execute(),
      );
      return rows.all("scans", found, scanOf);
    },
    async history(watches, since) {
      const found = await alerts.read((db) =>
        findInBatches([...new Set(watches)], (some) =>
          db.selectFrom("scans").selectAll().where("watch", "in", some).where("wall", ">=", whole(since)).execute(),
        ),
      );
      const inOrder = found.toSorted((one, other) => one.wall - other.wall || one.at - other.at);
      return rows.all("scans", inOrder, scanOf);
    },
  };
}

/** Bodies are read only of those whose ids the column does not hold: there may be thousands. */
async function openRuntimes(tx: Transaction<Tables>, watch: string): Promise<ReadonlySet<string>> {
  const open = tx.selectFrom("episodes").where("watch", "=", watch).where("state", "!=", sql.lit("ended"));
  const found = await open.select("runtime").distinct().execute();
  const keys = found.map(({ runtime }) => runtime);
  const others = await findInBatches(
    keys.filter((key) => !isAsGiven(key)),
    (some) => open.select(["runtime", "name", "body"]).where("runtime", "in", some).execute(),
  );
  return new Set([...keys.filter(isAsGiven), ...others.map((row) => unpackBody(row.body, row).runtime)]);
}

/** The view of one moment, as `tx` sees it. */
async function readState(
  tx: Transaction<Tables>,
  { watch: id, endedSince }: { readonly watch: string; readonly endedSince: number },
  rows: Rows,
): Promise<WatchState | undefined> {
  const found = await tx.selectFrom("watches").selectAll().where("id", "=", id).executeTakeFirst();
  const watch = rows.one("watches", found, watchOf);
  if (watch === undefined) {
    return undefined;
  }
  const episodes = tx.selectFrom("episodes").selectAll().where("watch", "=", id);
  const scans = tx.selectFrom("scans").selectAll().where("watch", "=", id).orderBy("at", "desc").limit(1);
  const owed = await tx
    .selectFrom("notices")
    .selectAll()
    .where("watch", "=", id)
    .where("state", "=", sql.lit("owed"))
    .orderBy("position")
    .execute();
  const tried = owed.filter(({ attempts }) => attempts > 0);
  const mutes = tx.selectFrom("mutes").selectAll().where("channel", "=", watch.channel).where("chat", "=", watch.chat);
  const open = await episodes.where("state", "!=", sql.lit("ended")).orderBy("id").execute();
  const ended = await episodes.where("ended_at", ">=", whole(endedSince)).orderBy("ended_at").orderBy("id").execute();
  return {
    watch,
    open: await readEpisodes(rows, open),
    ended: await readEpisodes(rows, ended),
    untried: rows.all(
      "notices",
      owed.filter(({ attempts }) => attempts === 0),
      noticeOf,
    ),
    tried: rows.all("notices", tried, noticeOf),
    refused: tried.filter(({ aside }) => aside === "refused").map((notice) => notice.id),
    mutes: rows.all("mutes", await mutes.execute(), muteOf),
    lastComplete: rows.one("scans", await scans.where("complete", "=", 1).executeTakeFirst(), scanOf),
    last: rows.one("scans", await scans.executeTakeFirst(), scanOf),
  };
}
