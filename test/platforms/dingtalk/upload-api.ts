import { type Part, readMultipart } from "../multipart.ts";
import type { ApiAnswer } from "../server.ts";
import { oldRefusal, success } from "./answers.ts";

/** A file or a picture that was uploaded. */
export interface Upload {
  /** @… */
  readonly mediaId: string;
  readonly type: "file" | "image";
  readonly name: string;
  readonly content: Buffer;
}

export interface Uploads {
  readonly all: readonly Upload[];
  get(mediaId: string): Upload | undefined;
  /** POST /media/upload. */
  upload(type: string | null, body: Buffer, contentType: string): ApiAnswer;
}

/** Document "Upload a media file". */
const largest = 20 * 1024 * 1024;
const extensions: Readonly<Record<Upload["type"], readonly string[]>> = {
  file: ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "pdf", "rar"],
  image: ["jpg", "jpeg", "gif", "png", "bmp"],
};
const imageStarts = ["ffd8ff", "89504e47", "47494638", "424d"];

function isType(type: string | null): type is Upload["type"] {
  return type === "file" || type === "image";
}

/** `keep` uploads are remembered, the latest. */
export function createUploads(options: {
  readonly ids: (prefix: string) => string;
  readonly now: () => number;
  readonly keep: number;
}): Uploads {
  const uploads = new Map<string, Upload>();

  function remember(type: Upload["type"], { content, filename = "" }: Part): ApiAnswer {
    const mediaId = options.ids("@lAD");
    uploads.set(mediaId, { mediaId, type, name: filename, content });
    if (uploads.size > options.keep) uploads.delete(uploads.keys().next().value ?? "");
    return success({ errcode: 0, errmsg: "ok", media_id: mediaId, created_at: options.now(), type });
  }

  return {
    get all() {
      return [...uploads.values()];
    },
    get: (mediaId) => uploads.get(mediaId),
    upload(type, body, contentType) {
      const part = readMultipart(body, contentType)?.find(({ name }) => name === "media");
      if (!isType(type)) return oldRefusal(40004, `type=${type}`);
      if (part === undefined) return oldRefusal(41005, 'the form has no part "media"');
      if (part.content.length === 0 || part.content.length > largest) {
        return oldRefusal(40006, `${part.content.length} bytes`);
      }
      const extension = /\.([a-z]+)$/.exec((part.filename ?? "").toLowerCase())?.[1] ?? "";
      if (!extensions[type].includes(extension)) return oldRefusal(40004, `the file "${part.filename}"`);
      const start = part.content.subarray(0, 4).toString("hex");
      if (type === "image" && !imageStarts.some((known) => start.startsWith(known))) {
        return oldRefusal(40004, "the bytes are no picture");
      }
      return remember(type, part);
    },
  };
}
