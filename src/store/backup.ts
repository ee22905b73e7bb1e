import { link, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { copyFault, copyIntoNewFile, inspectDatabase, sync } from "./copy-database.ts";
import { errorCode } from "./reasons.ts";
import { databaseName } from "./sqlite.ts";

/** A copy was made, or a sentence for the operator that says why not and what to do. */
export type BackedUp =
  | { readonly ok: true; readonly bytes: number; readonly version: number }
  | { readonly ok: false; readonly reason: string };

export interface BackupOptions {
  /** Of the embedded store; a bot may be running on it. */
  readonly directory: string;
  /** The file of the copy. None of this name may be there. */
  readonly to: string;
}

/**
 * Copies the embedded store as it is at one moment. The copy is one file, has been read from end to end, and is on disk under
 * its name whole or not at all. Never rejects.
 */
export async function backUpStore({ directory, to }: BackupOptions): Promise<BackedUp> {
  const from = join(directory, databaseName);
  if (!(await exists(from))) {
    return no(`There is no store in ${directory} yet: a bot that was started once has made one.`);
  }
  if (await exists(to)) {
    return no(`${to} is there already, and is not overwritten: name another file, or remove it.`);
  }
  const part = `${to}.${process.pid}.part`;
  try {
    await copyIntoNewFile(from, part);
    const seen = inspectDatabase(part);
    if (seen.kind === "none") {
      return no(`The store in ${directory} ${seen.why}. No copy was kept.`);
    }
    const { size } = await stat(part);
    await publish(part, to);
    return { ok: true, bytes: size, version: seen.version };
  } catch (error) {
    return no(`The copy ${to} cannot be made: ${copyFault(error)}.`);
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

/** Gives a file its name, unless another has it meanwhile. */
async function publish(part: string, to: string): Promise<void> {
  try {
    await link(part, to);
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      throw error;
    }
    // A file system that has no links.
    await rename(part, to);
  }
  await sync(to);
}

function no(reason: string): BackedUp {
  return { ok: false, reason };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
