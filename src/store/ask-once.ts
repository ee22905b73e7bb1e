import type { Kysely } from "kysely";
import type { Found } from "../doctor/index.ts";
import type { Clock } from "../fleet/index.ts";
import { connect } from "./connect.ts";
import type { Database } from "./database.ts";
import type { StoreLocation } from "./location.ts";
import { storeFault } from "./reasons.ts";
import type { Tables } from "./schema.ts";

/** A database that is open for one look. */
export type Connection = Pick<Database, "dialect"> & { readonly db: Kysely<Tables> };

/** Opens the database for one look, and closes it. What it rejects with is told in the words that the start has for it. */
export type Ask = (look: (connection: Connection) => Promise<Found>) => Promise<Found>;

/** Asks the database of a place, which has to be there. */
export function createAsk(location: StoreLocation, clock: Clock): Ask {
  return async (look) => {
    try {
      const connection = await connect(location, { clock, random: Math.random });
      try {
        return await look(connection);
      } finally {
        // Whether it ends well is nobody's concern any more.
        await connection.db.destroy().catch(() => undefined);
      }
    } catch (error) {
      return { state: "failed", ...storeFault(error, location) };
    }
  };
}
