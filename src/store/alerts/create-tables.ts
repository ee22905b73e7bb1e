import { type CreateTableBuilder, type SchemaModule, type SqlBool, sql, type Transaction } from "kysely";
import type { Tables } from "../schema.ts";

/** The third step of the schema: all tables of alerts. Never changed once it was released. */
export async function createAlertTables(tx: Transaction<Tables>): Promise<void> {
  const { schema } = tx;
  await createLeases(tx);
  await createWatches(schema);
  await createEpisodes(schema);
  await createNotices(schema);
  await createScans(schema);
  await createSamplesAndSetups(schema);
  await createChatTables(schema);
}

async function createLeases(tx: Transaction<Tables>): Promise<void> {
  await tx.schema
    .createTable("leases")
    .addColumn("name", "text", (column) => column.primaryKey().notNull())
    .addColumn("holder", "text", (column) => column.notNull())
    .addColumn("token", "bigint", (column) => column.notNull())
    .addColumn("beat", "bigint", (column) => column.notNull())
    .addColumn("steady", "bigint")
    .execute();
  // Every write locks this row, so that it has to be there before the first of them.
  await tx.insertInto("leases").values({ name: "alerts", holder: "", token: 0, beat: 0, steady: null }).execute();
}

async function createWatches(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("watches")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .$call(placeColumns)
    .addColumn("origin", "text", (column) => column.notNull())
    .addColumn("author", "text", (column) => column.notNull())
    .addColumn("locale", "text", (column) => column.notNull())
    .addColumn("filter", "text", (column) => column.notNull())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addColumn("primed", "smallint", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("paused", "text")
    .addColumn("blind_since", "bigint")
    .execute();
  await schema.createIndex("watches_by_place").on("watches").columns(["channel", "chat"]).execute();
}

/** PostgreSQL puts numbers at places that their width divides: the wide ones come first, so that little is left empty. */
async function createEpisodes(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("episodes")
    .addColumn("began_at", "bigint", (column) => column.notNull())
    .addColumn("since", "bigint", (column) => column.notNull())
    .addColumn("held", "bigint", (column) => column.notNull())
    .addColumn("remind_at", "bigint")
    .addColumn("ended_at", "bigint")
    .addColumn("ended_wall", "bigint")
    .addColumn("acked_at", "bigint")
    .addColumn("missed", "integer", (column) => column.notNull())
    .addColumn("times", "integer", (column) => column.notNull())
    .addColumn("kind", "smallint", (column) => column.notNull())
    .addColumn("holding", "smallint", (column) => column.notNull())
    .addColumn("quiet", "smallint", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .addColumn("watch", "text", (column) => column.notNull())
    .addColumn("runtime", "text", (column) => column.notNull())
    .addColumn("name", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("notice", "text")
    .addColumn("end_notice", "text")
    .addColumn("ending", "text")
    .addColumn("acked_by", "text")
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("episodes_open")
    .unique()
    .on("episodes")
    .columns(["watch", "runtime", "kind"])
    .where(sql<SqlBool>`state <> 'ended'`)
    .execute();
  await schema
    .createIndex("episodes_ended")
    .on("episodes")
    .columns(["watch", "ended_at"])
    .where("ended_at", "is not", null)
    .execute();
  await schema
    .createIndex("episodes_by_end")
    .on("episodes")
    .column("ended_wall")
    .where("ended_wall", "is not", null)
    .execute();
  await schema.createIndex("episodes_by_runtime").on("episodes").column("runtime").execute();
  for (const column of ["name", "notice", "end_notice"] as const) {
    await schema
      .createIndex(`episodes_by_${column}`)
      .on("episodes")
      .column(column)
      .where(column, "is not", null)
      .execute();
  }
}

async function createNotices(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("notices")
    .addColumn("id", "text", (column) => column.primaryKey().notNull())
    .$call(placeColumns)
    .addColumn("position", "bigint", (column) => column.notNull().unique())
    .addColumn("watch", "text")
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("tried_at", "bigint")
    .addColumn("next_at", "bigint", (column) => column.notNull())
    .addColumn("claimed_in", "bigint")
    .addColumn("aside", "text")
    .addColumn("owed_since", "bigint", (column) => column.notNull())
    .addColumn("sent_at", "bigint")
    .addColumn("message", "text")
    .addColumn("reason", "text")
    .addColumn("target", "text")
    .addColumn("changed", "integer", (column) => column.notNull())
    .addColumn("shown", "integer", (column) => column.notNull())
    .addColumn("closed_at", "bigint")
    .execute();
  const index = (name: string) => schema.createIndex(name).on("notices");
  await index("notices_by_place").columns(["channel", "chat", "position"]).execute();
  await index("notices_by_watch").columns(["watch", "position"]).where("watch", "is not", null).execute();
  await index("notices_owed").columns(["channel", "chat", "position"]).where(sql<SqlBool>`state = 'owed'`).execute();
  await index("notices_owed_by_watch").columns(["watch", "position"]).where(sql<SqlBool>`state = 'owed'`).execute();
  await index("notices_stale").column("position").where(sql<SqlBool>`state = 'sent' and changed > shown`).execute();
  await index("notices_closed").column("closed_at").where("closed_at", "is not", null).execute();
}

async function createScans(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("scans")
    .addColumn("watch", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("wall", "bigint", (column) => column.notNull())
    .addColumn("complete", "smallint", (column) => column.notNull())
    .addColumn("at_risk", "integer", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("scans_key", ["watch", "at"])
    .execute();
  await schema.createIndex("scans_by_time").on("scans").column("wall").execute();
}

async function createSamplesAndSetups(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("samples")
    .addColumn("list", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("samples_key", ["list", "at"])
    .execute();
  await schema.createIndex("samples_by_time").on("samples").column("at").execute();
  await schema
    .createTable("setups")
    .addColumn("runtime", "text", (column) => column.primaryKey().notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .execute();
  await schema.createIndex("setups_by_time").on("setups").column("seen_at").execute();
}

/** What a chat has at most one or a few of. */
async function createChatTables(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("mutes")
    .$call(placeColumns)
    .addColumn("target", "text", (column) => column.notNull())
    .addColumn("until_wall", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("mutes_key", ["channel", "chat", "target"])
    .execute();
  await schema.createIndex("mutes_by_end").on("mutes").column("until_wall").execute();
  await schema
    .createTable("digests")
    .$call(placeColumns)
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("digests_key", ["channel", "chat"])
    .execute();
  await schema
    .createTable("views")
    .$call(placeColumns)
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("views_key", ["channel", "chat", "name"])
    .execute();
  await schema
    .createTable("languages")
    .$call(placeColumns)
    .addColumn("locale", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("languages_key", ["channel", "chat"])
    .execute();
}

function placeColumns<Table extends string, Column extends string>(
  table: CreateTableBuilder<Table, Column>,
): CreateTableBuilder<Table, Column | "channel" | "chat"> {
  return table
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("chat", "text", (column) => column.notNull());
}
