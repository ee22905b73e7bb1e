import type { Transaction } from "kysely";
import type { NewNotice, Notice } from "../../alerts/index.ts";
import type { Tables } from "../schema.ts";
import { inBatches } from "./batches.ts";
import { noticeRow } from "./notice-row.ts";

// To be called while the row of the leader is locked; see alert-database.ts.

/** Adds notices, in this order and after all others. One whose id is there is passed over. */
export async function insertNotices(tx: Transaction<Tables>, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) {
    return;
  }
  const last = await tx
    .selectFrom("notices")
    .select(({ fn }) => fn.max("position").as("position"))
    .executeTakeFirst();
  const first = (last?.position ?? 0) + 1;
  const rows = notices.map((notice, index) => noticeRow(notice, first + index));
  await inBatches(rows, (some) =>
    tx
      .insertInto("notices")
      .values(some)
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute(),
  );
}

/** What their cards show is not how things are any more. */
export async function markStale(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await inBatches([...new Set(ids)], (some) =>
    tx
      .updateTable("notices")
      .set(({ eb }) => ({ changed: eb("changed", "+", 1) }))
      .where("id", "in", some)
      .execute(),
  );
}

/** What notices say that were never tried. */
export async function reviseUntried(
  tx: Transaction<Tables>,
  revised: readonly Pick<Notice, "id" | "about">[],
): Promise<void> {
  for (const { id, about } of revised) {
    await tx
      .updateTable("notices")
      .set({ body: JSON.stringify(about) })
      .where("id", "=", id)
      .where("state", "=", "owed")
      .where("attempts", "=", 0)
      .execute();
  }
}

/** Gives up notices that were never tried and that nobody needs. `now`: wall time. */
export async function dropUntried(tx: Transaction<Tables>, ids: readonly string[], now: number): Promise<void> {
  await inBatches(ids, (some) =>
    tx
      .updateTable("notices")
      .set({ state: "dropped", closed_at: now })
      .where("id", "in", some)
      .where("state", "=", "owed")
      .where("attempts", "=", 0)
      .execute(),
  );
}

/** Whether all of these are owed and were never tried. */
export async function areUntried(tx: Transaction<Tables>, ids: readonly string[]): Promise<boolean> {
  let tried = 0;
  await inBatches([...new Set(ids)], async (some) => {
    const found = await tx
      .selectFrom("notices")
      .select("id")
      .where("id", "in", some)
      .where("state", "=", "owed")
      .where("attempts", "=", 0)
      .execute();
    tried += some.length - found.length;
  });
  return tried === 0;
}
