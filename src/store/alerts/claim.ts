import { type Kysely, sql, type Transaction } from "kysely";
import type { Moment, Notice, Term } from "../../alerts/index.ts";
import type { Tables } from "../schema.ts";
import { inBatches } from "./batches.ts";
import { noticeOf } from "./notice-row.ts";
import { whole } from "./numbers.ts";
import type { Rows } from "./rows.ts";

/**
 * After how long a notice is tried again of whose try nothing was heard, milliseconds. One that was tried in an earlier term is
 * tried again at once: whoever led then is no more, or was too slow.
 */
const unheard = 60_000;

/** The oldest owed notice of each chat, for which younger ones wait, and those that stand aside. */
function heads(db: Kysely<Tables>) {
  const owed = db.selectFrom("notices").where("state", "=", sql.lit("owed"));
  const firsts = owed
    .select(({ fn }) => fn.min("position").as("first"))
    .where("aside", "is", null)
    .groupBy(["channel", "chat"]);
  return owed.where(({ eb, or }) => or([eb("position", "in", firsts), eb("aside", "is not", null)]));
}

interface Claiming {
  readonly term: Term;
  readonly now: Moment;
  readonly limit: number;
}

/** Claims what may be tried now, as `Outbox.claim` says. */
export async function claimOwed(
  tx: Transaction<Tables>,
  { term, now, limit }: Claiming,
  rows: Rows,
): Promise<readonly Notice[]> {
  const [steady, wall] = [whole(now.steady), whole(now.wall)];
  const due = await heads(tx)
    .selectAll()
    .where(({ eb, or }) => or([eb("next_at", "<=", steady), eb("claimed_in", "<", term.token)]))
    .orderBy("position")
    .limit(limit)
    .execute();
  const claimed = due.map((row) => ({
    ...row,
    ...{ attempts: row.attempts + 1, tried_at: row.tried_at ?? wall, next_at: steady + unheard, shown: row.changed },
  }));
  const notices = rows.all("notices", claimed, noticeOf);
  const readable = new Set(notices.map(({ id }) => id));
  await inBatches([...readable], (ids) =>
    tx
      .updateTable("notices")
      .set(({ eb, fn, ref, val }) => ({
        attempts: eb("attempts", "+", 1),
        tried_at: fn.coalesce("tried_at", val(wall)),
        next_at: steady + unheard,
        claimed_in: term.token,
        // The card is drawn after this, with all that has changed so far.
        shown: ref("changed"),
      }))
      .where("id", "in", ids)
      .execute(),
  );
  // One that cannot be read must not keep back those after it.
  await inBatches(
    due.map(({ id }) => id).filter((id) => !readable.has(id)),
    (ids) =>
      tx
        .updateTable("notices")
        .set({ state: "failed", reason: "It cannot be read by this version.", closed_at: wall })
        .where("id", "in", ids)
        .execute(),
  );
  return notices;
}
