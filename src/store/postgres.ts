import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import type { Pool, PoolClient } from "pg";
import type { Tables } from "./schema.ts";

/** What may take how long, milliseconds, and how many connections there are. */
const limits = {
  connections: 4,
  connect: 5_000,
  /** The server ends a query. */
  query: 5_000,
  /** The server did not, or its word does not arrive. */
  answer: 6_000,
  /** The server ends the transaction of a process that has stopped in it. */
  idleInTransaction: 10_000,
  /** A connection that nobody uses is closed. */
  idle: 30_000,
} as const;

/** Makes a pool of connections, none of which is opened before the first query. Rejects when the address cannot be read. */
export async function openPostgres(url: string): Promise<Kysely<Tables>> {
  const { Pool, types } = await import("pg");
  const pool = new Pool({
    connectionString: url,
    application_name: "deskhand",
    max: limits.connections,
    connectionTimeoutMillis: limits.connect,
    statement_timeout: limits.query,
    query_timeout: limits.answer,
    idle_in_transaction_session_timeout: limits.idleInTransaction,
    idleTimeoutMillis: limits.idle,
    keepAlive: true,
    types: {
      // pg gives int8 as text, as it can exceed what a number holds; milliseconds do not.
      getTypeParser: (id, format) => (id === types.builtins.INT8 ? Number : types.getTypeParser(id, format)),
    },
  });
  // Without these listeners a connection that breaks while nobody waits for it would end the process. Whoever uses it next
  // gets the error; the pool gives no broken one.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: failingFast(pool) }) });
}

/**
 * Once a query got no answer, the connection is good for nothing: a rollback on it would wait out another deadline. So it
 * fails at once, and the pool closes the connection.
 */
function failingFast(pool: Pool): PostgresPool {
  return {
    connect: async () => failFast(await pool.connect()),
    end: () => pool.end(),
    options: {},
  };
}

function failFast(client: PoolClient): PostgresPoolClient {
  let broken: unknown;
  const query = async (sql: string, parameters: readonly unknown[]) => {
    if (broken !== undefined) {
      throw broken;
    }
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      if (!isFromServer(error)) {
        broken = error;
      }
      throw error;
    }
  };
  return {
    // kysely's interface has a second form, for cursors, which are not used.
    query: query as unknown as PostgresPoolClient["query"],
    release: (destroy) => client.release(destroy === true || broken !== undefined),
  };
}

/** Whether the server refused the query, so that the connection works; pg gives such errors a severity. */
function isFromServer(error: unknown): boolean {
  return error instanceof Error && "severity" in error;
}
