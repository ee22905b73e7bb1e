import { createHash } from "node:crypto";
import { monthOf } from "../budget.ts";
import type { AlertMemory } from "../memory.ts";
import type { BudgetWord } from "../notice.ts";
import type { Time } from "../time.ts";
import type { Place } from "../watch.ts";

export interface BudgetWordOptions {
  readonly memory: Pick<AlertMemory, "watches" | "outbox">;
  /** A month. */
  readonly budget: number;
  readonly time: Time;
  readonly onOwed: () => void;
}

/** Tells every chat that has a watch, once a month, what is left out to stay within a budget. Rejects when the store fails. */
export function createBudgetWord({ memory, budget, time, onOwed }: BudgetWordOptions) {
  /** What was said by this process: the store knows as well, but need not be asked again. */
  const said = new Set<string>();

  return async (
    word: BudgetWord,
    { used, interval }: { readonly used: number; readonly interval: number },
  ): Promise<void> => {
    const now = time.now();
    const month = monthOf(now.wall);
    const watches = await memory.watches.all();
    const places = new Map<string, Place>(watches.map((watch) => [JSON.stringify([watch.channel, watch.chat]), watch]));
    for (const [key, { channel, chat }] of places) {
      const about = createHash("sha256")
        .update(JSON.stringify([month, word, key]))
        .digest("hex")
        .slice(0, 12);
      if (said.has(about)) {
        continue;
      }
      await memory.outbox.add(undefined, {
        ...{ id: `nb${about}`, channel, chat, watch: undefined, kind: "budget", target: undefined },
        about: { kind: "budget", what: word, used, of: budget, interval },
        ...{ madeAt: now.wall, owedSince: now.steady },
      });
      said.add(about);
      onOwed();
    }
  };
}
