import { z } from "zod";
import { type Part, readMultipart } from "../multipart.ts";
import type { ApiAnswer } from "../server.ts";
import { refusal, success } from "./answers.ts";

/** A file or a picture that was uploaded. */
export interface Upload {
  readonly key: string;
  /** `stream`, `pdf`, `xls` … of a file, `message` of a picture. */
  readonly type: string;
  readonly name: string;
  readonly content: Buffer;
}

export interface Uploads {
  readonly all: readonly Upload[];
  get(key: string): Upload | undefined;
  /** What a message with this content holds. */
  heldBy(content: string): Upload | undefined;
  /** POST /open-apis/im/v1/files. */
  file(body: Buffer, contentType: string): ApiAnswer;
  /** POST /open-apis/im/v1/images. */
  image(body: Buffer, contentType: string): ApiAnswer;
}

const megabyte = 1024 * 1024;
/** Documents of "Upload a file" and "Upload an image". */
const fileLimit = 30 * megabyte;
const imageLimit = 10 * megabyte;
const fileTypes = new Set(["opus", "mp4", "pdf", "doc", "xls", "ppt", "stream"]);
const imageStarts = ["ffd8ff", "89504e47", "47494638", "52494646", "424d", "49492a00", "4d4d002a"];

const holder = z.union([
  z.object({ file_key: z.string() }).transform(({ file_key: key }) => key),
  z.object({ image_key: z.string() }).transform(({ image_key: key }) => key),
]);

/** `keep` uploads are remembered, the latest. */
export function createUploads(ids: (prefix: string) => string, keep: number): Uploads {
  const uploads: Upload[] = [];

  function remember(upload: Upload): void {
    uploads.push(upload);
    if (uploads.length > keep) uploads.shift();
  }

  function textOf(parts: readonly Part[], name: string): string {
    return parts.find((part) => part.name === name)?.content.toString() ?? "";
  }

  /** What is wrong with the bytes, or the bytes. */
  function bytesOf(parts: readonly Part[] | undefined, name: string, limit: number): ApiAnswer | Buffer {
    const content = parts?.find((part) => part.name === name)?.content;
    if (content === undefined) return refusal(234001, `the form has no part "${name}"`);
    if (content.length === 0) return refusal(234010);
    return content.length > limit ? refusal(234006) : content;
  }

  const get = (key: string): Upload | undefined => uploads.find((upload) => upload.key === key);

  return {
    all: uploads,
    get,
    heldBy(content) {
      const key = holder.safeParse(JSON.parse(content));
      return key.success ? get(key.data) : undefined;
    },
    file(body, contentType) {
      const parts = readMultipart(body, contentType);
      const content = bytesOf(parts, "file", fileLimit);
      if (!Buffer.isBuffer(content)) return content;
      const [type, name] = [textOf(parts ?? [], "file_type"), textOf(parts ?? [], "file_name")];
      if (!fileTypes.has(type)) return refusal(234001, `file_type "${type}"`);
      if (!/.\.[A-Za-z0-9]+$/.test(name)) return refusal(234001, "file_name is to have a suffix");
      const key = ids("file_v3_");
      remember({ key, type, name, content });
      return success({ file_key: key });
    },
    image(body, contentType) {
      const parts = readMultipart(body, contentType);
      const content = bytesOf(parts, "image", imageLimit);
      if (!Buffer.isBuffer(content)) return content;
      const type = textOf(parts ?? [], "image_type");
      if (type !== "message" && type !== "avatar") return refusal(234001, `image_type "${type}"`);
      const start = content.subarray(0, 4).toString("hex");
      if (!imageStarts.some((known) => start.startsWith(known))) return refusal(234011);
      const key = ids("img_v3_");
      remember({ key, type, name: "", content });
      return success({ image_key: key });
    },
  };
}
