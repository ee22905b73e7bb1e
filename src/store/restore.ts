import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { copyDatabase, copyFault, copyIntoNewFile, inspectDatabase, sync, useOf } from "./copy-database.ts";
import { migrations } from "./migrations.ts";
import { databaseName, makeDatabaseFile } from "./sqlite.ts";

/** The store is what the copy was, or a sentence for the operator that says why not and what to do. */
export type Restored =
  | ({ readonly ok: true; readonly version: number } & Aside)
  | { readonly ok: false; readonly reason: string };

/** What was there before. */
interface Aside {
  /** The file that it is in; undefined where there was nothing. */
  readonly kept: string | undefined;
  /** The version of the tables in it, where a later release wrote them. */
  readonly keptNewer: number | undefined;
}

export interface RestoreOptions {
  /** Of the embedded store; made when it is not there. No bot may be running on it. */
  readonly directory: string;
  /** A file that `backUpStore` made, or any other copy of the database. */
  readonly from: string;
  /** The present time, epoch milliseconds. */
  readonly now: number;
}

/**
 * Puts a copy in the place of the embedded store, and keeps what was there beside it. Where it fails, what was there still is,
 * in its place or beside it. Never rejects.
 */
export async function restoreStore({ directory, from, now }: RestoreOptions): Promise<Restored> {
  const seen = inspectDatabase(from);
  if (seen.kind === "none") {
    return no(`${from} ${seen.why}. Nothing was changed.`);
  }
  if (seen.version > migrations.length) {
    return no(
      `A later release of Deskhand made ${from}: its tables have version ${seen.version}, and this release knows them up to ` +
        `${migrations.length}. Restore it with that release. Nothing was changed.`,
    );
  }
  const path = join(directory, databaseName);
  const inUse = whyNot(directory, now);
  if (inUse !== undefined) {
    return no(`${inUse} Nothing was changed.`);
  }
  let aside: Aside = { kept: undefined, keptNewer: undefined };
  try {
    aside = await keepAside(path, now);
    await makeDatabaseFile(directory);
    // One may have started meanwhile: keeping what was there aside can take long.
    const usedMeanwhile = whyNot(directory, now);
    if (usedMeanwhile !== undefined) {
      return no(
        `${usedMeanwhile} Nothing was restored${aside.kept === undefined ? "" : `, and a copy is in ${aside.kept}`}.`,
      );
    }
    await copyDatabase(from, path);
    await sync(path);
    return { ok: true, version: seen.version, ...aside };
  } catch (error) {
    const left = aside.kept === undefined ? "" : ` What was there is in ${aside.kept}.`;
    return no(`The store in ${directory} cannot be restored: ${copyFault(error)}.${left}`);
  }
}

/** Why the store may not be overwritten now, and what to do; undefined where it may. */
function whyNot(directory: string, now: number): string | undefined {
  const use = useOf(join(directory, databaseName), now);
  switch (use.kind) {
    case "free":
      return undefined;
    case "in-use":
      return `A bot runs on the store in ${directory}, or was killed less than ten seconds ago. Stop it first, also where it is suspended.`;
    case "unknown":
      return `Whether a bot runs on the store in ${directory} cannot be read: ${use.why}. Stop it first, and try again as its user.`;
  }
}

/** Keeps what there is under another name: as a copy, or, where it is too damaged to be copied into, by moving it. */
async function keepAside(path: string, now: number): Promise<Aside> {
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (bytes === 0) {
    return { kept: undefined, keptNewer: undefined };
  }
  const kept = path.replace(/\.db$/, `-before-restore-${new Date(now).toISOString().replaceAll(/\D/g, "")}.db`);
  const before = inspectDatabase(path);
  if (before.kind === "store") {
    await copyIntoNewFile(path, kept);
    return { kept, keptNewer: before.version > migrations.length ? before.version : undefined };
  }
  await rename(path, kept);
  for (const suffix of ["-wal", "-shm"]) {
    await rename(path + suffix, kept + suffix).catch(() => undefined);
  }
  return { kept, keptNewer: undefined };
}

function no(reason: string): Restored {
  return { ok: false, reason };
}
