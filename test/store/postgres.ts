import { afterAll, inject } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { askService } from "../run/services.ts";
import { machineClock } from "./machine-clock.ts";
import { type PostgresServer, type SharedPostgres, sharePostgres, startPostgresServer } from "./postgres-server.ts";
import { createFreshDatabases, createUsedDatabases, type Databases } from "./used-databases.ts";

export type PostgresForTests<Server extends SharedPostgres = SharedPostgres> =
  | { readonly ok: true; readonly server: Server; readonly databases: Databases }
  /** Why there is none. */
  | { readonly ok: false; readonly reason: string };

let shared: Promise<PostgresForTests> | undefined;

/** The server of this run, which all files share: it is neither stopped nor changed. */
export function findPostgres(): Promise<PostgresForTests> {
  shared ??= find();
  return shared;
}

async function find(): Promise<PostgresForTests> {
  const found = await askService(inject("services"), "postgres");
  if (!found.ok) {
    return { ok: false, reason: reasonFor(found.reason) };
  }
  const server = sharePostgres(found.url);
  return { ok: true, server, databases: createUsedDatabases(server, makeTables) };
}

async function makeTables(url: string): Promise<void> {
  const location = { kind: "postgres", url: () => url } as const;
  const log = createRecordingLog();
  const opened = await openStore({ location, clock: machineClock, log, processId: "test" });
  if (!opened.ok) {
    throw new Error(opened.reason);
  }
  await opened.store.stop();
}

/** The same, for tests that begin without any table. */
export async function findPostgresWithoutTables(): Promise<PostgresForTests> {
  const found = await findPostgres();
  return found.ok ? { ...found, databases: createFreshDatabases(found.server) } : found;
}

/** Starts a server for the tests of the file that calls it, which may stop it, and ends it after them. */
export async function startPostgres(): Promise<PostgresForTests<PostgresServer>> {
  try {
    const server = await startPostgresServer();
    afterAll(server.remove);
    return { ok: true, server, databases: createFreshDatabases(server) };
  } catch (error) {
    return { ok: false, reason: reasonFor(error instanceof Error ? error.message : "it ended while it started") };
  }
}

const reasonFor = (reason: string): string => `there is no PostgreSQL: ${reason.split("\n", 1).join()}`;
