/** Something that was counted over a period. */
export interface Amount {
  readonly name: string;
  readonly period: string;
  readonly amount: number;
}

/** Amounts that are not known to be written. */
export interface Owed {
  /** How many different ones. */
  readonly size: number;
  /** False when there are too many already, and it is not kept. */
  add(amount: Amount): boolean;
  /** What is owed of one, with what is being written. */
  get(name: Pick<Amount, "name" | "period">): number;
  /** All of them, which are being written from now on; what is added meanwhile is owed apart. */
  begin(): readonly Amount[];
  /** How the writing ended: what was not written is owed as before. */
  end(written: boolean): void;
}

/** @param limit how many different ones may be owed at once */
export function createOwed(limit: number): Owed {
  const owed = new Map<string, { name: string; period: string; amount: number; writing: number }>();
  const keyOf = ({ name, period }: Pick<Amount, "name" | "period">) => JSON.stringify([name, period]);
  return {
    get size() {
      return owed.size;
    },
    add({ name, period, amount }) {
      const key = keyOf({ name, period });
      const known = owed.get(key);
      if (known !== undefined) {
        known.amount += amount;
        return true;
      }
      if (owed.size >= limit) {
        return false;
      }
      owed.set(key, { name, period, amount, writing: 0 });
      return true;
    },
    get(name) {
      const found = owed.get(keyOf(name));
      return found === undefined ? 0 : found.amount + found.writing;
    },
    begin() {
      for (const one of owed.values()) {
        [one.amount, one.writing] = [0, one.amount];
      }
      return [...owed.values()].map(({ name, period, writing }) => ({ name, period, amount: writing }));
    },
    end(written) {
      for (const [key, one] of owed) {
        one.amount += written ? 0 : one.writing;
        one.writing = 0;
        if (written && one.amount === 0) {
          owed.delete(key);
        }
      }
    },
  };
}
