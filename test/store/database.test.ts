import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { faultOf } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createDatabase } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createRecordingLog } from "../bot/rig.ts";

/** Who waits on it has waited: a lock's deadline is over at once. */
function createHastyClock(): Clock {
  let time = 0;
  return {
    now: () => time,
    elapsed: () => time,
    sleep: async (milliseconds) => {
      time += Math.max(milliseconds, 1_000);
    },
  };
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) {
    await close();
  }
});

const noteOf = (key: string, text = "") => ({ channel: "lark", kind: "button", key, text, written_at: 0 });

/** A database on disk, and how others see what it says of itself. */
async function createRig() {
  const directory = await mkdtemp(join(tmpdir(), "deskhand-database-"));
  closing.push(() => rm(directory, { recursive: true, force: true }));
  const [clock, log] = [createHastyClock(), createRecordingLog()];
  const db = await openSqlite({ directory, clock, random: () => 0.5 });
  const location = { kind: "file", directory } as const;
  const database = createDatabase({ dialect: "sqlite", db, location, clock, log, meter: noMeter });
  closing.push(database.close);
  await migrate(database, clock.now());
  return {
    ...{ database, directory, log },
    /** Nobody else can write until what it gives is called. */
    lock() {
      const other = new DatabaseSync(join(directory, "deskhand.db"));
      other.exec("begin immediate");
      return () => other.close();
    },
    /** How many pages it may have; SQLite says of one more what it says of a full disk. */
    limitPages: (pages: number) =>
      database.read((reader) => sql.raw(`pragma max_page_count = ${pages}`).execute(reader)),
    read: () => database.read((reader) => reader.selectFrom("notes").select("key").execute()),
    /** Finds nothing to change. */
    change: () => database.write((tx) => tx.deleteFrom("notes").where("key", "=", "nowhere").execute()),
    prove: (key: string) => database.prove((tx) => tx.insertInto("notes").values(noteOf(key)).execute()),
    write: (key: string, text = "") =>
      database.write((tx) => tx.insertInto("notes").values(noteOf(key, text)).execute()),
  };
}

describe("a database that fails", () => {
  it("does not work until a row was changed, whatever can be read, and says once that it fails and once that it works again", async () => {
    const { database, directory, log, lock, read, change, prove, write } = await createRig();
    await write("before");
    const unlock = lock();

    for (const key of ["one", "two", "three"]) {
      await expect(prove(key)).rejects.toThrow("another process keeps the database locked");
      expect(await read()).toHaveLength(1);
      expect(database.works()).toBe(false);
    }
    unlock();
    await read();
    await change();
    expect(database.works()).toBe(false);
    await prove("after");
    await prove("later");

    expect(database.works()).toBe(true);
    expect(log.lines).toEqual([
      {
        level: "error",
        fields: { todo: "End the program that has it open." },
        message: `The store in ${directory} cannot be used: another process keeps the database locked (5).`,
      },
      { level: "info", fields: {}, message: "The store works again." },
    ]);
  });

  it("says of a full disk what the start says of it, and everybody who logs the fault says what to do", async () => {
    const { directory, log, limitPages, write } = await createRig();
    await limitPages(1);

    const error = await write("long", "x".repeat(500_000)).catch((thrown: unknown) => thrown);

    expect(log.lines).toEqual([
      {
        level: "error",
        fields: { todo: "Make room." },
        message: `The store in ${directory} cannot be used: the disk is full (13).`,
      },
    ]);
    expect(faultOf(error)).toEqual({ type: "Error", message: "the disk is full (13)", at: [], todo: "Make room." });
  });

  it("says where a fault of the program came from", async () => {
    const { database, directory, log, write } = await createRig();
    await write("before");
    const mistake = new TypeError("a mistake");

    await expect(database.write(() => Promise.reject(mistake))).rejects.toThrow("a mistake");

    expect(log.lines).toEqual([
      {
        level: "error",
        fields: { fault: faultOf(mistake) },
        message: `The store in ${directory} cannot be used: a mistake.`,
      },
    ]);
    expect(faultOf(mistake).at[0]).toContain("database.test");
  });
});
