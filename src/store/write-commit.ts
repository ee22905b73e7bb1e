import type { Transaction } from "kysely";
import type { ArrivalRow, CardRow, Tables } from "./schema.ts";

/** What goes into one transaction. */
export interface Commit {
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The times of earlier commits of this holder that failed, and may be on disk nevertheless. */
  readonly doubts: readonly number[];
  readonly arrivals: readonly ArrivalRow[];
  /** Keys of arrivals that were answered. */
  readonly settled: readonly string[];
  readonly cards: readonly CardRow[];
}

/** The keys of those arrivals that were not there yet. */
export async function writeCommit(tx: Transaction<Tables>, commit: Commit): Promise<ReadonlySet<string>> {
  await release(tx, commit);
  const inserted = await insertArrivals(tx, commit.arrivals);
  await settleArrivals(tx, commit);
  await upsertCards(tx, commit.cards);
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

async function insertArrivals(tx: Transaction<Tables>, rows: readonly ArrivalRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) {
    return new Set();
  }
  const inserted = await tx
    .insertInto("arrivals")
    // In one order everywhere: two transactions that wait for each other's rows would be a deadlock in PostgreSQL.
    .values(rows.toSorted((one, other) => compare(one.key, other.key)))
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("key")
    .execute();
  return new Set(inserted.map(({ key }) => key));
}

async function settleArrivals(tx: Transaction<Tables>, { settled, now }: Commit): Promise<void> {
  if (settled.length > 0) {
    await tx
      .updateTable("arrivals")
      .set({ settled_at: now, content: null })
      .where("key", "in", settled)
      .where("settled_at", "is", null)
      .execute();
  }
}

async function upsertCards(tx: Transaction<Tables>, rows: readonly CardRow[]): Promise<void> {
  if (rows.length > 0) {
    await tx
      .insertInto("cards")
      .values(rows.toSorted((one, other) => compare(cardKey(one), cardKey(other))))
      .onConflict((conflict) =>
        conflict.columns(["channel", "chat", "message"]).doUpdateSet((excluded) => ({
          command: excluded.ref("excluded.command"),
          shown_at: excluded.ref("excluded.shown_at"),
        })),
      )
      .execute();
  }
}

/** What tells a card's row from every other. */
export function cardKey({ channel, chat, message }: Pick<CardRow, "channel" | "chat" | "message">): string {
  return JSON.stringify([channel, chat, message]);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
