import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monthOf, paceOf, pushOf } from "../../src/alerts/budget.ts";
import type { NoticeKind } from "../../src/alerts/notice.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const june = Date.UTC(2026, 5, 1);
const july = Date.UTC(2026, 6, 1);

describe("a month", () => {
  test("is that of the calendar in UTC", () => {
    expect(monthOf(june - 1)).toBe("2026-05");
    expect(monthOf(june)).toBe("2026-06");
    expect(monthOf(Date.UTC(2026, 11, 31, 23, 59))).toBe("2026-12");
  });
});

describe("rounds", () => {
  const common = { budget: 300_000, used: 0, now: june, callsPerRound: 4, interval: minute };

  test("come as configured where there is no budget", () => {
    expect(paceOf({ ...common, budget: 0, used: 1_000_000 })).toEqual({ interval: minute, optional: true });
  });

  test("come as configured while the budget lasts", () => {
    expect(paceOf(common)).toEqual({ interval: minute, optional: true });
  });

  test("come without what is optional from four fifths on", () => {
    const late = { ...common, now: june + 29 * day };
    expect(paceOf({ ...late, used: 239_999 })).toEqual({ interval: minute, optional: true });
    expect(paceOf({ ...late, used: 240_000 })).toEqual({ interval: minute, optional: false, word: "calls-optional" });
  });

  test("come so far apart that what is left lasts to the end of the month", () => {
    const slower = { optional: false, word: "calls-slower" };
    // 30 days, 4 calls a round: 7200 rounds are one every 6 minutes.
    expect(paceOf({ ...common, budget: 28_800 })).toEqual({ interval: 6 * minute, ...slower });
    expect(paceOf({ ...common, used: 300_000 - 96, now: july - 2 * day })).toEqual({ interval: 2 * hour, ...slower });
  });

  test("come faster again when they cost less", () => {
    expect(paceOf({ ...common, budget: 28_800, callsPerRound: 1 }).interval).toBe(1.5 * minute);
  });

  test("come once a day however little is left", () => {
    expect(paceOf({ ...common, budget: 10 }).interval).toBe(day);
    expect(paceOf({ ...common, used: 300_000 }).interval).toBe(day);
    expect(paceOf({ ...common, used: 400_000 }).interval).toBe(day);
  });

  test("begin anew with the month, when nothing is left", () => {
    expect(paceOf({ ...common, used: 300_000, now: july - hour }).interval).toBe(hour);
  });

  test("never come faster than configured", () => {
    expect(paceOf({ ...common, used: 300_000, now: july - 1 }).interval).toBe(minute);
  });
});

/** The calls of a month in which rounds follow each other as they are paced; each costs what `costs` says in turn. */
function callsOfMonth(budget: number, interval: number, costs: readonly number[]): number {
  let [now, used, callsPerRound] = [june, 0, 1];
  for (let round = 0; now < july; round += 1) {
    callsPerRound = costs[round % costs.length] ?? 1;
    used += callsPerRound;
    now += paceOf({ budget, used, now, callsPerRound, interval }).interval;
  }
  return used;
}

test("over a month no more calls are made than the budget and one round, if it has a round a day in it", () => {
  const costs = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });
  const intervals = fc.integer({ min: 5, max: 24 * 60 }).map((minutes) => minutes * minute);
  fc.assert(
    fc.property(costs, intervals, fc.integer({ min: 31 * 50, max: 100_000 }), (each, interval, budget) => {
      expect(callsOfMonth(budget, interval, each)).toBeLessThanOrEqual(budget + Math.max(...each));
    }),
    { numRuns: 60 },
  );
});

test("over a month a smaller budget is exceeded by a round a day at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 31 * 50 }), (cost, budget) => {
      expect(callsOfMonth(budget, minute, [cost])).toBeLessThanOrEqual(Math.max(budget, 31 * cost) + cost);
    }),
    { numRuns: 60 },
  );
});

test("over a month a budget that is large enough slows nothing down", () => {
  expect(callsOfMonth(10_000, hour, [4])).toBe(30 * 24 * 4);
});

describe("a push", () => {
  const kinds: readonly NoticeKind[] = [
    ...(["summary", "firing", "again", "reminder", "unmuted", "passed", "resolved"] as const),
    ...(["blind", "sight", "paused", "budget", "test", "digest"] as const),
  ];
  const fateOf = (used: number, budget = 100) => kinds.map((kind) => `${kind} ${pushOf({ budget, used }, kind)}`);
  const others = (fates: readonly string[], fate: string) => fates.filter((one) => !one.endsWith(` ${fate}`));

  test("is sent where there is no budget", () => {
    expect(others(fateOf(1_000, 0), "send")).toEqual([]);
  });

  test("is sent below four fifths", () => {
    expect(others(fateOf(79), "send")).toEqual([]);
  });

  test("that reminds or sums up is left out from four fifths on", () => {
    expect(others(fateOf(80), "send")).toEqual(["reminder drop", "digest drop"]);
    expect(others(fateOf(99), "send")).toEqual(["reminder drop", "digest drop"]);
  });

  test("waits when the budget is spent, but for the word that it is", () => {
    expect(others(fateOf(100), "hold")).toEqual(["reminder drop", "budget send", "digest drop"]);
  });
});
