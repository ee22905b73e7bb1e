import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Context } from "hono";
import type { FileType } from "../../src/bot/index.ts";
import type { Files } from "./files.ts";

/** As IANA lists them; that of spreadsheets is ECMA-376's. */
const types: Readonly<Record<FileType, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
};

/** A file as something to be saved, never to be shown: what stands in it is other people's text. */
export async function download(context: Context, files: Files): Promise<Response> {
  const file = files.get(context.req.param("id") ?? "");
  const handle = file && (await open(file.path).catch(() => undefined));
  if (file === undefined || handle === undefined) {
    return context.json({ error: "This file is not kept any more. Ask for it again." }, 404);
  }
  const headers = {
    "content-type": types[file.type],
    "content-length": String((await handle.stat()).size),
    "content-disposition": attachment(file.name),
  };
  if (context.req.method === "HEAD") {
    // A page that only asks whether the file is there gets none of it: a stream that nobody reads would stay open.
    await handle.close();
    return context.body(null, 200, headers);
  }
  return context.body(Readable.toWeb(handle.createReadStream()) as ReadableStream, 200, headers);
}

/** The header that has a browser save a file under this name (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${name.replace(/[^\w. -]/g, "_")}"; filename*=UTF-8''${encoded}`;
}
