import type { Clock } from "../fleet/index.ts";
import { createAlarm } from "./alarm.ts";
import { compare } from "./compare.ts";
import type { Database } from "./database.ts";
import type { Amount, Owed } from "./owed.ts";
import { pauseAfter } from "./pause.ts";

/** After how long what was added is written, milliseconds. */
const within = 1_000;

/** Writes what is owed: at most once a second, and after a failure less and less often. */
export interface TallyWriter {
  /** To be called when something is owed. */
  wake(): void;
  /** Waits for the writing that is under way. Never rejects. */
  quiet(): Promise<void>;
  /** How many times it has begun to write. */
  begun(): number;
  /** Writes what is owed, once, and nothing more. Never rejects. */
  stop(): Promise<void>;
}

export interface TallyWriterOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: () => number;
  readonly owed: Owed;
}

export function createTallyWriter({ database, clock, random, owed }: TallyWriterOptions): TallyWriter {
  const alarm = createAlarm(clock);
  let writing: Promise<void> | undefined;
  let [stopped, begun, failures] = [false, 0, 0];

  async function write(): Promise<void> {
    begun += 1;
    const written = await addAmounts(database, owed.begin(), clock.now()).then(
      () => true,
      () => false,
    );
    owed.end(written);
    failures = written ? 0 : failures + 1;
    writing = undefined;
    wake();
  }

  function wake(): void {
    if (!stopped && owed.size > 0 && writing === undefined && !alarm.isSet()) {
      alarm.set(failures === 0 ? within : Math.max(within, pauseAfter(failures, random)), () => {
        writing = write();
      });
    }
  }

  return {
    wake,
    async quiet() {
      while (writing !== undefined) {
        await writing;
      }
    },
    begun: () => begun,
    async stop() {
      stopped = true;
      alarm.stop();
      if (writing !== undefined) {
        await writing;
        if (failures > 0) {
          // A second try would wait as long as this one did.
          return;
        }
      }
      if (owed.size > 0) {
        await write();
      }
    },
  };
}

/** Other processes add to the same rows. */
async function addAmounts(database: Database, amounts: readonly Amount[], now: number): Promise<void> {
  const rows = amounts.map((amount) => ({ ...amount, written_at: now }));
  const keyOf = ({ name, period }: Amount) => JSON.stringify([name, period]);
  await database.write((tx) =>
    tx
      .insertInto("tallies")
      .values(rows.toSorted((one, other) => compare(keyOf(one), keyOf(other))))
      .onConflict((conflict) =>
        conflict.columns(["name", "period"]).doUpdateSet(({ ref, eb }) => ({
          amount: eb("tallies.amount", "+", ref("excluded.amount")),
          written_at: ref("excluded.written_at"),
        })),
      )
      .execute(),
  );
}
