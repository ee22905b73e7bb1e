import { faultOf, type Log, type Tallies } from "../../bot/index.ts";
import { monthOf, paceOf } from "../budget.ts";
import type { BudgetWord } from "../notice.ts";
import type { Time } from "../time.ts";

/** What scans may cost: calls of the API, counted by the month. */
export interface CallBudget {
  /** Calls were made. `round`: by a whole round, which tells what the next will cost. */
  add(calls: number, round: boolean): void;
  /** Milliseconds from the beginning of a round to that of the next. Never rejects. */
  interval(): Promise<number>;
  /** Whether what is optional may be asked for. Never rejects. */
  allowsOptional(): Promise<boolean>;
  /** How many this month. Never rejects. */
  used(): Promise<number>;
}

export interface CallBudgetOptions {
  readonly tallies: Tallies;
  /** A month; 0: no limit. */
  readonly budget: number;
  /** As configured, milliseconds. */
  readonly interval: number;
  readonly time: Time;
  readonly log: Log;
  /** What is left out from now on. */
  readonly onWord: (word: BudgetWord, about: { readonly used: number; readonly interval: number }) => Promise<void>;
}

const callsTally = "alerts-calls";

export function createCallBudget({ tallies, budget, interval, time, log, onWord }: CallBudgetOptions): CallBudget {
  let callsPerRound = 1;

  async function used(): Promise<number> {
    try {
      return await tallies.count(callsTally, monthOf(time.now().wall));
    } catch (error) {
      log.error({ fault: faultOf(error) }, "The month's calls could not be counted.");
      return 0;
    }
  }

  async function pace() {
    const now = time.now().wall;
    const spent = await used();
    return { spent, ...paceOf({ budget, used: spent, now, callsPerRound, interval }) };
  }

  return {
    add(calls, round) {
      tallies.add(callsTally, monthOf(time.now().wall), calls);
      if (round) {
        callsPerRound = Math.max(1, calls);
      }
    },
    async interval() {
      if (budget === 0) {
        return interval;
      }
      const { interval: slower, word, spent } = await pace();
      if (word !== undefined) {
        await onWord(word, { used: spent, interval: slower });
      }
      return slower;
    },
    allowsOptional: async () => budget === 0 || (await pace()).optional,
    used,
  };
}
