import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { AuditPage, AuditQuery } from "../bot/index.ts";
import type { AuditsTable, Tables } from "./schema.ts";

/** What to read, with names as they are stored; nothing before the place `from`. */
export type StoredQuery = Omit<AuditQuery, "since"> & { readonly from: string };

type StoredPage = Omit<AuditPage, "entries"> & { readonly entries: readonly Selectable<AuditsTable>[] };

/** Entries of a chat that an index has in the order of their places: all of them, or those of one user. */
type List = SelectQueryBuilder<Tables, "audits", object>;

/** How many of those who did the most are named. */
const mostPeople = 20;

/** How many entries are counted, or passed over. SQLite answers on the thread that everything else runs on. */
export const mostCounted = 10_000;

/** A page of the audit of one chat, and what stands around it. What it reads is bounded, however much is kept. */
export async function readAudit(db: Kysely<Tables>, query: StoredQuery): Promise<StoredPage> {
  const { users, size } = query;
  const all = ofChat(db, query);
  const lists = users === undefined ? [all] : [...new Set(users)].map((user) => all.where("actor", "=", user));
  const found = await pageOf(lists, query);
  const entries = found.slice(0, size);
  const [first, last] = [entries[0]?.place, entries.at(-1)?.place];
  return {
    entries,
    next: found[size]?.place,
    older: last === undefined ? 0 : (await countIn(db, below(lists, last))).entries,
    newer: first === undefined ? [] : await newerThan(lists, first, size),
    counts: await countIn(db, lists),
    people: await mostActive(db, all),
  };
}

function ofChat(db: Kysely<Tables>, { channel, chat, from }: StoredQuery): List {
  return db.selectFrom("audits").where("channel", "=", channel).where("chat", "=", chat).where("place", ">=", from);
}

const below = (lists: readonly List[], place: string): readonly List[] =>
  lists.map((list) => list.where("place", "<", place));

/** The entries of a page, and the first one after it. */
async function pageOf(lists: readonly List[], { until, skip, size }: StoredQuery) {
  const begin = until ?? (await placeAfter(lists, skip));
  if (begin === undefined) {
    return [];
  }
  const found = [];
  for (const list of lists) {
    const newest = list.where("place", "<=", begin).selectAll().orderBy("place", "desc");
    found.push(...(await newest.limit(size + 1).execute()));
  }
  return found.toSorted((one, other) => (one.place < other.place ? 1 : -1)).slice(0, size + 1);
}

/** The place of the first entry after so many; undefined: there is none, or it is further back than anybody counts. */
async function placeAfter(lists: readonly List[], skip: number): Promise<string | undefined> {
  if (skip * lists.length > mostCounted) {
    return undefined;
  }
  const places: string[] = [];
  for (const list of lists) {
    const newest = await list
      .select("place")
      .orderBy("place", "desc")
      .limit(skip + 1)
      .execute();
    places.push(...newest.map(({ place }) => place));
  }
  return places.toSorted().toReversed()[skip];
}

async function newerThan(lists: readonly List[], first: string, size: number): Promise<readonly string[]> {
  const places: string[] = [];
  for (const list of lists) {
    const nearest = await list.where("place", ">", first).select("place").orderBy("place").limit(size).execute();
    places.push(...nearest.map(({ place }) => place));
  }
  return places.toSorted().slice(0, size);
}

/** Counts the newest entries of each list, and no more than are counted at all. */
async function countIn(db: Kysely<Tables>, lists: readonly List[]): Promise<AuditPage["counts"]> {
  let [entries, people, refused] = [0, 0, 0];
  for (const list of lists) {
    // One more than is counted tells that there are more.
    const left = mostCounted + 1 - entries;
    const counted = await db
      .selectFrom(newestOf(list, left))
      .select([
        count,
        sql<number>`count(distinct nullif(actor, ''))`.as("people"),
        sql<number>`count(case when outcome = 'refused' then 1 end)`.as("refused"),
      ])
      .executeTakeFirstOrThrow();
    entries += Number(counted.count);
    people += Number(counted.people);
    refused += Number(counted.refused);
    if (entries > mostCounted) {
      return { entries: mostCounted, people, refused, more: true };
    }
  }
  return { entries, people, refused };
}

async function mostActive(db: Kysely<Tables>, all: List): Promise<AuditPage["people"]> {
  const people = await db
    .selectFrom(newestOf(all, mostCounted))
    .where("actor", "<>", "")
    .select(["actor", count])
    .groupBy("actor")
    .orderBy("count", "desc")
    .orderBy("actor")
    .limit(mostPeople)
    .execute();
  return people.map(({ actor, count }) => ({ id: actor, count: Number(count) }));
}

const count = sql<number>`count(*)`.as("count");

const newestOf = (list: List, limit: number) =>
  list.select(["actor", "outcome"]).orderBy("place", "desc").limit(limit).as("newest");
