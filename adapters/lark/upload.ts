import type { ChatFile, FileType } from "../../src/bot/index.ts";
import { type Exchange, formBody, isFileOf } from "../../src/platform/index.ts";
import { type Failure, failureOf } from "./failure.ts";
import { limits } from "./limits.ts";

/**
 * How the platform calls a type, by which people see an icon and a preview. It has a name for spreadsheets, and "stream" for
 * whatever else (document of "Upload file").
 */
const fileTypes: Readonly<Record<FileType, string>> = { csv: "stream", xlsx: "xls", zip: "stream" };

/**
 * The request that uploads a file (document of "Upload file"). The SDK's own holds the whole file in memory.
 *
 * @param domain base URL of the platform, without a slash at its end
 * @param boundary see `formBody`
 */
export function uploadOf(file: ChatFile, domain: string, token: string, boundary: string): Exchange {
  const { name, type, path, bytes } = file;
  const fields = { file_type: fileTypes[type], file_name: name };
  const part = { field: "file", name, type: "application/octet-stream", bytes, content: { path } };
  return {
    url: new URL(`${domain}/open-apis/im/v1/files`),
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: formBody(fields, part, boundary),
  };
}

/** Why a file cannot be uploaded, whatever the platform says; undefined when it can be. */
export async function unfit({ path, bytes }: ChatFile): Promise<Failure | undefined> {
  if (bytes > limits.fileBytes) {
    return failureOf("too-long", `The file is larger than ${limits.fileBytes / 1_000_000} MB.`);
  }
  if (bytes === 0) {
    return failureOf("parameter", "The file is empty, and Lark takes no empty file.");
  }
  return (await isFileOf(path, bytes))
    ? undefined
    : failureOf("parameter", "The file is gone, or has changed since it was written.");
}
