import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { Relieve } from "./relieve.ts";

/** One file in a zip: a short text, or what lies on the disk. */
export type Entry = { readonly name: string } & ({ readonly text: string } | { readonly path: string });

export interface ZipOptions {
  readonly entries: readonly Entry[];
  readonly modified: Date;
  /** Rejects with its reason when it is aborted. */
  readonly signal: AbortSignal;
  readonly relieve: Relieve;
}

/** How much of a file passes through memory before what it has left there is cleared away, bytes. */
const relieveAfter = 16 * 1_024 * 1_024;

/** Writes a zip as a stream, whatever the size of its files, and resolves with its bytes. */
export async function writeZip(path: string, { entries, modified, signal, relieve }: ZipOptions): Promise<number> {
  const zip = new ZipFile();
  const output = zip.outputStream;
  const fail = (error: Error) => {
    if ("destroy" in output && typeof output.destroy === "function") {
      output.destroy(error);
    }
  };
  const options = { mtime: modified, mode: 0o100600 };
  const sources = entries.map((entry) => {
    if ("text" in entry) {
      zip.addBuffer(Buffer.from(entry.text), entry.name, options);
      return undefined;
    }
    // Not addFile: a zip that is given up leaves the file open that it was reading.
    const source = Readable.from(chunksOf(entry.path, relieve), { objectMode: false }).on("error", fail);
    zip.addReadStream(source, entry.name, options);
    return source;
  });
  zip.on("error", fail);
  zip.end();
  try {
    await pipeline(output, createWriteStream(path, { flags: "wx", mode: 0o600 }), { signal });
  } finally {
    for (const source of sources) {
      source?.destroy();
    }
  }
  return (await stat(path)).size;
}

async function* chunksOf(path: string, relieve: Relieve): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of createReadStream(path)) {
    yield chunk;
    passed += chunk.length;
    if (passed >= relieveAfter) {
      passed = 0;
      await relieve();
    }
  }
}
