import { open } from "node:fs/promises";

/** A text that grows on the disk, and can go back to a place where it was. */
export interface Spool {
  readonly path: string;
  /** Adds to what is to be written. */
  add(text: string): void;
  /** Writes what was added. */
  flush(): Promise<void>;
  /** Notes how far it is; to be called when everything is written. */
  mark(): void;
  /** Forgets what came since the mark. */
  rewind(): void;
  /** Writes the rest and resolves with the bytes of the whole. */
  finish(): Promise<number>;
  /** Lets go of the file; to be called in any case, and more than once if need be. */
  close(): Promise<void>;
}

/** Begins a file that nobody else can read. Rejects where there is one of this name. */
export async function openSpool(path: string): Promise<Spool> {
  const file = await open(path, "wx", 0o600);
  let [position, marked] = [0, 0];
  let added: string[] = [];
  let closed = false;

  async function flush(): Promise<void> {
    const bytes = Buffer.from(added.join(""));
    added = [];
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position);
      written += bytesWritten;
      position += bytesWritten;
    }
  }

  return {
    path,
    add(text) {
      added.push(text);
    },
    flush,
    mark() {
      marked = position;
    },
    rewind() {
      added = [];
      position = marked;
    },
    async finish() {
      await flush();
      // What came before a rewind may have reached further.
      await file.truncate(position);
      return position;
    },
    async close() {
      if (!closed) {
        closed = true;
        await file.close();
      }
    },
  };
}
