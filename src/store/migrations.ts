import { sql, type Transaction } from "kysely";
import { createAlertTables } from "./alerts/create-tables.ts";
import type { Tables } from "./schema.ts";

/** A step from one version of the schema to the next. It runs once, in a transaction, and is never changed afterwards. */
export type Migration = (tx: Transaction<Tables>) => Promise<void>;

/** All steps from nothing; the first makes version 1. */
export const migrations: readonly Migration[] = [createTables, addNotesAndTallies, createAlertTables, addAudits];

async function createTables(tx: Transaction<Tables>): Promise<void> {
  const { schema } = tx;
  await schema
    .createTable("arrivals")
    .addColumn("key", "text", (column) => column.primaryKey().notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("taken_at", "bigint", (column) => column.notNull())
    .addColumn("holder", "text", (column) => column.notNull())
    .addColumn("content", "text")
    .addColumn("settled_at", "bigint")
    .addColumn("retry_at", "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.createIndex("arrivals_by_time").on("arrivals").column("taken_at").execute();
  await schema
    .createIndex("arrivals_unsettled")
    .on("arrivals")
    .columns(["taken_at", "key"])
    .where(sql.ref("settled_at"), "is", null)
    .execute();
  await schema
    .createTable("cards")
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("chat", "text", (column) => column.notNull())
    .addColumn("message", "text", (column) => column.notNull())
    .addColumn("command", "text")
    .addColumn("shown_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("cards_key", ["channel", "chat", "message"])
    .execute();
  await schema.createIndex("cards_by_time").on("cards").column("shown_at").execute();
  await schema
    .createTable("chats")
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("chat", "text", (column) => column.notNull())
    .addColumn("joined_at", "bigint")
    .addColumn("gone_at", "bigint")
    .addColumn("gone_reason", "text")
    .addPrimaryKeyConstraint("chats_key", ["channel", "chat"])
    .execute();
  await schema
    .createTable("processes")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("alive_until", "bigint", (column) => column.notNull())
    .execute();
}

async function addNotesAndTallies({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable("notes")
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("written_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("notes_key", ["channel", "kind", "key"])
    .execute();
  await schema.createIndex("notes_by_time").on("notes").column("written_at").execute();
  await schema
    .createTable("tallies")
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("period", "text", (column) => column.notNull())
    // Not a whole number, whose range a sum can leave: that would fail the statement for good.
    .addColumn("amount", "double precision", (column) => column.notNull())
    .addColumn("written_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("tallies_key", ["name", "period"])
    .execute();
}

async function addAudits({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable("audits")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("chat", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("how", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("outcome", "text", (column) => column.notNull())
    .addColumn("detail", "text")
    .addPrimaryKeyConstraint("audits_key", ["channel", "chat", "key"])
    .execute();
  // Pages and counts are read from an index alone, those of one user as well.
  const place = ["channel", "chat", "place", "actor", "outcome"];
  await schema.createIndex("audits_by_place").on("audits").columns(place).execute();
  const actor = ["channel", "chat", "actor", "place", "outcome"];
  await schema.createIndex("audits_by_actor").on("audits").columns(actor).execute();
  await schema.createIndex("audits_by_time").on("audits").column("at").execute();
}
