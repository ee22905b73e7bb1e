import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Body } from "./http.ts";

/** A file of a form, on this machine or in memory. */
export interface FormFile {
  readonly field: string;
  /** As the platform is told. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly content: { readonly path: string } | Uint8Array;
}

/** The slowest connection that an upload is waited for, bytes a millisecond. */
const slowest = 100;

/** Milliseconds that so many bytes may take on their way, beside what the exchange takes that they are part of. */
export function uploadTime(bytes: number): number {
  return Math.ceil(bytes / slowest);
}

/** Whether there is a file of this size: a form that promises other bytes than the file has would never end. */
export async function isFileOf(path: string, bytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes;
}

/** A boundary that nobody can foresee. */
export function randomBoundary(random: () => number): string {
  const digit = (): string => Math.min(35, Math.floor(random() * 36)).toString(36);
  return `deskhand${Array.from({ length: 32 }, digit).join("")}`;
}

/**
 * A form with one file (RFC 7578), read from disk as it is sent.
 *
 * @param boundary what stands between the parts: not to be found in any of them, 1 to 70 letters and digits
 */
export function formBody(fields: Readonly<Record<string, string>>, file: FormFile, boundary: string): Body {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  const about = `name="${quoted(file.field)}"; filename="${quoted(file.name)}"`;
  const head = Buffer.from(
    `${parts.join("")}--${boundary}\r\ncontent-disposition: form-data; ${about}\r\ncontent-type: ${file.type}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: head.length + file.bytes + tail.length,
    time: uploadTime(file.bytes),
    open: () => Readable.from(chunks(head, file.content, tail)),
  };
}

async function* chunks(head: Buffer, content: FormFile["content"], tail: Buffer): AsyncGenerator<Uint8Array> {
  yield head;
  if (content instanceof Uint8Array) {
    yield content;
  } else {
    yield* createReadStream(content.path);
  }
  yield tail;
}

/** As browsers write names (HTML, "multipart form data"). */
function quoted(text: string): string {
  return text.replace(/["\r\n]/g, (mark) => (mark === '"' ? "%22" : mark === "\r" ? "%0D" : "%0A"));
}
