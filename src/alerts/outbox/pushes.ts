import { faultOf, type Log, type Tallies } from "../../bot/index.ts";
import { monthOf, optionalShare, pushOf } from "../budget.ts";
import type { BudgetWord, Notice } from "../notice.ts";
import type { Attempt } from "./send.ts";

/** What is sent unasked, counted by the month. */
export interface Pushes {
  /** Whether a notice may be sent, waits for so many milliseconds, or is left out. Never rejects. */
  allows(
    notice: Notice,
  ): Promise<"send" | { readonly kind: "hold"; readonly milliseconds: number } | { readonly kind: "drop" }>;
  count(notice: Notice, attempt: Attempt): void;
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

/** After how long a notice that has to wait for another month is looked at again, milliseconds. */
const heldFor = 10 * 60_000;

export function createPushes({ tallies, budget, now, log, onWord }: PushesOptions): Pushes {
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
    if (spent >= budget - 1) {
      await onWord("pushes-spent", { used: spent, interval: 0 });
    } else if (spent >= optionalShare * budget) {
      await onWord("pushes-optional", { used: spent, interval: 0 });
    }
  }

  return {
    async allows(notice) {
      if (budget === 0) {
        return "send";
      }
      const spent = await used();
      await say(spent);
      switch (pushOf({ budget, used: spent }, notice.kind)) {
        case "send":
          return "send";
        case "drop":
          return { kind: "drop" };
        case "hold":
          return { kind: "hold", milliseconds: heldFor };
      }
    },
    count(_notice, attempt) {
      if (attempt.kind === "sent") {
        tallies.add(pushesTally, monthOf(now()), 1);
      }
    },
    used,
  };
}
