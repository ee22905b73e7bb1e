import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { LRUCache } from "lru-cache";
import { type WhileBusyOptions, whileBusy } from "./while-busy.ts";

/** How many statements are kept compiled: the commits of each size are one. */
const statementsKept = 200;

/**
 * kysely over node:sqlite. Unlike kysely's own dialect it begins each transaction as one that writes, unless it is to read
 * only: one that reads first and then wants to write fails when another process wrote in between.
 */
export function sqliteDialect(database: DatabaseSync, options: WhileBusyOptions): Dialect {
  return {
    createDriver: () => createDriver(database, options),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    // It says that there is one connection only, so that kysely lets one query or transaction follow the other.
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

function createDriver(database: DatabaseSync, options: WhileBusyOptions): Driver {
  const connection = createConnection(database);
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    async beginTransaction(_connection, { accessMode }) {
      if (accessMode === "read only") {
        database.exec("begin");
      } else {
        await whileBusy(() => database.exec("begin immediate"), options);
      }
    },
    commitTransaction: async () => database.exec("commit"),
    async rollbackTransaction() {
      // After some errors, a full disk for one, SQLite has rolled back already.
      if (database.isTransaction) {
        database.exec("rollback");
      }
    },
    releaseConnection: async () => {},
    destroy: async () => database.close(),
  };
}

interface Prepared {
  readonly statement: StatementSync;
  readonly hasRows: boolean;
}

function createConnection(database: DatabaseSync): DatabaseConnection {
  const kept = new LRUCache<string, Prepared>({ max: statementsKept });

  function prepare(sql: string): Prepared {
    const found = kept.get(sql);
    if (found !== undefined) {
      return found;
    }
    const statement = database.prepare(sql);
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    kept.set(sql, prepared);
    return prepared;
  }

  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { statement, hasRows } = prepare(sql);
      const values = parameters as readonly SQLInputValue[];
      if (hasRows) {
        return { rows: statement.all(...values) as R[] };
      }
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    },
    streamQuery() {
      throw new Error("The store reads no streams.");
    },
  };
}
