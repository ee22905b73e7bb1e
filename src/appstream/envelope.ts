import { z } from "zod";
import type { Page, Runtime } from "../fleet/index.ts";
import { entries, text, whole } from "./lenient.ts";
import { parseRow } from "./row.ts";

const envelopeSchema = z.object({ TotalCount: whole, PageSize: whole, Data: entries, RequestId: text });

/**
 * Reads the body of a success as a page; `asked` is the page size that was asked for and `page` its number.
 * Undefined when the body is not the API's. A body without a readable TotalCount is not: read as "none", it would
 * tell people that a fleet is gone.
 */
export function parsePage(body: unknown, asked: number, page: number): Page | undefined {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success || envelope.data.TotalCount === undefined) return undefined;
  const { Data: rows, TotalCount: total, PageSize: size, RequestId: requestId } = envelope.data;
  const runtimes = rows.map(parseRow).filter((runtime): runtime is Runtime => runtime !== undefined);
  return {
    runtimes,
    total,
    size: size || sizeOf(rows.length, total, page, asked),
    requestId,
    unreadable: rows.length - runtimes.length,
  };
}

/** The size of pages of an answer that does not say it: what came, where more was asked for and is there. */
function sizeOf(rows: number, total: number, page: number, asked: number): number {
  return rows > 0 && rows < asked && (page - 1) * asked + rows < total ? rows : asked;
}
