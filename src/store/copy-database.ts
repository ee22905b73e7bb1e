import { accessSync, constants, statSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { mayLive } from "./alerts/process-name.ts";
import { errorCode, sqlite, sqliteCode, storeError } from "./reasons.ts";

/** What a file turns out to be. */
export type Inspected =
  | { readonly kind: "store"; readonly version: number }
  /** No database, one that is damaged, or one of another program. `why` goes on a sentence about the file. */
  | { readonly kind: "none"; readonly why: string };

/**
 * All pages in one step: SQLite begins anew whenever another process has written between two steps, which a busy bot always
 * has. It reads a snapshot meanwhile, and keeps nobody from writing.
 */
const allPages = 0x7f_ff_ff_ff;

/**
 * Copies a database as it is at one moment, while others use it, over the one in another file: in one transaction, so that a
 * process that is killed meanwhile leaves what was there. Rejects with the error of SQLite.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { timeout: 5_000 });
  try {
    await backup(source, to, { rate: allPages });
  } finally {
    source.close();
  }
}

/** Makes a new file, readable by this user alone, with a copy that is whole by itself. Rejects, and leaves no file then. */
export async function copyIntoNewFile(from: string, to: string): Promise<void> {
  await (await open(to, "wx", 0o600)).close();
  try {
    await copyDatabase(from, to);
    const copy = new DatabaseSync(to);
    try {
      // Without a write-ahead log it can be read where nothing can be written, and is one file.
      copy.exec("pragma journal_mode = delete");
    } finally {
      copy.close();
    }
    await sync(to);
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  }
}

/** Resolves when a file and its entry in its directory are on disk. */
export async function sync(path: string): Promise<void> {
  for (const [place, mode] of [
    [path, "r+"],
    [dirname(path), "r"],
  ] as const) {
    const handle = await open(place, mode);
    await handle.sync().finally(() => handle.close());
  }
}

const checkRow = z.object({ integrity_check: z.string() });
const versionRow = z.object({ version: z.number() });
const countRow = z.object({ count: z.number() });

/** Reads a database from end to end. Never rejects, and changes nothing. */
export function inspectDatabase(path: string): Inspected {
  return withDatabase(path, (database) => {
    const { integrity_check } = checkRow.parse(database.prepare("pragma integrity_check(1)").get());
    if (integrity_check !== "ok") {
      return { kind: "none", why: "is damaged" };
    }
    const known = database
      .prepare("select count(*) as count from sqlite_schema where name in ('schema_version', 'arrivals')")
      .get();
    if (countRow.parse(known).count !== 2) {
      return { kind: "none", why: "is not a store of Deskhand" };
    }
    const row = database.prepare("select coalesce(max(version), 0) as version from schema_version").get();
    return { kind: "store", version: versionRow.parse(row).version };
  });
}

/** Whether a bot uses a store; `unknown` where that could not be read, with why. */
export type Use =
  | { readonly kind: "free" }
  | { readonly kind: "in-use" }
  | { readonly kind: "unknown"; readonly why: string };

const processRows = z.array(z.object({ id: z.string(), alive_until: z.number() }));

/** What SQLite says of a file that is no store, or not one any more: nobody can be using it. */
const noStore: readonly (number | undefined)[] = [sqlite.error, sqlite.corrupt, sqlite.cannotOpen, sqlite.notADatabase];

/**
 * Whether a process uses this store: one whose sign of life still holds, or one that has been silent for longer and may still
 * live, as it was stopped or the machine slept. Never rejects.
 */
export function useOf(path: string, now: number): Use {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      const rows = processRows.parse(database.prepare("select id, alive_until from processes").all());
      const isUsed = rows.some(({ id, alive_until }) => alive_until > now || mayLive(id));
      return { kind: isUsed ? "in-use" : "free" };
    } finally {
      database.close();
    }
  } catch (error) {
    return noStore.includes(sqliteCode(error)) && !isForbidden(path)
      ? { kind: "free" }
      : { kind: "unknown", why: copyFault(error) };
  }
}

/** Whether there is a file that this user may not read: SQLite says the same of it as of none. */
function isForbidden(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return false;
  } catch (error) {
    return errorCode(error) !== "ENOENT" && errorCode(error) !== "ENOTDIR";
  }
}

function withDatabase<T>(path: string, read: (database: DatabaseSync) => T): T | Extract<Inspected, { kind: "none" }> {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      return read(database);
    } finally {
      database.close();
    }
  } catch (error) {
    return { kind: "none", why: `cannot be read: ${unreadable(path) ?? copyFault(error)}` };
  }
}

/** Why a file cannot be read at all, for which SQLite has the same words whatever it is; undefined where it can. */
function unreadable(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isDirectory() ? "it is a directory" : undefined;
  } catch (error) {
    switch (errorCode(error)) {
      case "ENOENT":
      case "ENOTDIR":
        return "there is no such file";
      case "EACCES":
      case "EPERM":
        return "this user may not read it";
      default:
        return undefined;
    }
  }
}

/** What went wrong with a file, in a few words for the operator. */
export function copyFault(error: unknown): string {
  switch (errorCode(error)) {
    case "ENOENT":
      return "there is no such directory or file";
    case "ENOTDIR":
    case "EISDIR":
      return "a directory is where a file should be, or the other way round";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "this user may not write there";
    case "EEXIST":
      return "it is there already";
    case "ENOSPC":
    case "EDQUOT":
      return "there is no room left";
  }
  return sqliteCode(error) === sqlite.notADatabase ? "it is not a database" : storeError(error).message;
}
