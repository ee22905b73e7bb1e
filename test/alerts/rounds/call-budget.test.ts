import { describe, expect, it } from "vitest";
import { createCallBudget } from "../../../src/alerts/rounds/call-budget.ts";
import { createTime } from "../../../src/alerts/time.ts";
import { createPlainMemory } from "../../bot/memory.ts";
import { createRecordingLog } from "../../bot/rig.ts";
import { createManualClock } from "../../manual-clock.ts";
import { minute, noon } from "../builders.ts";

/** On the first of June; the month has 30 days. */
function createCalls(budget: number) {
  const memory = createPlainMemory();
  const words: string[] = [];
  const calls = createCallBudget({
    ...{ tallies: memory.tallies, budget, interval: minute, log: createRecordingLog() },
    time: createTime(createManualClock(noon.wall)),
    onWord: async (word) => void words.push(word),
  });
  return { calls, memory, words };
}

describe("the calls of scans", () => {
  it("without a budget are made once an interval, and nothing is said", async () => {
    const { calls, words } = createCalls(0);
    calls.add(1_000_000, true);
    expect([await calls.interval(), await calls.allowsOptional(), words]).toEqual([minute, true, []]);
  });

  it("are counted by the month", async () => {
    const { calls, memory } = createCalls(0);
    calls.add(3, true);
    calls.add(4, false);
    expect([await calls.used(), memory.tallies.all()]).toMatchObject([7, [{ period: "2026-06", amount: 7 }]]);
  });

  it("that would spend the budget before the month is over are spaced", async () => {
    const { calls, words } = createCalls(10_000);
    calls.add(10, true);
    // About 999 rounds for the 29 and a half days that are left.
    expect(await calls.interval()).toBeGreaterThan(40 * minute);
    expect(words).toEqual(["calls-slower"]);
  });

  it("of a round for some watches alone tell nothing of the next", async () => {
    const { calls } = createCalls(10_000_000);
    calls.add(10, true);
    calls.add(10_000, false);
    expect(await calls.interval()).toBe(minute);
  });

  it("are not made for what is optional where they are spaced", async () => {
    const { calls } = createCalls(10_000);
    calls.add(10, true);
    expect(await calls.allowsOptional()).toBe(false);
  });

  it("that cannot be counted are made as configured", async () => {
    const { calls, memory } = createCalls(10_000_000);
    memory.failure = new Error("the store failed");
    expect([await calls.interval(), await calls.used()]).toEqual([minute, 0]);
  });
});
