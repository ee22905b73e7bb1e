import type { Kysely, Selectable, Transaction } from "kysely";
import type { Fenced, Term } from "../../alerts/index.ts";
import type { Database } from "../database.ts";
import type { Tables } from "../schema.ts";
import type { LeasesTable } from "./tables.ts";

/** Who leads, as it stands in the store. */
export type Lease = Selectable<LeasesTable>;

/**
 * The database as alerts use it. Their writes of several rows follow each other, in PostgreSQL too: each locks the row that
 * says who leads. So nobody takes over in the middle of one, two never wait for each other's rows, and the order of notices is
 * that of their commits. Everything rejects when the store fails.
 */
export interface AlertDatabase {
  readonly dialect: Database["dialect"];
  read<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Several reads of one moment. */
  look<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  write<T>(work: (tx: Transaction<Tables>, lease: Lease) => Promise<T>): Promise<T>;
  /** Writes as the leader of a term, if this process is that still. */
  writeAs<T>(term: Term, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T | Fenced>;
}

export interface AlertDatabaseOptions {
  readonly database: Database;
  /** The name under which this process leads. */
  readonly holder: string;
}

/** The name of the one row of `leases`. */
export const leaseName = "alerts";

export function createAlertDatabase({ database, holder }: AlertDatabaseOptions): AlertDatabase {
  const { dialect } = database;

  function write<T>(work: (tx: Transaction<Tables>, lease: Lease) => Promise<T>): Promise<T> {
    return database.write(async (tx) => {
      const lease = tx.selectFrom("leases").selectAll().where("name", "=", leaseName);
      // SQLite's write transactions exclude each other anyway.
      return work(tx, await (dialect === "postgres" ? lease.forUpdate() : lease).executeTakeFirstOrThrow());
    });
  }

  return {
    dialect,
    read: database.read,
    look: (work) =>
      database.read((db) => {
        const transaction = db.transaction().setAccessMode("read only");
        // In SQLite every transaction sees one moment.
        return (dialect === "postgres" ? transaction.setIsolationLevel("repeatable read") : transaction).execute(work);
      }),
    write,
    writeAs: (term, work) =>
      write(async (tx, lease) => (lease.token === term.token && lease.holder === holder ? work(tx) : "fenced")),
  };
}
