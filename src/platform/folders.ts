import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { faultOf, type Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";

/** After how long a folder belongs to nobody any more, milliseconds. */
const abandonedAfter = 24 * 60 * 60_000;

/** A folder which nobody else can read. */
export interface Folder {
  readonly path: string;
  /** Removes it with all that is in it. Never rejects. */
  remove(): Promise<void>;
}

/** Folders for files that are there for the time being. */
export interface Folders {
  /** Makes a folder. Rejects where that cannot be done. */
  open(): Promise<Folder>;
  /** Removes what killed processes left behind, and nothing of other users or of the last day. Never rejects. */
  sweep(): Promise<void>;
  /** Removes all that are open. Never rejects. */
  close(): Promise<void>;
}

export interface FoldersOptions {
  /** How the names of all such folders begin, and of no others. */
  readonly prefix: string;
  readonly directory: string;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

export function createFolders({ prefix, directory, clock, log }: FoldersOptions): Folders {
  const opened = new Set<Folder>();

  async function removeAll(path: string): Promise<void> {
    try {
      await rm(path, { recursive: true, force: true });
    } catch (error) {
      log.warn({ fault: faultOf(error) }, "A temporary folder could not be removed.");
    }
  }

  async function isAbandoned(path: string): Promise<boolean> {
    const about = await lstat(path);
    const isOurs = about.uid === (process.getuid?.() ?? about.uid);
    return about.isDirectory() && isOurs && clock.now() - about.mtimeMs > abandonedAfter;
  }

  return {
    async open() {
      // Only its owner may enter it: that is how mkdtemp makes them.
      const path = await mkdtemp(join(directory, prefix));
      const folder: Folder = {
        path,
        async remove() {
          await removeAll(path);
          opened.delete(folder);
        },
      };
      opened.add(folder);
      return folder;
    },
    async sweep() {
      const names = await readdir(directory).catch(() => []);
      for (const name of names.filter((one) => one.startsWith(prefix))) {
        const path = join(directory, name);
        if (await isAbandoned(path).catch(() => false)) {
          await removeAll(path);
        }
      }
    },
    async close() {
      await Promise.all([...opened].map((folder) => folder.remove()));
    },
  };
}
