import type { Tallies } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import { connect } from "./connect.ts";
import { hasDatabase } from "./examine-directory.ts";
import type { StoreLocation } from "./location.ts";
import { storedKey } from "./stored.ts";

/**
 * Reads what tallies come to, beside a bot that may be running: nothing is made or changed. Where there are no tables yet,
 * nothing was counted. Rejects when the store fails.
 */
export function createTallyReader(location: StoreLocation, clock: Clock): Tallies["count"] {
  return async (name, period) => {
    if (location.kind === "file" && !(await hasDatabase(location.directory))) {
      return 0;
    }
    const { db } = await connect(location, { clock, random: Math.random });
    try {
      const tables = await db.introspection.getTables();
      if (!tables.some((table) => table.name === "tallies")) {
        return 0;
      }
      const key = { name: storedKey(name), period: storedKey(period) };
      const found = await db
        .selectFrom("tallies")
        .select("amount")
        .where("name", "=", key.name)
        .where("period", "=", key.period)
        .executeTakeFirst();
      return Number(found?.amount ?? 0);
    } finally {
      await db.destroy().catch(() => undefined);
    }
  };
}
