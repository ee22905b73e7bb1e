import type { BudgetWord, NoticeKind } from "./notice.ts";

/** The part of a month's budget after which what is optional is left out. */
export const optionalShare = 0.8;

/** However little is left, a scan comes at least that often, milliseconds: an alert that comes late is better than none. */
const longestInterval = 24 * 60 * 60_000;

/** The month of a wall time, as `2026-06`; in UTC, so that it is the same for every process. */
export function monthOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 7);
}

export interface Spending {
  /** A month; 0: no limit. */
  readonly budget: number;
  /** This month. */
  readonly used: number;
}

export interface PaceOptions extends Spending {
  /** Wall time. */
  readonly now: number;
  /** What a round of scans costs: as many calls as the last one made. */
  readonly callsPerRound: number;
  /** As configured, milliseconds. */
  readonly interval: number;
}

/** How often the fleet is scanned, and what beside. */
export interface Pace {
  /** Milliseconds from one round to the next. */
  readonly interval: number;
  /** Whether calls may be made that no alert needs. */
  readonly optional: boolean;
  /** What is left out, where something is. */
  readonly word?: Extract<BudgetWord, "calls-optional" | "calls-slower">;
}

/** Spaces rounds so that the calls that are left last to the end of the month. */
export function paceOf({ budget, used, now, callsPerRound, interval }: PaceOptions): Pace {
  if (budget === 0) {
    return { interval, optional: true };
  }
  const rounds = Math.floor(Math.max(0, budget - used) / Math.max(1, callsPerRound));
  // Without a round left there is a scan a day, and the next month begins with one.
  const spaced = Math.ceil(restOfMonth(now) / Math.max(1, rounds));
  if (spaced > interval) {
    const slower = Math.max(interval, Math.min(spaced, longestInterval));
    return { interval: slower, optional: false, word: "calls-slower" };
  }
  return used < optionalShare * budget
    ? { interval, optional: true }
    : { interval, optional: false, word: "calls-optional" };
}

function restOfMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - now;
}

/** Whether a notice is sent, is left out, or has to wait for the next month. */
export function pushOf({ budget, used }: Spending, kind: NoticeKind): "send" | "drop" | "hold" {
  // That a budget is spent is said beyond it: once a chat.
  if (budget === 0 || kind === "budget") {
    return "send";
  }
  if ((kind === "reminder" || kind === "digest") && used >= optionalShare * budget) {
    return "drop";
  }
  return used >= budget ? "hold" : "send";
}
