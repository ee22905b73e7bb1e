import { type Kysely, type Selectable, sql } from "kysely";
import type { AuditPage, AuditQuery } from "../bot/index.ts";
import type { AuditsTable, Tables } from "./schema.ts";

/** What to read, with names as they are stored; nothing before the place `from`. */
export type StoredQuery = Omit<AuditQuery, "since"> & { readonly from: string };

type StoredPage = Omit<AuditPage, "entries"> & { readonly entries: readonly Selectable<AuditsTable>[] };

/** How many of those who did the most are named. */
const mostPeople = 20;

/** A page of the audit of one chat, and what stands around it. */
export async function readAudit(db: Kysely<Tables>, query: StoredQuery): Promise<StoredPage> {
  const { users, until, skip, size } = query;
  const all = ofChat(db, query);
  const some = users === undefined ? all : all.where("actor", "in", users);
  const found = await (until === undefined ? some.offset(skip) : some.where("place", "<=", until))
    .selectAll()
    .orderBy("place", "desc")
    .limit(size + 1)
    .execute();
  const entries = found.slice(0, size);
  const [first, last] = [entries[0]?.place, entries.at(-1)?.place];
  const newer =
    first === undefined
      ? []
      : await some.where("place", ">", first).select("place").orderBy("place").limit(size).execute();
  const older = last === undefined ? undefined : await some.where("place", "<", last).select(count).executeTakeFirst();
  const counts = await some
    .select([
      count,
      sql<number>`count(distinct nullif(actor, ''))`.as("people"),
      sql<number>`count(case when outcome = 'refused' then 1 end)`.as("refused"),
    ])
    .executeTakeFirst();
  const people = await all
    .where("actor", "<>", "")
    .select(["actor", count])
    .groupBy("actor")
    .orderBy("count", "desc")
    .orderBy("actor")
    .limit(mostPeople)
    .execute();
  return {
    entries,
    next: found[size]?.place,
    older: Number(older?.count ?? 0),
    newer: newer.map(({ place }) => place),
    counts: {
      entries: Number(counts?.count ?? 0),
      people: Number(counts?.people ?? 0),
      refused: Number(counts?.refused ?? 0),
    },
    people: people.map(({ actor, count }) => ({ id: actor, count: Number(count) })),
  };
}

const count = sql<number>`count(*)`.as("count");

function ofChat(db: Kysely<Tables>, { channel, chat, from }: StoredQuery) {
  return db.selectFrom("audits").where("channel", "=", channel).where("chat", "=", chat).where("place", ">=", from);
}
