import { sql } from "kysely";
import type { Database } from "./database.ts";
import { type Migration, migrations } from "./migrations.ts";

/** Where a store stands after `migrate`. */
export type Migrated =
  | { readonly kind: "current"; readonly version: number }
  /** A later release wrote it, and this one does not know its tables. Nothing was changed. */
  | { readonly kind: "newer"; readonly version: number; readonly known: number };

/** Any number that no other program takes for an advisory lock of the same database. */
const lock = 7_305_418_822;

/**
 * Brings the tables up to date, in one transaction: all steps are made, or none. Of processes that start at once one makes
 * them, and the others wait for it: SQLite's write transactions exclude each other; in PostgreSQL a lock does it.
 */
export function migrate(database: Database, now: number, steps: readonly Migration[] = migrations): Promise<Migrated> {
  return database.write(async (tx) => {
    if (database.dialect === "postgres") {
      // Another process may be migrating for longer than a query may take.
      await sql`set local statement_timeout = 0`.execute(tx);
      await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
    }
    await tx.schema
      .createTable("schema_version")
      .ifNotExists()
      .addColumn("version", "integer", (column) => column.primaryKey())
      .addColumn("made_at", "bigint", (column) => column.notNull())
      .execute();
    const last = await tx.selectFrom("schema_version").select("version").orderBy("version", "desc").executeTakeFirst();
    const version = last?.version ?? 0;
    if (version > steps.length) {
      return { kind: "newer", version, known: steps.length };
    }
    for (const [index, step] of steps.entries()) {
      if (index >= version) {
        await step(tx);
        await tx
          .insertInto("schema_version")
          .values({ version: index + 1, made_at: now })
          .execute();
      }
    }
    return { kind: "current", version: steps.length };
  });
}
