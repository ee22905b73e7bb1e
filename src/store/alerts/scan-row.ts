import type { Insertable, Selectable } from "kysely";
import { z } from "zod";
import type { ScanRow } from "../../alerts/index.ts";
import { riskKinds } from "../../fleet/index.ts";
import { readJson } from "../json.ts";
import { storedText } from "../stored.ts";
import { kindCountsSchema, maybe } from "./counts-json.ts";
import { flag, whole } from "./numbers.ts";
import type { ScansTable } from "./tables.ts";

/** What is not there is empty: most scans find what the one before found. */
const bodySchema = z.object({
  kinds: kindCountsSchema.optional(),
  reason: maybe(z.string()),
  odd: z.array(z.tuple([z.string(), z.enum(riskKinds), z.string()])).optional(),
});

/** Undefined for a row that this version cannot read. */
export function scanOf(row: Selectable<ScansTable>): ScanRow | undefined {
  const body = readJson(bodySchema, row.body);
  return (
    body && {
      ...{ watch: row.watch, at: row.at, wall: row.wall, complete: row.complete !== 0, atRisk: row.at_risk },
      ...{ kinds: body.kinds ?? {}, reason: body.reason, odd: body.odd ?? [] },
    }
  );
}

export function scanRow(scan: ScanRow): Insertable<ScansTable> {
  const body = {
    kinds: Object.keys(scan.kinds).length === 0 ? undefined : scan.kinds,
    reason: scan.reason,
    odd: scan.odd.length === 0 ? undefined : scan.odd,
  };
  return {
    ...{ watch: storedText(scan.watch), at: whole(scan.at), wall: whole(scan.wall) },
    ...{ complete: flag(scan.complete), at_risk: scan.atRisk, body: JSON.stringify(body) },
  };
}
