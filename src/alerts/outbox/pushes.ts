import { faultOf, type Log, type Tallies } from "../../bot/index.ts";
import { monthOf, optionalShare, pushOf } from "../budget.ts";
import type { BudgetWord, Notice } from "../notice.ts";
import { createTurns } from "../turns.ts";
import type { Attempt } from "./send.ts";

/** What is sent unasked, counted by the month. */
export interface Pushes {
  /**
   * Sends a notice if that is within the budget; else it waits for another month, or is left out. Rejects as `send`, which may
   * find that it is too late for it.
   */
  spend(notice: Notice, send: () => Promise<Attempt | "late">): Promise<Attempt | "late" | "hold" | "drop">;
  /** How many this month. Never rejects. */
  used(): Promise<number>;
}

export interface PushesOptions {
  readonly tallies: Tallies;
  /** A month; 0: no limit. */
  readonly budget: number;
  /** Wall time. */
  readonly now: () => number;
  readonly log: Log;
  /** What is left out from now on. */
  readonly onWord: (word: BudgetWord, about: { readonly used: number; readonly interval: number }) => Promise<void>;
}

const pushesTally = "alerts-pushes";

export function createPushes({ tallies, budget, now, log, onWord }: PushesOptions): Pushes {
  const inTurn = createTurns();
  /** How many are being sent, and are not counted yet. */
  let underWay = 0;

  async function used(): Promise<number> {
    try {
      return await tallies.count(pushesTally, monthOf(now()));
    } catch (error) {
      log.error({ fault: faultOf(error) }, "The month's pushes could not be counted.");
      return 0;
    }
  }

  /** Says once a month that what is optional is left out, and once that nothing more is sent. */
  async function say(spent: number): Promise<void> {
    if (budget === 0) {
      return;
    }
    if (spent >= budget - 1) {
      await onWord("pushes-spent", { used: spent, interval: 0 });
    } else if (spent >= optionalShare * budget) {
      await onWord("pushes-optional", { used: spent, interval: 0 });
    }
  }

  /** Whether a notice may be sent; if so, it is under way from now on. One after the other, so that two do not take the last. */
  const take = (notice: Notice) =>
    inTurn(async () => {
      // One that ends while the others are counted is counted twice rather than never.
      const sending = underWay;
      const spent = budget === 0 ? 0 : (await used()) + sending;
      const push = pushOf({ budget, used: spent }, notice.kind);
      if (push === "send") {
        underWay += 1;
      }
      return { push, spent };
    });

  return {
    async spend(notice, send) {
      const { push, spent } = await take(notice);
      if (push !== "send") {
        await say(spent);
        return push;
      }
      try {
        await say(spent);
        const attempt = await send();
        if (attempt !== "late" && attempt.kind === "sent") {
          tallies.add(pushesTally, monthOf(now()), 1);
        }
        return attempt;
      } finally {
        underWay -= 1;
      }
    },
    used,
  };
}
