import type { Transaction } from "kysely";
import type { Tables } from "./schema.ts";

/** One kind of row that is written soon, that nobody waits for, and that is read meanwhile as if it were written. */
export interface LazyKind<Row extends Name, Name> {
  /** What tells a row from every other. Of two with the same key the later one counts. */
  keyOf(name: Name): string;
  /** How much it takes of what may wait, and of one transaction. */
  weightOf(row: Row): number;
  /** @param now epoch milliseconds */
  write(tx: Transaction<Tables>, rows: readonly Row[], now: number): Promise<void>;
}

/** Rows of one kind that wait for the next commit, oldest first. */
export interface Lazies<Row extends Name, Name> extends LazyQueue {
  /** False when there are too many already, and it is not kept. `since`: by the clock's `elapsed`. */
  add(row: Row, since: number): boolean;
  get(name: Name): Row | undefined;
}

/** What waits, whatever its kind. */
export interface LazyQueue {
  readonly size: number;
  readonly weight: number;
  /** The oldest ones until they weigh so much, which stay until they are `written`. */
  next(most: number): Portion;
  /** Gives up those that came before; returns how many. */
  giveUp(before: number): number;
}

/** What goes into one transaction. */
export interface Portion {
  readonly size: number;
  /** @param now epoch milliseconds */
  write(tx: Transaction<Tables>, now: number): Promise<void>;
  /** They are on disk: lets go of those that nothing has taken the place of. */
  written(): void;
}

interface Lazy<Row> {
  readonly row: Row;
  readonly since: number;
  readonly weight: number;
}

/** @param limit how much may wait at once, by weight */
export function createLazies<Row extends Name, Name>(kind: LazyKind<Row, Name>, limit: number): Lazies<Row, Name> {
  const waiting = new Map<string, Lazy<Row>>();
  let weight = 0;

  function remove(key: string): void {
    weight -= waiting.get(key)?.weight ?? 0;
    waiting.delete(key);
  }

  function oldest(most: number): readonly (readonly [string, Lazy<Row>])[] {
    const some: (readonly [string, Lazy<Row>])[] = [];
    let weighs = 0;
    for (const entry of waiting) {
      if (weighs >= most) {
        break;
      }
      some.push(entry);
      weighs += entry[1].weight;
    }
    return some;
  }

  return {
    get size() {
      return waiting.size;
    },
    get weight() {
      return weight;
    },
    add(row, since) {
      const key = kind.keyOf(row);
      const added = kind.weightOf(row);
      if (weight - (waiting.get(key)?.weight ?? 0) + added > limit) {
        return false;
      }
      remove(key);
      waiting.set(key, { row, since, weight: added });
      weight += added;
      return true;
    },
    get: (name) => waiting.get(kind.keyOf(name))?.row,
    next(most) {
      const some = oldest(most);
      return {
        size: some.length,
        async write(tx, now) {
          const rows = some.map(([, { row }]) => row);
          await kind.write(tx, rows, now);
        },
        written() {
          for (const [key] of some.filter(([key, lazy]) => waiting.get(key) === lazy)) {
            remove(key);
          }
        },
      };
    },
    giveUp(before) {
      const old = [...waiting].filter(([, { since }]) => since < before);
      for (const [key] of old) {
        remove(key);
      }
      return old.length;
    },
  };
}

/** Several portions as one, written in their order. */
export function portionOf(portions: readonly Portion[]): Portion {
  return {
    size: portions.reduce((size, portion) => size + portion.size, 0),
    async write(tx, now) {
      for (const portion of portions) {
        await portion.write(tx, now);
      }
    },
    written() {
      for (const portion of portions) {
        portion.written();
      }
    },
  };
}
