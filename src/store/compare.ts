/**
 * The order in which rows of one statement are written, the same in every process: two transactions that wait for each
 * other's rows would be a deadlock in PostgreSQL.
 */
export function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
