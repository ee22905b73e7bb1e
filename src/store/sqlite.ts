import { constants } from "node:fs";
import { access, mkdir, open, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Clock } from "../fleet/index.ts";
import { errorCode } from "./reasons.ts";
import type { Tables } from "./schema.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { whileBusy } from "./while-busy.ts";

export interface SqliteOptions {
  /** Where the file is, made when it is not there; undefined: the database is in memory. */
  readonly directory: string | undefined;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * How long SQLite itself waits for a lock, milliseconds. It does so without letting anything else run, so that the longer
 * wait is that of `whileBusy`.
 */
const busyTimeout = 10;

/** Opens the embedded database. Rejects with the error of Node or SQLite. */
export async function openSqlite({ directory, clock, random }: SqliteOptions): Promise<Kysely<Tables>> {
  const sqlite = await import("node:sqlite");
  const path = directory === undefined ? ":memory:" : await makeDatabaseFile(directory);
  const database = new sqlite.DatabaseSync(path, { timeout: busyTimeout });
  try {
    // To change to WAL the file must be locked as a whole, for which SQLite does not wait.
    await whileBusy(() => prepare(database), { clock, random });
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely<Tables>({ dialect: sqliteDialect(database, { clock, random }) });
}

/** A commit is on disk when it is done (FULL; NORMAL would lose the last ones in a power failure). */
function prepare(database: DatabaseSync): void {
  database.exec("pragma journal_mode = wal");
  database.exec("pragma synchronous = full");
  // What a burst made of the write-ahead log is given back, bytes.
  database.exec("pragma journal_size_limit = 16777216");
}

/** The file of the embedded database, in its directory. */
export const databaseName = "deskhand.db";

/**
 * Makes the directory and an empty file where there are none, and gives the file's path. Messages of people are in there: nobody
 * but this user reads it. SQLite gives its other files the mode of this one. Rejects with the error of Node.
 */
export async function makeDatabaseFile(directory: string): Promise<string> {
  await makeDirectory(resolve(directory));
  await access(directory, constants.W_OK | constants.X_OK);
  const path = join(directory, databaseName);
  const file = await open(path, "a", 0o600);
  await file.close();
  return path;
}

/**
 * Makes a directory and those above it. Not by mkdir's option `recursive`: Node's loops without end where a directory that is
 * there takes no new one and calls that ENOENT, as /proc does.
 */
async function makeDirectory(directory: string): Promise<void> {
  const make = () => mkdir(directory, { mode: 0o700 });
  try {
    await make().catch(async (error: unknown) => {
      if (errorCode(error) !== "ENOENT" || dirname(directory) === directory) {
        throw error;
      }
      await makeDirectory(dirname(directory));
      await make();
    });
  } catch (error) {
    if (errorCode(error) !== "EEXIST" || !(await stat(directory)).isDirectory()) {
      throw error;
    }
  }
}
