import type { Kysely } from "kysely";
import { expect, it } from "vitest";
import { arrivalKey } from "../../src/bot/index.ts";
import type { Database } from "../../src/store/database.ts";
import { createDatabase } from "../../src/store/database.ts";
import { openStore } from "../../src/store/index.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type Migration, migrations } from "../../src/store/migrations.ts";
import type { Tables } from "../../src/store/schema.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { machineClock } from "./machine-clock.ts";
import { findPostgresWithoutTables } from "./postgres.ts";
import { commandOf, describeSites, lasting, messageOf, openTables, type Site } from "./sites.ts";

const postgres = await findPostgresWithoutTables();

async function databaseOf({ location }: Site): Promise<Database> {
  const dialect = location.kind === "postgres" ? "postgres" : "sqlite";
  return createDatabase({
    dialect,
    db: await openTables(location),
    location,
    clock: machineClock,
    log: createRecordingLog(),
    meter: noMeter,
  });
}

function versionsOf(db: Kysely<Tables>): Promise<readonly { readonly version: number }[]> {
  return db.selectFrom("schema_version").select("version").orderBy("version").execute();
}

const addLetters: Migration = async (tx) => {
  await tx.schema.createTable("letters").addColumn("text", "text").execute();
};

/** One row in each table of version 1, as its release wrote them. */
async function fillFirst(database: Database): Promise<void> {
  const where = { channel: "lark", chat: "chat-1" };
  await database.write(async (tx) => {
    await tx
      .insertInto("arrivals")
      .values({
        key: arrivalKey(messageOf("one")),
        ...{ channel: "lark", content: JSON.stringify(messageOf("one")), holder: "gone" },
        ...{ taken_at: machineClock.now(), settled_at: null, retry_at: 0 },
      })
      .execute();
    const card = { ...where, message: "card-1", command: "/help", shown_at: machineClock.now() };
    await tx.insertInto("cards").values(card).execute();
    const gone = { joined_at: null, gone_at: machineClock.now(), gone_reason: "the bot was removed" };
    await tx
      .insertInto("chats")
      .values({ ...where, ...gone })
      .execute();
    await tx.insertInto("processes").values({ id: "other", alive_until: Number.MAX_SAFE_INTEGER }).execute();
  });
}

function rowsOf(database: Database) {
  return database.read(async (db) => ({
    arrivals: await db.selectFrom("arrivals").selectAll().execute(),
    cards: await db.selectFrom("cards").selectAll().execute(),
    chats: await db.selectFrom("chats").selectAll().execute(),
    processes: await db.selectFrom("processes").selectAll().execute(),
  }));
}

describeSites("the tables of version 1", postgres, (createSite) => {
  it("are brought up to version 2 with every row in them", async () => {
    const database = await databaseOf(await createSite());
    expect(await migrate(database, 1, migrations.slice(0, 1))).toEqual({ kind: "current", version: 1 });
    await fillFirst(database);
    const before = await rowsOf(database);

    expect(await migrate(database, 2, migrations.slice(0, 2))).toEqual({ kind: "current", version: 2 });

    expect(await rowsOf(database)).toEqual(before);
    expect(Object.values(before).map((rows) => rows.length)).toEqual([1, 1, 1, 1]);
    const added = await database.read(async (db) => [
      await db.selectFrom("notes").selectAll().execute(),
      await db.selectFrom("tallies").selectAll().execute(),
    ]);
    expect(added).toEqual([[], []]);
    await database.close();
  });
});

describeSites("the tables of version 3", postgres, (createSite) => {
  it("are brought up to version 4 with every row in them, and with room for audits", async () => {
    const database = await databaseOf(await createSite());
    await migrate(database, 1, migrations.slice(0, 3));
    await fillFirst(database);
    const view = { channel: "lark", chat: "chat-1", name: "mine", body: "{}" };
    await database.write((tx) => tx.insertInto("views").values(view).execute());
    const all = async () => ({
      ...(await rowsOf(database)),
      views: await database.read((db) => db.selectFrom("views").selectAll().execute()),
    });
    const before = await all();

    expect(await migrate(database, 2, migrations.slice(0, 4))).toEqual({ kind: "current", version: 4 });

    expect(await all()).toEqual(before);
    expect(Object.values(before).map((rows) => rows.length)).toEqual([1, 1, 1, 1, 1]);
    expect(await database.read((db) => db.selectFrom("audits").selectAll().execute())).toEqual([]);
    await database.close();
  });
});

