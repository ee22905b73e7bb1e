import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ExportCall, Exported, ExportRequest, FileLimits, FileType } from "../bot/index.ts";
import { textsOf } from "../cards/index.ts";
import { type ExportFormat, exportFormats } from "../commands/index.ts";
import type { Outcome, Reader } from "../fleet/index.ts";
import type { Folder } from "../platform/index.ts";
import { columnsOf } from "./columns.ts";
import type { Relieve } from "./relieve.ts";
import { workbookOf } from "./workbook.ts";
import { type Written, writeRows } from "./write-rows.ts";
import { writeZip } from "./zip.ts";

export interface FileOptions {
  readonly reader: Pick<Reader, "stream">;
  /** Rows of one file. */
  readonly limit: number;
  readonly folder: Folder;
  readonly relieve: Relieve;
  /** What the file is named by. */
  readonly made: Date;
}

/** A file on the disk. */
interface OnDisk {
  readonly type: FileType;
  readonly path: string;
  readonly bytes: number;
}

/** What the file of an export is made with. */
interface Making extends FileOptions {
  readonly request: ExportRequest;
  readonly call: ExportCall;
  readonly format: ExportFormat;
  /** Of the file, without its ending. */
  readonly name: string;
}

/**
 * Reads a list into a file of the format that was asked for, and packs it where that is needed to send it. Rejects when it
 * cannot be written, or when the call was given up while it was packed; what is in the folder then is of no use.
 */
export async function makeFile(
  options: FileOptions,
  request: ExportRequest,
  call: ExportCall,
): Promise<Outcome<Exported>> {
  const format = formatFor(request.format, request.files.types);
  const making: Making = { ...options, request, call, format, name: fileName(options.made) };
  const path = join(options.folder.path, format === "csv" ? `${making.name}.csv` : "sheet.xml");
  const columns = columnsOf(textsOf(request.locale), request.showsUsers);
  const outcome = await writeRows({ ...options, columns, format, path }, request, call);
  if (!outcome.ok) {
    return outcome;
  }
  if (outcome.value.kind === "too-large") {
    return { ok: true, value: { kind: "too-many", total: outcome.value.total, limit: options.limit } };
  }
  const file = await packed(making, path, outcome.value.bytes);
  return { ok: true, value: exported(making, file, outcome.value) };
}

/** What was asked for where it is taken, packed if need be; otherwise what is plainest there. */
function formatFor(wanted: ExportFormat | undefined, types: readonly FileType[]): ExportFormat {
  const taken = exportFormats.find((format) => types.includes(format)) ?? "csv";
  return wanted !== undefined && (types.includes(wanted) || types.includes("zip")) ? wanted : taken;
}

/** The file that is sent, made of the rows on the disk. */
async function packed(making: Making, rows: string, bytes: number): Promise<OnDisk> {
  const { name, format, request } = making;
  const file: OnDisk =
    format === "csv" ? { type: "csv", path: rows, bytes } : { type: "xlsx", ...(await packWorkbook(making, rows)) };
  return wantsZip(file, request.files)
    ? { type: "zip", ...(await pack(making, "zip", file.path, [{ name: `${name}.${file.type}`, path: file.path }])) }
    : file;
}

function packWorkbook(making: Making, sheet: string): Promise<Omit<OnDisk, "type">> {
  const { words } = textsOf(making.request.locale);
  return pack(making, "xlsx", sheet, workbookOf(words.runtimes, sheet));
}

/** Packs, and removes what was packed. */
async function pack(
  { folder, name, made, call, relieve }: Making,
  ending: string,
  from: string,
  entries: Parameters<typeof writeZip>[1]["entries"],
): Promise<Omit<OnDisk, "type">> {
  const path = join(folder.path, `${name}.${ending}`);
  const bytes = await writeZip(path, { entries, modified: made, signal: call.signal, relieve });
  await rm(from);
  return { path, bytes };
}

/** A workbook is packed already: a zip makes it no smaller, but goes where no workbook is taken. */
function wantsZip({ type, bytes }: OnDisk, files: FileLimits): boolean {
  const helps = !files.types.includes(type) || (type === "csv" && bytes > files.bytes);
  return helps && files.types.includes("zip");
}

function exported({ folder, name, request }: Making, file: OnDisk, written: Written): Exported {
  const { types, bytes } = request.files;
  const limit = types.includes(file.type) ? bytes : 0;
  if (file.bytes > limit) {
    return { kind: "too-large", bytes: file.bytes, limit };
  }
  const { rows, complete, unreadable } = written;
  return {
    kind: "file",
    file: { ...file, name: `${name}.${file.type}` },
    ...{ rows, complete, unreadable },
    remove: () => folder.remove(),
  };
}

/** By the time in UTC, so that it says the same to everyone who gets it: `runtimes-20260102-0304`. */
function fileName(made: Date): string {
  const [date = "", time = ""] = made.toISOString().split("T");
  return `runtimes-${date.replaceAll("-", "")}-${time.slice(0, 5).replace(":", "")}`;
}
