import { describe, expect, it } from "vitest";
import { type CallsOptions, createCalls } from "../../../adapters/dingtalk/calls.ts";
import { createMetrics } from "../../../src/http/index.ts";
import { noMeter } from "../../../src/telemetry/index.ts";
import { createPlainMemory } from "../../bot/memory.ts";
import { createManualClock } from "../../manual-clock.ts";
import { createMemoryLog } from "../lark/quiet.ts";

const november = Date.UTC(2026, 10, 25, 9);

function build(options: Partial<CallsOptions> = {}, now = november) {
  const clock = createManualClock(now);
  const memory = createPlainMemory();
  const log = createMemoryLog();
  const about = { quota: 10, clientId: "dingapp", tallies: memory.tallies, clock, log, meter: noMeter };
  return { clock, memory, log, calls: createCalls({ ...about, ...options }) };
}

const times = (count: number, work: () => void) => {
  for (let index = 0; index < count; index += 1) work();
};

describe("the calls of a month", () => {
  it("are tallied by the month of the platform's country, calls and pushes apart", async () => {
    const { clock, memory, calls } = build({}, Date.UTC(2026, 10, 30, 15, 59, 59));
    times(2, calls.called);
    calls.pushed();
    await clock.advance(1_000);
    calls.called();
    expect(memory.tallies.all()).toEqual([
      { name: "dingtalk_calls dingapp", period: "2026-11", amount: 2 },
      { name: "dingtalk_pushes dingapp", period: "2026-11", amount: 1 },
      { name: "dingtalk_calls dingapp", period: "2026-12", amount: 1 },
    ]);
  });

  it("leave out what is optional above four fifths of the quota, and say so once", () => {
    const { log, calls } = build();
    times(8, calls.called);
    expect([calls.sparing(), log.lines.length]).toEqual([false, 0]);
    times(5, calls.called);
    expect([calls.sparing(), log.lines.length]).toEqual([true, 1]);
    expect(log.lines[0]).toContain('"calls":9,"quota":10,"month":"2026-11"');
  });

  it("begin anew with the month", async () => {
    const { clock, log, calls } = build();
    times(9, calls.called);
    calls.spent();
    expect(calls.sparing()).toBe(true);
    await clock.advance(7 * 86_400_000);
    expect(calls.sparing()).toBe(false);
    times(9, calls.called);
    calls.spent();
    expect(log.lines).toHaveLength(4);
  });

  it("have no limit where the quota is 0, until the platform says that they are spent", () => {
    const { log, calls } = build({ quota: 0 });
    times(10_000, calls.called);
    expect([calls.sparing(), log.lines.length]).toEqual([false, 0]);
    calls.spent();
    expect(calls.sparing()).toBe(true);
  });

  it("are spent until one succeeds again; the log hears it once a month", () => {
    const { log, calls } = build();
    calls.spent();
    calls.spent();
    expect(calls.sparing()).toBe(true);
    calls.succeeded();
    expect(calls.sparing()).toBe(false);
    calls.spent();
    expect(calls.sparing()).toBe(true);
    expect(log.lines).toHaveLength(1);
  });
});

describe("what other processes count", () => {
  it("is read at the start and once a minute, and added to", async () => {
    const { clock, memory, calls, log } = build();
    memory.tallies.add("dingtalk_calls dingapp", "2026-11", 7);
    await calls.start();
    times(1, calls.called);
    expect(calls.sparing()).toBe(false);
    memory.tallies.add("dingtalk_calls dingapp", "2026-11", 1);
    await clock.advance(59_999);
    expect(calls.sparing()).toBe(false);
    await clock.advance(1);
    expect(calls.sparing()).toBe(true);
    expect(log.lines).toHaveLength(1);
    await calls.stop();
    expect(clock.sleeping()).toBe(0);
  });

  it("is not known while the store fails: what is counted here is", async () => {
    const { clock, memory, calls, log } = build();
    memory.failure = new Error("disk password=s3cret");
    await calls.start();
    times(9, calls.called);
    await clock.advance(180_000);
    expect(calls.sparing()).toBe(true);
    expect(log.lines).toHaveLength(2);
    expect(log.lines.join()).not.toContain("s3cret");
    memory.failure = undefined;
    memory.tallies.add("dingtalk_calls dingapp", "2026-11", 100);
    await clock.advance(60_000);
    expect(calls.sparing()).toBe(true);
    await calls.stop();
  });

  it("is waited for 5 s at the start and at the end, however long the store takes", async () => {
    const tallies = { add: () => undefined, count: () => new Promise<number>(() => undefined) };
    const { clock, calls } = build({ tallies });
    const starting = calls.start();
    await clock.advance(5_000);
    await starting;
    const stopping = calls.stop();
    await clock.advance(5_000);
    await stopping;
    expect(clock.sleeping()).toBe(0);
  });
});

it("the numbers are at /metrics", async () => {
  const metrics = createMetrics();
  const { calls } = build({ quota: 5_000, meter: metrics });
  times(3, calls.called);
  times(2, calls.pushed);
  const text = await (await metrics.routes.request("/metrics")).text();
  expect(text).toContain("\ndeskhand_dingtalk_month_calls 3\n");
  expect(text).toContain("\ndeskhand_dingtalk_month_pushes 2\n");
  expect(text).toContain("\ndeskhand_dingtalk_month_quota 5000\n");
});
