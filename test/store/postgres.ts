import { afterAll } from "vitest";
import { type PostgresServer, startPostgresServer } from "./postgres-server.ts";

export type PostgresForTests =
  | { readonly ok: true; readonly server: PostgresServer }
  /** Why there is none. */
  | { readonly ok: false; readonly reason: string };

/** Starts a server for the tests of the file that calls it, and ends it after them. */
export async function startPostgres(): Promise<PostgresForTests> {
  try {
    const server = await startPostgresServer();
    afterAll(server.remove);
    return { ok: true, server };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it ended while it started";
    return { ok: false, reason: `there is no PostgreSQL: ${reason.split("\n")[0]}` };
  }
}
