import type { Log } from "../../bot/index.ts";
import type { AlertTables } from "./tables.ts";

/** Reads rows, and passes over those that cannot be read. */
export interface Rows {
  all<Row, Value>(
    table: keyof AlertTables,
    rows: readonly Row[],
    read: (row: Row) => Value | undefined,
  ): readonly Value[];
  one<Row, Value>(
    table: keyof AlertTables,
    row: Row | undefined,
    read: (row: Row) => Value | undefined,
  ): Value | undefined;
}

/** The first row of a table that cannot be read is logged; without its content, which is somebody's. */
export function createRows(log: Log): Rows {
  const told = new Set<string>();

  function one<Row, Value>(table: keyof AlertTables, row: Row | undefined, read: (row: Row) => Value | undefined) {
    const value = row === undefined ? undefined : read(row);
    if (row !== undefined && value === undefined && !told.has(table)) {
      told.add(table);
      log.error({ table }, "A row that alerts have stored cannot be read, and is passed over.");
    }
    return value;
  }

  return {
    all: (table, rows, read) => rows.map((row) => one(table, row, read)).filter((value) => value !== undefined),
    one,
  };
}
