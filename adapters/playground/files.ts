import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatFile } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { limits } from "./limits.ts";

export interface FilesOptions {
  readonly clock: Pick<Clock, "sleep">;
  /** Letters, digits, `-` and `_`; never the same twice, and not to be guessed: whoever knows it gets the file. */
  readonly randomId: () => string;
}

/** Files that pages can fetch: copies on disk, for an hour, bounded in number and size, gone with the process. */
export interface Files {
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
  readonly life: AbortController;
}

/** Makes no folder before the first file. */
export function createFiles({ clock, randomId }: FilesOptions): Files {
  const files = new Map<string, Kept>();
  let folder: Promise<string> | undefined;
  let closed = false;

  async function drop(id: string): Promise<void> {
    const kept = files.get(id);
    if (kept === undefined) return;
    files.delete(id);
    kept.life.abort("dropped");
    // A page that is fetching it has it open, and reads on.
    await rm(kept.file.path, { force: true }).catch(() => undefined);
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

  return {
    async keep(file) {
      if (closed) throw new Error("The playground keeps no file any more.");
      // For its owner only, as mkdtemp makes them.
      folder ??= mkdtemp(join(tmpdir(), "deskhand-playground-"));
      const id = randomId();
      const path = join(await folder, id);
      await copyFile(file.path, path);
      if (closed) {
        await rm(path, { force: true });
        throw new Error("The playground keeps no file any more.");
      }
      const life = new AbortController();
      files.set(id, { file: { ...file, path }, life });
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
      const made = await folder?.catch(() => undefined);
      if (made !== undefined) await rm(made, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}
