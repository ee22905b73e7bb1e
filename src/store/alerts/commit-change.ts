import type { Transaction } from "kysely";
import type { Change, Stale } from "../../alerts/index.ts";
import type { Tables } from "../schema.ts";
import { listingsOf } from "./listings.ts";
import { scanRow } from "./scan-row.ts";
import { watchPatch } from "./watch-row.ts";
import { putEpisodes } from "./write-episodes.ts";
import { areUntried, dropUntried, insertNotices, markStale, reviseUntried } from "./write-notices.ts";
import { putSetups } from "./write-setups.ts";

/** Writes what a scan changes. `now`: wall time. */
export async function commitChange(tx: Transaction<Tables>, change: Change, now: number): Promise<"done" | Stale> {
  const watch = await tx.selectFrom("watches").select("revision").where("id", "=", change.watch).executeTakeFirst();
  if (watch?.revision !== change.revision) {
    return "stale";
  }
  // One that was claimed since the scan was judged is being sent as it was: what joined it would be told to nobody.
  if (!(await areUntried(tx, [...change.revised.map(({ id }) => id), ...change.dropped]))) {
    return "stale";
  }
  const patch = watchPatch(change.patch);
  if (Object.keys(patch).length > 0) {
    await tx.updateTable("watches").set(patch).where("id", "=", change.watch).execute();
  }
  if (change.scan !== undefined) {
    const { watch: of, at, ...row } = scanRow(change.scan);
    await tx
      .insertInto("scans")
      .values({ watch: of, at, ...row })
      .onConflict((conflict) => conflict.columns(["watch", "at"]).doUpdateSet(row))
      .execute();
  }
  await putEpisodes(tx, change.episodes);
  await insertNotices(tx, change.notices);
  await reviseUntried(tx, change.revised);
  await dropUntried(tx, change.dropped, now);
  const ended = change.episodes.filter(({ state }) => state === "ended");
  await markStale(tx, [...change.stale, ...(await listingsOf(tx, ended))]);
  await putSetups(tx, change.setups, now);
  return "done";
}
