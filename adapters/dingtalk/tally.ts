import type { Tallies } from "../../src/bot/index.ts";

/** One number that all processes count together. */
export interface Tally {
  add(): void;
  /** As far as this process knows. */
  amount(): number;
  /** Rejects when the store fails. */
  read(): Promise<void>;
}

export function createTally(tallies: Tallies, name: string, period: string): Tally {
  let known = 0;
  return {
    add() {
      known += 1;
      tallies.add(name, period, 1);
    },
    amount: () => known,
    async read() {
      const read = await tallies.count(name, period);
      // Others count as well; and what was counted here while it was read may not be in it.
      known = Math.max(known, read);
    },
  };
}
