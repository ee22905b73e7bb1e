import type { Log, Tallies } from "../../src/bot/index.ts";
import { apiLimits } from "./api-limits.ts";
import { createTally, type Tally } from "./tally.ts";

/** What one month's calls come to. What an operator has to know of it the log tells once a month. */
export interface Month {
  /** Such as 2026-11. */
  readonly name: string;
  readonly calls: Tally;
  readonly pushes: Tally;
  /** Whether the platform said that its calls are spent, and none has succeeded since. */
  spent: boolean;
  /** Whether more calls are made than those that leave room for what is only optional. */
  isAbove(): boolean;
  /** Tells where that is so. */
  tellIfAbove(): void;
  tellSpent(): void;
}

export interface MonthOptions {
  /** Calls that the organisation has in a month; 0: no limit. */
  readonly quota: number;
  readonly clientId: string;
  readonly tallies: Tallies;
  readonly log: Log;
}

/** What the log says of a month of which little is left. */
export const aboveWords =
  "Four fifths of the month's calls to DingTalk are made: what is only for the time being is left out.";

/** The names under which the calls and the pushes of an app are counted. */
export function tallyNames(clientId: string): { readonly calls: string; readonly pushes: string } {
  return { calls: `dingtalk_calls ${clientId}`, pushes: `dingtalk_pushes ${clientId}` };
}

/** Whether so many calls leave only room for what has to be. @param quota 0: no limit */
export function isAboveQuota(calls: number, quota: number): boolean {
  return quota > 0 && calls > quota * apiLimits.sparingAbove;
}

export function beginMonth(name: string, { quota, clientId, tallies, log }: MonthOptions): Month {
  const names = tallyNames(clientId);
  const calls = createTally(tallies, names.calls, name);
  const pushes = createTally(tallies, names.pushes, name);
  const told = new Set<string>();

  function tell(sentence: string): void {
    if (!told.has(sentence)) {
      told.add(sentence);
      log.warn({ calls: calls.amount(), quota, month: name }, sentence);
    }
  }

  const isAbove = (): boolean => isAboveQuota(calls.amount(), quota);

  return {
    ...{ name, calls, pushes, isAbove },
    spent: false,
    tellIfAbove() {
      if (isAbove()) {
        tell(aboveWords);
      }
    },
    tellSpent() {
      tell(
        "DingTalk says that the organisation's calls of this month are spent: answers go as text where that costs none.",
      );
    },
  };
}

/** The calendar month of a moment in China, where the platform counts: such as 2026-11. @param moment epoch milliseconds */
export function monthOf(moment: number): string {
  const eightHours = 8 * 3_600_000;
  return new Date(moment + eightHours).toISOString().slice(0, 7);
}
