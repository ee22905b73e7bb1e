import type { Clock } from "../fleet/index.ts";
import type { DatabaseOptions } from "./database.ts";
import type { StoreLocation } from "./location.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export interface ConnectOptions {
  readonly clock: Clock;
  /** From 0 up to 1: spreads what is tried again over time. */
  readonly random: () => number;
}

/** Opens the database, whatever its tables are. Rejects as Node, SQLite and pg do. */
export async function connect(
  location: StoreLocation,
  { clock, random }: ConnectOptions,
): Promise<Pick<DatabaseOptions, "dialect" | "db">> {
  switch (location.kind) {
    case "file":
      return { dialect: "sqlite", db: await openSqlite({ directory: location.directory, clock, random }) };
    case "memory":
      return { dialect: "sqlite", db: await openSqlite({ directory: undefined, clock, random }) };
    case "postgres":
      return { dialect: "postgres", db: await openPostgres(location.url()) };
  }
}
