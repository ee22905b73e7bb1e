import type { Transaction } from "kysely";
import { compare } from "./compare.ts";
import type { Portion } from "./lazies.ts";
import type { Tables } from "./schema.ts";
import type { Take } from "./takes.ts";

/** What goes into one transaction. */
export interface Commit {
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The times of earlier commits of this holder that failed, and may be on disk nevertheless. */
  readonly doubts: readonly number[];
  readonly takes: readonly Take[];
  /** What nobody waits for. */
  readonly lazies: Portion;
}

/** The keys of those arrivals that were not there yet. */
export async function writeCommit(tx: Transaction<Tables>, commit: Commit): Promise<ReadonlySet<string>> {
  await release(tx, commit);
  const inserted = await insertArrivals(tx, commit);
  await commit.lazies.write(tx, commit.now);
  return inserted;
}

/** Who took them was told that they were not taken: nobody answers them here, so that whoever adopts next is to. */
async function release(tx: Transaction<Tables>, { doubts, holder }: Commit): Promise<void> {
  if (doubts.length > 0) {
    await tx
      .updateTable("arrivals")
      .set({ holder: "" })
      .where("taken_at", "in", doubts)
      .where("holder", "=", holder)
      .where("settled_at", "is", null)
      .execute();
  }
}

async function insertArrivals(tx: Transaction<Tables>, { takes, holder, now }: Commit): Promise<ReadonlySet<string>> {
  if (takes.length === 0) {
    return new Set();
  }
  const rows = takes.map(({ key, channel, content }) => {
    return { key, channel, content, holder, taken_at: now, settled_at: null, retry_at: 0 };
  });
  const inserted = await tx
    .insertInto("arrivals")
    .values(rows.toSorted((one, other) => compare(one.key, other.key)))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .execute();
  return new Set(inserted.map(({ key }) => key));
}
