import type { Kysely, Transaction } from "kysely";
import { faultOf, type Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import { storeError } from "./reasons.ts";
import type { Tables } from "./schema.ts";

/** What SQLite and PostgreSQL look like to the queries. Its errors are sentences without addresses and passwords. */
export interface Database {
  readonly dialect: "sqlite" | "postgres";
  /** Runs what changes nothing. Rejects when the database fails. */
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Runs a transaction: all of it is on disk when this resolves. When it rejects, it may be there all the same. */
  write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Whether the last query succeeded. */
  works(): boolean;
  /** Milliseconds since a query failed; Infinity when none has. */
  sinceFailure(): number;
  /** Closes what is open; waits some seconds for queries under way. Never rejects. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dialect: Database["dialect"];
  readonly db: Kysely<Tables>;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

/** How long closing may take, milliseconds: a server that cannot be reached any more does not say good-bye. */
const closing = 5_000;

export function createDatabase({ dialect, db, clock, log, meter }: DatabaseOptions): Database {
  /** Undefined before the first query: if that fails, whoever opens the store is told, and the log need not be. */
  let works: boolean | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  async function watched<T>(act: "read" | "write", work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (works === false) {
        log.info({}, "The store works again.");
      }
      works = true;
      return result;
    } catch (error) {
      const described = storeError(error);
      failedAt = clock.elapsed();
      meter.count("store_failures", { act });
      if (works === true) {
        log.error({ fault: { ...faultOf(error), message: described.message } }, "The store does not work.");
      }
      works = false;
      throw described;
    }
  }

  return {
    dialect,
    read: (work) => watched("read", () => work(db)),
    write: (work) => watched("write", () => db.transaction().execute(work)),
    works: () => works === true,
    sinceFailure: () => clock.elapsed() - failedAt,
    async close() {
      const done = new AbortController();
      const ended = db.destroy().then(
        () => done.abort(),
        () => done.abort(),
      );
      await Promise.race([ended, clock.sleep(closing, done.signal).catch(() => undefined)]);
    },
  };
}
