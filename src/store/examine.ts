import { randomUUID } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Check, Found } from "../doctor/index.ts";
import type { Clock } from "../fleet/index.ts";
import { type Ask, type Connection, createAsk } from "./ask-once.ts";
import type { Database } from "./database.ts";
import { directoryChecks, hasDatabase } from "./examine-directory.ts";
import { serverCheck } from "./examine-server.ts";
import type { StoreLocation } from "./location.ts";
import { migrations } from "./migrations.ts";
import { newerFault } from "./reasons.ts";
import type { Tables } from "./schema.ts";

export interface StoreChecksOptions {
  readonly location: StoreLocation;
  readonly clock: Clock;
}

/** A store in PostgreSQL waits up to five seconds for a connection and for a query, the embedded one for a lock. */
const deadline = 15_000;

/**
 * Looks at the store as a running bot beside it may be using it: nothing of its tables is changed, but for one row that is
 * written and deleted. What is not there is not made.
 */
export function storeChecks({ location, clock }: StoreChecksOptions): readonly Check[] {
  const ask = createAsk(location, clock);
  switch (location.kind) {
    case "memory":
      return [inMemory];
    case "postgres":
      return [serverCheck({ ask, address: location.url, clock, deadline }), ...databaseChecks(ask, ["server"])];
    case "file":
      return [
        ...directoryChecks({ directory: location.directory, clock }),
        ...databaseChecks(
          async (look) => ((await hasDatabase(location.directory)) ? ask(look) : notYet),
          ["directory"],
        ),
      ];
  }
}

const inMemory: Check = {
  part: "store",
  name: "memory",
  look: async () => ({
    state: "note",
    says: "The store is in memory: nothing outlives the process.",
    todo: "Set store.url to file:./data for anything but trying out.",
  }),
};

const notYet: Found = { state: "ok", says: "There is no database yet. The first start makes it." };

function databaseChecks(ask: Ask, needs: readonly string[]): readonly Check[] {
  return [
    { part: "store", name: "tables", needs, deadline, look: () => ask(lookAtTables) },
    { part: "store", name: "write", needs: ["tables"], deadline, look: () => ask(writeAndReadBack) },
  ];
}

async function lookAtTables({ db, dialect }: Connection): Promise<Found> {
  const version = await versionOf(db, dialect);
  const known = migrations.length;
  if (version > known) {
    return { state: "failed", ...newerFault({ version, known }) };
  }
  if (version === 0) {
    return { state: "ok", says: "There are no tables yet. The first start makes them." };
  }
  return version === known
    ? { state: "ok", says: `The tables are up to date, of version ${version}.` }
    : {
        state: "note",
        says: `The tables are of version ${version}, and the next start brings them to version ${known}.`,
        todo: "Make a copy of the store before, as earlier releases refuse the new tables.",
      };
}

/** The version of the tables; 0 when there are none. */
async function versionOf(db: Kysely<Tables>, dialect: Database["dialect"]): Promise<number> {
  const present =
    dialect === "sqlite"
      ? sql`select 1 from sqlite_master where name = 'schema_version'`
      : sql`select 1 where to_regclass('schema_version') is not null`;
  if ((await present.execute(db)).rows.length === 0) {
    return 0;
  }
  const last = await db.selectFrom("schema_version").select("version").orderBy("version", "desc").executeTakeFirst();
  return last?.version ?? 0;
}

async function writeAndReadBack({ db, dialect }: Connection): Promise<Found> {
  const mark = randomUUID();
  if ((await versionOf(db, dialect)) === 0) {
    return tryTable(db, mark);
  }
  const place = { channel: "doctor", chat: mark, message: mark };
  const here = db
    .selectFrom("cards")
    .select("command")
    .where("channel", "=", place.channel)
    .where("chat", "=", mark)
    .where("message", "=", mark);
  try {
    await db
      .insertInto("cards")
      .values({ ...place, command: mark, shown_at: 0 })
      .execute();
    return readBack((await here.executeTakeFirst())?.command, mark);
  } finally {
    // A row that was left behind all the same is swept as an old one.
    await db.deleteFrom("cards").where("channel", "=", place.channel).where("chat", "=", mark).execute();
  }
}

/** Where there are no tables yet, one is made in a transaction that is taken back. */
async function tryTable(db: Kysely<Tables>, mark: string): Promise<Found> {
  const over = new Error("taken back");
  let found: Found | undefined;
  const scratch = async (tx: Transaction<Tables>): Promise<never> => {
    const table = sql.table(`deskhand_doctor_${mark.slice(0, 8)}`);
    await sql`create table ${table} (mark text)`.execute(tx);
    await sql`insert into ${table} (mark) values (${mark})`.execute(tx);
    const { rows } = await sql<{ mark: string }>`select mark from ${table}`.execute(tx);
    found = readBack(rows[0]?.mark, mark);
    throw over;
  };
  await db
    .transaction()
    .execute(scratch)
    .catch((error: unknown) => {
      if (error !== over) {
        throw error;
      }
    });
  return found ?? readBack(undefined, mark);
}

function readBack(read: string | null | undefined, mark: string): Found {
  return read === mark
    ? { state: "ok", says: "A row was written, read back and deleted." }
    : {
        state: "failed",
        says: "A row that was written could not be read back.",
        todo: "Name the primary server, and no read replica, in store.url.",
      };
}
