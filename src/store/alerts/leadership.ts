import type { Leadership } from "../../alerts/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Database } from "../database.ts";
import { type AlertDatabase, type Lease, leaseName } from "./alert-database.ts";
import { whole } from "./numbers.ts";

/** How long the sign of life of another process may stay the same before its place is taken, milliseconds. */
const silence = 10_000;

export interface LeadershipOptions {
  readonly database: Pick<Database, "sinceFailure">;
  readonly alerts: AlertDatabase;
  readonly clock: Clock;
  /** The name under which this process leads. */
  readonly holder: string;
  /** Whether a process of the same store is known to live no longer, by its name. */
  readonly isDead: (holder: string) => boolean;
}

/**
 * Of the processes of a store one leads: it gives a sign of life with each campaign, and the others watch whether the sign
 * changes. No clocks are compared.
 */
export function createLeadership({ database, alerts, clock, holder, isDead }: LeadershipOptions): Leadership {
  /** The last sign of another process, and since when it is that, by `elapsed`. */
  let watched: { readonly token: number; readonly beat: number; readonly since: number } | undefined;

  /** Whether this process may hold the row: a write of which no word came may have been made. */
  let mayLead = false;

  const read = () =>
    alerts.read((db) => db.selectFrom("leases").selectAll().where("name", "=", leaseName).executeTakeFirstOrThrow());

  function isSilent({ token, beat }: Lease): boolean {
    if (watched?.token !== token || watched.beat !== beat) {
      watched = { token, beat, since: clock.elapsed() };
    }
    // When all were cut off from the store, the one that leads needs a moment to say that it lives.
    return Math.min(clock.elapsed() - watched.since, database.sinceFailure()) >= silence;
  }

  return {
    async campaign(steady) {
      // Without a lock: a leader that was stopped in the middle of a write keeps the row locked for some seconds.
      const seen = await read();
      if (seen.holder !== holder && seen.holder !== "" && !isDead(seen.holder) && !isSilent(seen)) {
        return undefined;
      }
      mayLead = true;
      return alerts.write(async (tx, lease) => {
        const mine = lease.holder === holder;
        if (!mine && (lease.holder !== seen.holder || lease.token !== seen.token || lease.beat !== seen.beat)) {
          return undefined;
        }
        const token = mine ? lease.token : lease.token + 1;
        const latest = Math.max(whole(steady), lease.steady ?? Number.NEGATIVE_INFINITY);
        await tx
          .updateTable("leases")
          .set({ holder, token, beat: lease.beat + 1, steady: latest })
          .where("name", "=", leaseName)
          .execute();
        return { token };
      });
    },
    async steady() {
      return (await read()).steady ?? undefined;
    },
    async resign() {
      if (!mayLead) {
        return;
      }
      mayLead = false;
      const leave = alerts.write((tx) =>
        tx
          .updateTable("leases")
          .set({ holder: "" })
          .where("name", "=", leaseName)
          .where("holder", "=", holder)
          .execute(),
      );
      // Where that fails the others see no further sign of life.
      await leave.catch(() => undefined);
    },
  };
}
