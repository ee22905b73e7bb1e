import type { Clock } from "../fleet/index.ts";
import type { Database } from "./database.ts";
import { every } from "./every.ts";

/** How long a sign of life holds, milliseconds; a process gives one every `beatEvery`. */
export const aliveFor = 10_000;
const beatEvery = 3_000;

/** This process among those that use the store. */
export interface Presence {
  /** Gives no further sign of life: what this process holds is free for others at once. Never rejects. */
  stop(): Promise<void>;
}

export interface PresenceOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly holder: string;
}

/** Gives the first sign of life, and then one every few seconds. Rejects when the first cannot be given. */
export async function createPresence({ database, clock, holder }: PresenceOptions): Promise<Presence> {
  const beat = () =>
    database.prove(async (tx) => {
      const alive = { alive_until: clock.now() + aliveFor };
      await tx
        .insertInto("processes")
        .values({ id: holder, ...alive })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(alive))
        .execute();
    });

  await beat();
  const beating = every({ clock, pause: beatEvery, atOnce: false, work: beat });
  return {
    async stop() {
      await beating.stop();
      const leave = database.write((tx) => tx.deleteFrom("processes").where("id", "=", holder).execute());
      // Where that fails the sign of life runs out by itself.
      await leave.catch(() => undefined);
    },
  };
}
