import type { Transaction } from "kysely";
import type { Moment, Outcome } from "../../alerts/index.ts";
import type { Tables } from "../schema.ts";
import { storedText } from "../stored.ts";
import { inBatches } from "./batches.ts";
import { whole } from "./numbers.ts";

export interface Settling {
  readonly id: string;
  readonly outcome: Outcome;
  readonly now: Moment;
}

/** Episodes that were to be told by notices which were given up are as if they were never told: the next scan tells them. */
export async function untell(tx: Transaction<Tables>, notices: readonly string[]): Promise<void> {
  await inBatches(notices, (some) =>
    tx
      .updateTable("episodes")
      .set({ notice: null })
      .where("notice", "in", some)
      .where("state", "!=", "ended")
      .execute(),
  );
}

/** Notes what became of a notice. What was sent stays sent, whatever is said of it later. */
export async function settleNotice(tx: Transaction<Tables>, { id, outcome, now }: Settling): Promise<"done"> {
  const notice = tx.updateTable("notices").where("id", "=", storedText(id));
  const wall = whole(now.wall);
  switch (outcome.kind) {
    case "sent":
      await notice
        .set({ state: "sent", sent_at: wall, closed_at: wall, message: storedText(outcome.message), reason: null })
        .set({ next_at: 0 })
        .$if(outcome.staleness !== undefined, (drawn) => drawn.set({ shown: outcome.staleness ?? 0 }))
        .where("state", "!=", "sent")
        .execute();
      break;
    case "again":
      await notice
        .set({ next_at: whole(outcome.nextAt), reason: storedText(outcome.reason), claimed_in: null })
        .$if(outcome.refused === true, (refused) => refused.set({ aside: "refused" }))
        .where("state", "=", "owed")
        .execute();
      break;
    case "held":
      await notice
        .set(({ eb, case: when, ref, val }) => ({
          attempts: eb("attempts", "-", 1),
          tried_at: when().when("attempts", "=", 1).then(null).else(ref("tried_at")).end(),
          // Of one that was tried before, how that went matters more.
          reason: when()
            .when("attempts", "=", 1)
            .then(val(storedText(outcome.reason)))
            .else(ref("reason"))
            .end(),
          next_at: whole(outcome.nextAt),
          claimed_in: null,
        }))
        .$if(outcome.aside, (held) => held.set(({ fn, val }) => ({ aside: fn.coalesce("aside", val("held")) })))
        .where("state", "=", "owed")
        // What is written once more takes back one attempt only.
        .where("claimed_in", "is not", null)
        .execute();
      break;
    case "failed":
      await notice
        .set({ state: "failed", closed_at: wall, reason: storedText(outcome.reason) })
        .where("state", "=", "owed")
        .execute();
      if (outcome.retell) {
        await untell(tx, [storedText(id)]);
      }
      break;
    case "stale":
      await notice
        .set({ next_at: whole(outcome.nextAt) })
        .where("state", "=", "sent")
        .execute();
      break;
    case "fresh":
      await notice
        .set({ shown: outcome.staleness })
        .where("shown", "<", outcome.staleness)
        .where("changed", ">=", outcome.staleness)
        .execute();
      break;
  }
  return "done";
}
