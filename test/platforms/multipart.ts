/** A part of a form. */
export interface Part {
  readonly name: string;
  readonly filename: string | undefined;
  readonly content: Buffer;
}

/** Reads a multipart/form-data body; undefined when it is none, or is cut. */
export function readMultipart(body: Buffer, contentType: string): readonly Part[] | undefined {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const parts: Part[] = [];
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (body.subarray(start, start + 2).toString() === "--") return parts;
    const next = body.indexOf(`\r\n--${boundary}`, start);
    if (next < 0) return undefined;
    const part = readPart(body.subarray(start + 2, next));
    if (part === undefined) return undefined;
    parts.push(part);
    at = next + 2;
  }
  return undefined;
}

function readPart(bytes: Buffer): Part | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const disposition = /^content-disposition:.*$/im.exec(bytes.subarray(0, end).toString())?.[0] ?? "";
  const name = /[; ]name="([^"]*)"/i.exec(disposition)?.[1];
  const filename = /[; ]filename="([^"]*)"/i.exec(disposition)?.[1];
  return name === undefined ? undefined : { name, filename, content: bytes.subarray(end + 4) };
}
