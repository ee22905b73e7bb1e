import type { Log, Tallies } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Database } from "./database.ts";
import { createOwed } from "./owed.ts";
import { storedKey } from "./stored.ts";
import { createTallyWriter } from "./tally-writer.ts";

/** How many different tallies may wait to be written. */
const most = 1_000;
/** How often one count is read at most: again when a write came between. */
const reads = 3;

/** Tallies that belong to one store. */
export interface StoredTallies extends Tallies {
  /** Takes nothing more and writes what is owed, once. Never rejects. */
  stop(): Promise<void>;
}

export interface TalliesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Adds up here, and adds that to what is stored every second, so that several processes count together. What a failing store
 * does not take stays owed; where it was taken and only the word of that was lost, it counts twice.
 */
export function createTallies(options: TalliesOptions): StoredTallies {
  const { database, log } = options;
  const owed = createOwed(most);
  const writer = createTallyWriter({ ...options, owed });
  let [stopped, full] = [false, false];

  return {
    add(name, period, amount) {
      // Not so for NaN either, which SQLite takes for a null: it would fail all that is written with it.
      if (stopped || !(Math.abs(amount) <= Number.MAX_SAFE_INTEGER)) {
        return;
      }
      const added = owed.add({ name: storedKey(name), period: storedKey(period), amount });
      if (!added && !full) {
        log.error({}, "The store has more to count than it can: some of it is not counted.");
      }
      full = !added || (full && owed.size === most);
      writer.wake();
    },
    async count(name, period) {
      const key = { name: storedKey(name), period: storedKey(period) };
      for (let read = 1; ; read += 1) {
        await writer.quiet();
        const before = writer.begun();
        const stored = await storedAmount(database, key);
        // What is being written may be among what was read or not.
        if (writer.begun() === before || read === reads) {
          return stored + owed.get(key);
        }
      }
    },
    async stop() {
      stopped = true;
      await writer.stop();
      if (owed.size > 0) {
        log.error({ lost: owed.size }, "Not all could be counted.");
      }
    },
  };
}

async function storedAmount(database: Database, { name, period }: { name: string; period: string }): Promise<number> {
  const found = await database.read((db) =>
    db.selectFrom("tallies").select("amount").where("name", "=", name).where("period", "=", period).executeTakeFirst(),
  );
  return found?.amount ?? 0;
}
