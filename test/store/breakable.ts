import { createDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock } from "../manual-clock.ts";

/** Whether the connection breaks, and if so before or after a transaction is on disk. */
export type Breaks = "never" | "before" | "after";

/** A database in memory whose connection a test can break. */
export async function createBreakable() {
  const clock = createManualClock();
  const log = createRecordingLog();
  const db = await openSqlite({ directory: undefined, clock, random: () => 0.5 });
  const real = createDatabase({ dialect: "sqlite", db, location: { kind: "memory" }, clock, log, meter: noMeter });
  await migrate(real, clock.now());
  let breaks: Breaks = "never";
  let writes = 0;
  let [heldWrites, heldReads] = [Promise.resolve(), Promise.resolve()];
  const database: Database = {
    ...real,
    async read(work) {
      const result = await real.read(work);
      await heldReads;
      return result;
    },
    async write(work) {
      writes += 1;
      if (breaks === "before") {
        throw new Error("the connection broke");
      }
      const result = await real.write(work);
      await heldWrites;
      if (breaks === "after") {
        throw new Error("the connection broke");
      }
      return result;
    },
  };
  return {
    clock,
    log,
    /** The database without what a test does to it. */
    real,
    database,
    set(next: Breaks) {
      breaks = next;
    },
    /** Holds back the word that something is on disk, until the function that it gives is called. */
    holdWrites() {
      const { promise, resolve } = Promise.withResolvers<void>();
      heldWrites = promise;
      return resolve;
    },
    /** Holds back what was read, likewise. */
    holdReads() {
      const { promise, resolve } = Promise.withResolvers<void>();
      heldReads = promise;
      return resolve;
    },
    /** How many transactions were begun. */
    count: () => writes,
  };
}
