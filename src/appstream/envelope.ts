import { z } from "zod";
import type { Page, Runtime } from "../fleet/index.ts";
import { entries, text, whole } from "./lenient.ts";
import { parseRow } from "./row.ts";

const envelopeSchema = z.object({ TotalCount: whole, PageSize: whole, Data: entries, RequestId: text });

/**
 * Reads the body of a success as a page; `asked` is the page size that was asked for, believed when none comes back.
 * Undefined when the body is not the API's. A body without a readable TotalCount is not: read as "none", it would
 * tell people that a fleet is gone.
 */
export function parsePage(body: unknown, asked: number): Page | undefined {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success || envelope.data.TotalCount === undefined) return undefined;
  const { Data: rows, TotalCount: total, PageSize: size, RequestId: requestId } = envelope.data;
  const runtimes = rows.map(parseRow).filter((runtime): runtime is Runtime => runtime !== undefined);
  return {
    runtimes,
    total,
    size: size === undefined || size === 0 ? asked : size,
    requestId,
    unreadable: rows.length - runtimes.length,
  };
}
