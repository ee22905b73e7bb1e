/** Something that is written soon, and read meanwhile as if it were written. */
export interface Lazy<Row> {
  readonly row: Row;
  /** When it came, by the clock's `elapsed`. */
  readonly since: number;
}

/** Rows that wait for the next commit, oldest first. Of two for the same key the later one counts. */
export interface Lazies<Row> {
  readonly size: number;
  /** False when there are too many already, and it is not kept. */
  add(key: string, row: Row, since: number): boolean;
  get(key: string): Row | undefined;
  /** The oldest ones, which stay until they are `written`. */
  next(most: number): ReadonlyMap<string, Lazy<Row>>;
  /** Lets go of those that nothing has taken the place of. */
  written(rows: ReadonlyMap<string, Lazy<Row>>): void;
  /** Gives up those that came before; returns how many. */
  giveUp(before: number): number;
}

export function createLazies<Row>(limit: number): Lazies<Row> {
  const waiting = new Map<string, Lazy<Row>>();
  return {
    get size() {
      return waiting.size;
    },
    add(key, row, since) {
      const known = waiting.delete(key);
      if (!known && waiting.size >= limit) {
        return false;
      }
      waiting.set(key, { row, since });
      return true;
    },
    get: (key) => waiting.get(key)?.row,
    next: (most) => new Map(waiting.entries().take(most)),
    written(rows) {
      for (const [key, lazy] of rows) {
        if (waiting.get(key) === lazy) {
          waiting.delete(key);
        }
      }
    },
    giveUp(before) {
      const old = [...waiting].filter(([, { since }]) => since < before);
      for (const [key] of old) {
        waiting.delete(key);
      }
      return old.length;
    },
  };
}
