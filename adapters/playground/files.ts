import { copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatFile, Log } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createFolders, type Folder } from "../../src/platform/index.ts";
import { limits } from "./limits.ts";

export interface FilesOptions {
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** Letters, digits, `-` and `_`; never the same twice, and not to be guessed: whoever knows it gets the file. */
  readonly randomId: () => string;
  readonly log: Log;
}

/** Files that pages can fetch: copies on disk, for an hour, bounded in number and size, gone with the process. */
export interface Files {
  /** Removes what killed processes left behind more than a day ago. Never rejects. */
  start(): Promise<void>;
  /** Copies a file and resolves to the id of the copy. Rejects with the system's error when it cannot be copied. */
  keep(file: ChatFile): Promise<string>;
  /** `path` is that of the copy. */
  get(id: string): ChatFile | undefined;
  drop(id: string): Promise<void>;
  /** Deletes all of them, and takes no more. Never rejects. */
  close(): Promise<void>;
}

interface Kept {
  readonly file: ChatFile;
  readonly folder: Folder;
  readonly life: AbortController;
}

const closedReason = "The playground keeps no file any more.";

export function createFiles({ clock, randomId, log }: FilesOptions): Files {
  const files = new Map<string, Kept>();
  const folders = createFolders({ prefix: "deskhand-playground-", directory: tmpdir(), clock, log });
  let closed = false;

  async function drop(id: string): Promise<void> {
    const kept = files.get(id);
    if (kept === undefined) return;
    files.delete(id);
    kept.life.abort("dropped");
    // A page that is fetching it has it open, and reads on.
    await kept.folder.remove();
  }

  /** Drops the oldest ones until the newest is within the limits together with the others. */
  async function makeRoom(): Promise<void> {
    let bytes = files.values().reduce((sum, { file }) => sum + file.bytes, 0);
    for (const [id, { file }] of [...files]) {
      if (files.size <= limits.files && bytes <= limits.allFileBytes) return;
      bytes -= file.bytes;
      await drop(id);
    }
  }

  async function copy(file: ChatFile): Promise<Pick<Kept, "file" | "folder">> {
    const folder = await folders.open();
    try {
      const path = join(folder.path, "file");
      await copyFile(file.path, path);
      if (closed) throw new Error(closedReason);
      return { file: { ...file, path }, folder };
    } catch (error) {
      await folder.remove();
      throw error;
    }
  }

  return {
    start: () => folders.sweep(),
    async keep(file) {
      if (closed) throw new Error(closedReason);
      const copied = await copy(file);
      const id = randomId();
      const life = new AbortController();
      files.set(id, { ...copied, life });
      clock.sleep(limits.fileLife, life.signal).then(
        () => drop(id),
        () => undefined,
      );
      await makeRoom();
      return id;
    },
    get: (id) => files.get(id)?.file,
    drop,
    async close() {
      closed = true;
      for (const { life } of files.values()) life.abort("closed");
      files.clear();
      await folders.close();
    },
  };
}