describeSites(
  "a store of version 1",
  postgres,
  (createSite) => {
    it("works on in this release, with what it held", async () => {
      const site = await createSite();
      const database = await databaseOf(site);
      await migrate(database, 1, migrations.slice(0, 1));
      await fillFirst(database);
      await database.close();

      const store = await site.open(machineClock);
      store.notes.put({ channel: "lark", kind: "button", key: "key-1", text: "/help" });
      store.tallies.add("calls", "2026-06", 1);

      expect(await store.inbox.take(messageOf("one"))).toBe("known");
      expect(await store.inbox.adopt(10)).toEqual([messageOf("one")]);
      expect(await commandOf(store.cards, "lark", "chat-1", "card-1")).toBe("/help");
      expect(await store.chats.isGone("lark", "chat-1")).toBe(true);
      await store.stop();
      const next = await site.open(machineClock);
      expect(await next.notes.get("lark", "button", "key-1")).toBe("/help");
      expect(await next.tallies.count("calls", "2026-06")).toBe(1);
    });
  },
  lasting,
);

describeSites(
  "the tables",
  postgres,
  (createSite) => {
    it("are made from nothing, and left alone the next time", async () => {
      const site = await createSite();
      const database = await databaseOf(site);

      expect(await migrate(database, 1)).toEqual({ kind: "current", version: migrations.length });
      const made = await site.look(versionsOf);
      expect(await migrate(database, 2)).toEqual({ kind: "current", version: migrations.length });
      expect(await site.look(versionsOf)).toEqual(made);
      await database.close();
    });

    it("are brought up from an earlier release with all that is in them", async () => {
      const site = await createSite();
      const store = await site.open();
      await store.inbox.take(messageOf("one"));
      await store.stop();
      const database = await databaseOf(site);

      expect(await migrate(database, 1, [...migrations, addLetters])).toEqual({
        kind: "current",
        version: migrations.length + 1,
      });
      const left = await database.read((db) => db.selectFrom("arrivals").select("channel").execute());
      expect(left).toEqual([{ channel: "lark" }]);
      await database.close();
    });

    it("stay as they were when a step fails", async () => {
      const site = await createSite();
      const database = await databaseOf(site);
      const fail: Migration = async () => {
        throw new Error("this step fails");
      };

      await expect(migrate(database, 1, [...migrations, addLetters, fail])).rejects.toThrow("this step fails");
      expect(await migrate(database, 1, [...migrations, addLetters])).toMatchObject({ kind: "current" });
      await database.close();
    });

    it("of a later release are refused, with what to do, and not touched", async () => {
      const site = await createSite();
      await (await site.open()).stop();
      await site.look((db) => db.insertInto("schema_version").values({ version: 99, made_at: 1 }).execute());

      const opened = await openStore({ ...site, processId: "test" });

      expect(opened).toEqual({
        ok: false,
        reason:
          `A later release of Deskhand wrote this store: its tables have version 99, and this release knows them up to ` +
          `${migrations.length}. Start that release again, or name another store in store.url.`,
      });
      expect(await site.look((db) => db.selectFrom("processes").select("id").execute())).toEqual([]);
    });

    it("are made once by processes that start at the same moment", async () => {
      const site = await createSite();

      const stores = await Promise.all(Array.from({ length: 4 }, () => site.open(machineClock)));

      const taken = await Promise.all(stores.map(({ inbox }) => inbox.take(messageOf("one"))));
      expect(taken.toSorted()).toEqual(["known", "known", "known", "new"]);
      expect(await site.look(versionsOf)).toHaveLength(migrations.length);
    });
  },
  lasting,
);
