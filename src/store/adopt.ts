import type { Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** Takes up what was released, and what processes that no longer live left unanswered. */
export interface Adoption {
  /** From `retryAt` (epoch milliseconds) on it is anybody's. */
  release(key: string, retryAt: number): Promise<void>;
  /** Gives the keys and contents of at most so many, oldest first. What it gives is held by this process from then on. */
  adopt(limit: number, now: number): Promise<readonly Adopted[]>;
}

export interface Adopted {
  readonly key: string;
  readonly content: string;
}

/** From how many dead processes is adopted in one go: their names are parameters of one statement. */
const mostHolders = 200;

export function createAdoption({
  database,
  holder,
}: {
  readonly database: Database;
  readonly holder: string;
}): Adoption {
  /** What was adopted when the database failed: whether it is held by this process is not known. */
  let doubted: readonly string[] = [];

  async function free(tx: Transaction<Tables>): Promise<void> {
    if (doubted.length > 0) {
      await tx
        .updateTable("arrivals")
        .set({ holder: "" })
        .where("key", "in", doubted)
        .where("holder", "=", holder)
        .where("settled_at", "is", null)
        .execute();
    }
  }

  /** Who holds something and gives no sign of life; the empty name, that of nobody, is one of them. */
  async function deadHolders(tx: Transaction<Tables>, now: number): Promise<readonly string[]> {
    const dead = await tx
      .selectFrom("arrivals")
      .select("holder")
      .distinct()
      .where("settled_at", "is", null)
      .where("retry_at", "<=", now)
      .where("holder", "!=", holder)
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom("processes")
              .select("processes.id")
              .whereRef("processes.id", "=", "arrivals.holder")
              .where("alive_until", ">", now),
          ),
        ),
      )
      .limit(mostHolders)
      .execute();
    return dead.map((row) => row.holder);
  }

  /**
   * Several processes may look at once: a row that another one is adopting is passed over. The dead are named one by one:
   * PostgreSQL checks the conditions again on a row that was changed meanwhile, but finds no row of another table then
   * ("EvalPlanQual" in its executor's README), so that `not exists` would hold for an arrival that was just adopted.
   */
  function heldBy(tx: Transaction<Tables>, dead: readonly string[], { limit, now }: { limit: number; now: number }) {
    const query = tx
      .selectFrom("arrivals")
      .select(["key", "content"])
      .where("settled_at", "is", null)
      .where("holder", "in", dead)
      .where("retry_at", "<=", now)
      .orderBy("taken_at")
      .orderBy("key")
      .limit(limit);
    return (database.dialect === "postgres" ? query.forUpdate().skipLocked() : query).execute();
  }

  return {
    async release(key, retryAt) {
      await database.write((tx) =>
        tx
          .updateTable("arrivals")
          .set({ holder: "", retry_at: retryAt })
          .where("key", "=", key)
          .where("holder", "=", holder)
          .where("settled_at", "is", null)
          .execute(),
      );
    },
    async adopt(limit, now) {
      let found: readonly Adopted[] = [];
      try {
        await database.write(async (tx) => {
          await free(tx);
          const dead = await deadHolders(tx, now);
          const rows = dead.length === 0 ? [] : await heldBy(tx, dead, { limit, now });
          found = rows.map(({ key, content }) => ({ key, content: content ?? "" }));
          if (found.length > 0) {
            const keys = found.map(({ key }) => key);
            await tx.updateTable("arrivals").set({ holder }).where("key", "in", keys).execute();
          }
        });
      } catch (error) {
        doubted = [...new Set([...doubted, ...found.map(({ key }) => key)])];
        throw error;
      }
      doubted = [];
      return found;
    },
  };
}
