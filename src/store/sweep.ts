import { setImmediate as nextTurn } from "node:timers/promises";
import { type RawBuilder, type SqlBool, sql, type Transaction } from "kysely";
import type { Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Database } from "./database.ts";
import { every, type Repeated } from "./every.ts";
import type { Tables } from "./schema.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long what is kept, milliseconds. */
const keptFor = {
  /** Lark delivers an event again after 15 s, 5 min, 1 h and 6 h (its documentation of events); 8 hours are promised. */
  arrivals: 9 * hour,
  cards: 30 * day,
  goneChats: 90 * day,
  notes: 90 * day,
  /** After something was added last: a year can be looked back at. */
  tallies: 400 * day,
  /** After its last sign of life. */
  processes: minute,
  /** Alerts that are over, and what was said of them. */
  alerts: 30 * day,
  scans: 2 * day,
  trends: 90 * day,
  /** After its end: whether it is over is judged by another clock. */
  mutes: day,
} as const;

/** The card of an alert that lasts is still to be changed. */
const shownStill = sql<SqlBool>`exists (
  select 1 from episodes where episodes.notice = notices.id and episodes.state <> 'ended'
)`;

/** Since when nothing is known of a watch must not be forgotten, however long that is. */
const lastComplete = sql<SqlBool>`exists (select 1 from watches where watches.id = scans.watch) and scans.at = (
  select max(others.at) from scans as others where others.watch = scans.watch and others.complete = 1
)`;

interface Aging {
  readonly table: keyof Tables;
  readonly key: readonly string[];
  /** A column with a wall time. */
  readonly since: string;
  /** Milliseconds. */
  readonly kept: number;
  /** What stays nevertheless. */
  readonly unless?: RawBuilder<SqlBool>;
}

/** Tables of which rows are deleted when a time in them is long ago; a row without that time stays. */
const aging: readonly Aging[] = [
  { table: "cards", key: ["channel", "chat", "message"], since: "shown_at", kept: keptFor.cards },
  { table: "chats", key: ["channel", "chat"], since: "gone_at", kept: keptFor.goneChats },
  { table: "notes", key: ["channel", "kind", "key"], since: "written_at", kept: keptFor.notes },
  { table: "tallies", key: ["name", "period"], since: "written_at", kept: keptFor.tallies },
  { table: "episodes", key: ["id"], since: "ended_wall", kept: keptFor.alerts },
  { table: "notices", key: ["id"], since: "closed_at", kept: keptFor.alerts, unless: shownStill },
  { table: "scans", key: ["watch", "at"], since: "wall", kept: keptFor.scans, unless: lastComplete },
  { table: "samples", key: ["list", "at"], since: "at", kept: keptFor.trends },
  { table: "setups", key: ["runtime"], since: "seen_at", kept: keptFor.trends },
  { table: "mutes", key: ["channel", "chat", "target"], since: "until_wall", kept: keptFor.mutes },
];

/** How many rows one transaction deletes: a few milliseconds' work, so that others get their turn. */
const most = 500;
/** How many transactions one sweep makes of a table; what is left is for the next. */
const rounds = 2_000;

export interface SweepOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** For how long entries of audits are kept, milliseconds. */
  readonly auditKept: () => number;
}

/** Deletes what nobody needs any more, now and every hour. */
export function startSweep(options: SweepOptions): Repeated {
  return every({ clock: options.clock, pause: hour, atOnce: true, work: (signal) => sweep(options, signal) });
}

async function sweep({ database, clock, log, auditKept }: SweepOptions, signal: AbortSignal): Promise<void> {
  const now = clock.now();
  const remove = (some: (tx: Transaction<Tables>) => Promise<number>) => repeat(database, signal, some);
  let unanswered = 0;
  await remove(async (tx) => {
    const rows = await removeArrivals(tx, now - keptFor.arrivals, database.dialect);
    unanswered += rows.filter(({ settled_at }) => settled_at === null).length;
    return rows.length;
  });
  if (unanswered > 0) {
    log.error({ unanswered }, "What was delivered more than nine hours ago will not be answered any more.");
  }
  const audits = { table: "audits", key: ["channel", "chat", "key"], since: "at", kept: auditKept() } as const;
  for (const one of [...aging, audits]) {
    await remove((tx) => removeAged(tx, one, now - one.kept, database.dialect));
  }
  await remove(async (tx) => {
    await tx
      .deleteFrom("processes")
      .where("alive_until", "<", now - keptFor.processes)
      .execute();
    return 0;
  });
}

/** Deletes in transactions of some rows each, until one finds fewer. */
async function repeat(
  database: Database,
  signal: AbortSignal,
  some: (tx: Transaction<Tables>) => Promise<number>,
): Promise<void> {
  for (let round = 0; round < rounds && !signal.aborted; round += 1) {
    if ((await database.write(some)) < most) {
      return;
    }
    await nextTurn();
  }
}

async function removeArrivals(tx: Transaction<Tables>, before: number, dialect: Database["dialect"]) {
  const old = tx.selectFrom("arrivals").select("key").where("taken_at", "<", before).limit(most);
  return tx
    .deleteFrom("arrivals")
    .where("key", "in", dialect === "postgres" ? old.forUpdate().skipLocked() : old)
    .returning("settled_at")
    .execute();
}

/** Rows that another process is deleting or writing are passed over. */
async function removeAged(
  tx: Transaction<Tables>,
  { table, key, since, unless }: Aging,
  before: number,
  dialect: Database["dialect"],
): Promise<number> {
  const [from, columns] = [sql.table(table), sql.join(key.map((column) => sql.ref(column)))];
  const locked = dialect === "postgres" ? sql`for update skip locked` : sql``;
  const but = unless === undefined ? sql`` : sql`and not (${unless})`;
  const old = sql`select ${columns} from ${from} where ${sql.ref(since)} < ${before} ${but} limit ${most} ${locked}`;
  const { numAffectedRows } = await sql`delete from ${from} where (${columns}) in (${old})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
