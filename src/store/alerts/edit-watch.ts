import { sql, type Transaction } from "kysely";
import type { About, Episode, Moment, Place } from "../../alerts/index.ts";
import { readJson } from "../json.ts";
import type { Tables } from "../schema.ts";
import { aboutSchema } from "./about-json.ts";
import { inBatches } from "./batches.ts";
import { readEpisodes } from "./episode-row.ts";
import { kindOf } from "./kinds.ts";
import { listingsOf } from "./listings.ts";
import { whole } from "./numbers.ts";
import type { Rows } from "./rows.ts";
import { type WatchSetup, watchRow } from "./watch-row.ts";
import { dropUntried, markStale, reviseUntried } from "./write-notices.ts";

// To be called while the row of the leader is locked: what a scan changes is written before or after, never meanwhile.

export interface Edit {
  readonly watch: WatchSetup;
  readonly keep: (episode: Episode) => boolean;
  readonly now: Moment;
}

/** Makes or edits a watch, as `Watches.save` says. */
export async function saveWatch(
  tx: Transaction<Tables>,
  { watch, keep, now }: Edit,
  rows: Rows,
): Promise<{ readonly edited: boolean; readonly ended: number }> {
  const row = watchRow(watch);
  const before = await tx.selectFrom("watches").select("revision").where("id", "=", row.id).executeTakeFirst();
  if (before === undefined) {
    await tx
      .insertInto("watches")
      .values({ ...row, revision: 1, blind_since: null })
      .execute();
    return { edited: false, ended: 0 };
  }
  await tx
    .updateTable("watches")
    .set({ ...row, revision: before.revision + 1 })
    .where("id", "=", row.id)
    .execute();
  const open = await tx
    .selectFrom("episodes")
    .selectAll()
    .where("watch", "=", row.id)
    .where("state", "!=", sql.lit("ended"))
    .execute();
  const ending = (await readEpisodes(rows, open)).filter((episode) => !keep(episode));
  await endSilently(tx, { watch: row.id, ending, now });
  return { edited: true, ended: ending.length };
}

interface Ending {
  readonly watch: string;
  readonly ending: readonly Episode[];
  readonly now: Moment;
}

/** Ends episodes. They leave notices that were never tried, and are shown as ended on the cards of the others. */
async function endSilently(tx: Transaction<Tables>, { watch, ending, now }: Ending): Promise<void> {
  const owed = await tx
    .selectFrom("notices")
    .select(["id", "body"])
    .where("watch", "=", watch)
    .where("state", "=", sql.lit("owed"))
    .where("attempts", "=", 0)
    .execute();
  const untried = new Set(owed.map(({ id }) => id));
  const isOwed = ({ notice }: Episode) => notice !== undefined && untried.has(notice);
  await inBatches(idsOf(ending), (ids) => tx.updateTable("episodes").set(ended(now)).where("id", "in", ids).execute());
  await inBatches(idsOf(ending.filter(isOwed)), (ids) =>
    tx.updateTable("episodes").set({ notice: null }).where("id", "in", ids).execute(),
  );
  const told = ending.filter((episode) => !isOwed(episode)).map(({ notice }) => notice);
  await markStale(tx, [...told.filter((notice) => notice !== undefined), ...(await listingsOf(tx, ending))]);
  const left = new Set(ending.filter(isOwed).map(({ notice }) => notice));
  for (const { id, body } of owed) {
    const about = readJson(aboutSchema, body);
    const rest = about && (await withoutEnded(tx, { id, about, left: left.has(id), ended: new Set(idsOf(ending)) }));
    if (rest === "nobody") {
      await dropUntried(tx, [id], whole(now.wall));
    } else if (rest !== undefined) {
      await reviseUntried(tx, [{ id, about: rest }]);
    }
  }
}

interface Left {
  readonly id: string;
  readonly about: About;
  /** Whether episodes that pointed at it have left it. */
  readonly left: boolean;
  readonly ended: ReadonlySet<string>;
}

/** What a notice says after episodes ended; undefined when that is the same, `nobody` when nothing is left of it. */
async function withoutEnded(
  tx: Transaction<Tables>,
  { id, about, left, ended }: Left,
): Promise<About | "nobody" | undefined> {
  if (about.kind === "some") {
    const episodes = about.episodes.filter((one) => !ended.has(one));
    const total = about.total - (about.episodes.length - episodes.length);
    return episodes.length === 0 ? "nobody" : { ...about, episodes, total };
  }
  if (about.kind !== "episodes" || !left) {
    return undefined;
  }
  const counts = await tx
    .selectFrom("episodes")
    .select(({ fn }) => ["kind", fn.countAll<number>().as("count")])
    .where(({ eb, or }) => or([eb("notice", "=", id), eb("end_notice", "=", id)]))
    .groupBy("kind")
    .execute();
  const kinds = counts.flatMap(({ kind, count }) => {
    const known = kindOf(kind);
    return known === undefined ? [] : [{ kind: known, count: Number(count) }];
  });
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  return total === 0
    ? "nobody"
    : { kind: "episodes", total, kinds: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])) };
}

/**
 * A chat is told once for all of its watches that they are blind: when the one that was to say so is removed before it did, the
 * others say it.
 */
async function leaveBlindToOthers(tx: Transaction<Tables>, id: string, { channel, chat }: Place): Promise<void> {
  const blind = await tx
    .selectFrom("notices")
    .select("id")
    .where("watch", "=", id)
    .where("kind", "=", "blind")
    .where("state", "=", sql.lit("owed"))
    .where("attempts", "=", 0)
    .executeTakeFirst();
  if (blind !== undefined) {
    const others = tx.updateTable("watches").where("channel", "=", channel).where("chat", "=", chat);
    await others.set({ blind_since: null }).execute();
  }
}

/** Removes a watch, as `Watches.remove` says. */
export async function removeWatch(tx: Transaction<Tables>, id: string, now: Moment): Promise<boolean> {
  const [removed] = await tx.deleteFrom("watches").where("id", "=", id).returning(["channel", "chat"]).execute();
  if (removed === undefined) {
    return false;
  }
  await leaveBlindToOthers(tx, id, removed);
  await tx
    .updateTable("notices")
    .set({ state: "dropped", closed_at: whole(now.wall) })
    .where("watch", "=", id)
    .where("state", "=", sql.lit("owed"))
    .where("attempts", "=", 0)
    .execute();
  const open = await tx
    .selectFrom("episodes")
    .select(["id", "watch", "notice"])
    .where("watch", "=", id)
    .where("state", "!=", sql.lit("ended"))
    .execute();
  const told = open.map(({ notice }) => notice).filter((notice) => notice !== null);
  await markStale(tx, [...told, ...(await listingsOf(tx, open))]);
  await tx
    .updateTable("episodes")
    .set(ended(now))
    .where("watch", "=", id)
    .where("state", "!=", sql.lit("ended"))
    .execute();
  return true;
}

function ended({ steady, wall }: Moment) {
  return { state: "ended", ending: "silent", ended_at: whole(steady), ended_wall: whole(wall) };
}

function idsOf(episodes: readonly Episode[]): readonly string[] {
  return episodes.map(({ id }) => id);
}
