import type { ExportCall, ExportRequest } from "../bot/index.ts";
import type { ExportFormat } from "../commands/index.ts";
import type { Outcome, Reader, Sink, Streamed, TooLarge } from "../fleet/index.ts";
import type { Column } from "./columns.ts";
import type { Relieve } from "./relieve.ts";
import { rowFormat } from "./rows.ts";
import { openSpool } from "./spool.ts";

export interface RowsOptions {
  readonly reader: Pick<Reader, "stream">;
  readonly limit: number;
  readonly columns: readonly Column[];
  readonly format: ExportFormat;
  readonly relieve: Relieve;
  /** Where they are written: no file must be there yet. */
  readonly path: string;
}

/** Pages after which what they have left in memory is cleared away. */
const relieveAfter = 50;

/** Rows on the disk. */
export interface Written extends Streamed {
  readonly bytes: number;
}

/** Reads a list and writes a row for each of its runtimes, page by page. Rejects when it cannot be written. */
export async function writeRows(
  { reader, limit, columns, format, path, relieve }: RowsOptions,
  { filters, scope, see }: ExportRequest,
  call: ExportCall,
): Promise<Outcome<Written | TooLarge>> {
  const { head, row, end } = rowFormat(format, columns);
  const spool = await openSpool(path);
  let [rows, before, pages] = [0, 0, 0];
  const sink: Sink = {
    begin(again) {
      if (again) {
        spool.rewind();
        rows = before;
      } else {
        spool.mark();
        before = rows;
      }
    },
    row(runtime) {
      const seen = see(runtime);
      spool.add(
        row(
          rows,
          columns.map(({ value }) => value(seen)),
        ),
      );
      rows += 1;
    },
    async page(read, total) {
      await spool.flush();
      pages += 1;
      if (pages % relieveAfter === 0) {
        await relieve();
      }
      call.onProgress(read, total);
    },
  };
  try {
    spool.add(head);
    await spool.flush();
    const outcome = await reader.stream({ filters, limit }, scope, sink, call);
    if (!outcome.ok) {
      return outcome;
    }
    const { value } = outcome;
    if (value.kind === "too-large") {
      return { ok: true, value };
    }
    spool.add(end(rows));
    return { ok: true, value: { ...value, bytes: await spool.finish() } };
  } finally {
    await spool.close();
  }
}
