import type { Kysely, Transaction } from "kysely";
import { faultOf, type Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { StoreLocation } from "./location.ts";
import { isKnown, storeError, storeFault } from "./reasons.ts";
import type { Tables } from "./schema.ts";

/**
 * What SQLite and PostgreSQL look like to the queries. Its errors are sentences without addresses and passwords; those of
 * the disk and the database have what to do as their `todo`.
 */
export interface Database {
  readonly dialect: "sqlite" | "postgres";
  /** Runs what changes nothing. Rejects when the database fails. */
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Runs a transaction: all of it is on disk when this resolves. When it rejects, it may be there all the same. */
  write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * As `write`, for what changes a row whatever there is. After a failure this alone shows that the database works again: a
   * transaction that finds nothing to change passes on a full disk as well.
   */
  prove<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** Whether nothing has failed since it was last proved that something can be written. */
  works(): boolean;
  /** Milliseconds since a query failed; Infinity when none has. */
  sinceFailure(): number;
  /** Closes what is open; waits some seconds for queries under way. Never rejects. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dialect: Database["dialect"];
  readonly db: Kysely<Tables>;
  /** Named where the log says that it does not work. */
  readonly location: StoreLocation;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

/** How long closing may take, milliseconds: a server that cannot be reached any more does not say good-bye. */
const closing = 5_000;

export function createDatabase({ dialect, db, location, clock, log, meter }: DatabaseOptions): Database {
  /** Undefined before the first writing: if that fails, whoever opens the store is told, and the log need not be. */
  let works: boolean | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  function proved(): void {
    if (works === false) {
      log.info({}, "The store works again.");
    }
    works = true;
  }

  /** The log has it once until it is proved to work again, in the words that the start and doctor have for it. */
  function failed(act: "read" | "write", error: unknown): Error {
    const { says, todo } = storeFault(error, location);
    const described = Object.assign(storeError(error), isKnown(error) ? { todo } : {});
    failedAt = clock.elapsed();
    meter.count("store_failures", { act });
    if (works === true) {
      log.error(isKnown(error) ? { todo } : { fault: { ...faultOf(error), message: described.message } }, says);
    }
    works = false;
    return described;
  }

  async function watched<T>(act: "read" | "write", work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw failed(act, error);
    }
  }

  async function write<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    const result = await watched("write", () => db.transaction().execute(work));
    works ??= true;
    return result;
  }

  return {
    dialect,
    read: (work) => watched("read", () => work(db)),
    write,
    async prove(work) {
      const result = await write(work);
      proved();
      return result;
    },
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
