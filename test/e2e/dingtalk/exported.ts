import { readCsv } from "../../export/read-csv.ts";
import { unzip } from "../../export/unzip.ts";
import type { Shown } from "../../platforms/dingtalk/index.ts";
import type { Rig } from "./rig.ts";

/** A file in a chat, as somebody sees it who opens it. */
export interface SeenFile {
  readonly message: Shown;
  readonly name: string;
  readonly bytes: number;
  /** Rows without the head; none where it is a workbook. */
  readonly rows: readonly (readonly string[])[];
  /** What stands in it: the table, or the sheet's XML. */
  readonly text: string;
}

/** The first file in a chat, once it is there. */
export async function exportOf({ fake }: Rig, chat: string, milliseconds = 10_000): Promise<SeenFile> {
  const find = () => fake.within(chat).find(({ kind }) => kind === "file");
  await fake.until(() => find() !== undefined, milliseconds, `a file is in ${chat}`);
  const message = find();
  const upload = fake.uploads.find(({ mediaId }) => mediaId === message?.content.mediaId);
  if (message === undefined || upload === undefined) throw new Error(`there is no file in ${chat}`);
  const inside = unzip(upload.content);
  const table = [...inside].find(([name]) => name.endsWith(".csv"))?.[1].toString("utf8");
  const sheet = [...inside].filter(([name]) => name.endsWith(".xml")).map(([, content]) => content.toString("utf8"));
  const { fileName: name = "" } = message.content;
  const text = table ?? sheet.join("\n");
  const rows = table === undefined ? [] : readCsv(table.replace(/^\uFEFF/, "")).slice(1);
  return { message, name, bytes: upload.content.length, rows, text };
}
