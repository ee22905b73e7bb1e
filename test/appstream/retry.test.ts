import { describe, expect, it } from "vitest";
import type { Attempt, Job } from "../../src/appstream/attempt.ts";
import { localProblem } from "../../src/appstream/errors.ts";
import type { Counters } from "../../src/appstream/options.ts";
import { createRetry } from "../../src/appstream/retry.ts";
import type { FailureKind, Wait } from "../../src/fleet/index.ts";
import { noMeter } from "../../src/telemetry/index.ts";
import { createManualClock } from "../manual-clock.ts";
import { silent } from "./log.ts";

const page = { runtimes: [], total: 0, size: 20, requestId: undefined, unreadable: 0 };
const success: Attempt = { kind: "page", page };

function problem(kind: FailureKind, retryable = true, renewable = false): Attempt {
  return { kind: "problem", generation: 0, problem: { ...localProblem(kind, retryable), renewable } };
}

/** A job whose attempts end as given, one after the other; the last one again and again. */
function build(endings: readonly Attempt[], attempts = 4, random = 1) {
  const clock = createManualClock(0);
  const counters: Counters = { calls: 0, retries: 0, throttled: 0, abandoned: 0, shared: 0, reused: 0 };
  const begun: number[] = [];
  const renewals: number[] = [];
  const waits: Wait[] = [];
  const controller = new AbortController();
  const job: Job = {
    query: {},
    size: 20,
    made: 0,
    urgency: () => "person",
    signal: controller.signal,
    onBegin: () => undefined,
    onEnd: () => undefined,
    onWait: (wait) => waits.push(wait),
  };
  const attempt = async (made: Job): Promise<Attempt> => {
    begun.push(clock.elapsed());
    made.onBegin();
    return endings[Math.min(begun.length, endings.length) - 1] ?? success;
  };
  const renew = (generation: number) => renewals.push(generation);
  const answer = createRetry({
    attempt,
    attempts,
    renew,
    clock,
    random: () => random,
    counters,
    meter: noMeter,
    log: silent,
  });
  return { clock, counters, begun, renewals, waits, controller, run: () => answer(job) };
}

describe("retries", () => {
  it.each(["throttled", "service", "unreachable", "timeout", "unreadable"] as const)(
    "repeat what is %s",
    async (kind) => {
      const { run, clock, begun, counters } = build([problem(kind), success]);
      const outcome = run();
      await clock.advance(60_000);
      expect(await outcome).toEqual({ ok: true, value: page });
      expect(begun).toHaveLength(2);
      expect(counters.retries).toBe(1);
    },
  );

  it("repeat nothing that would fail again", async () => {
    const { run, begun } = build([problem("denied", false)]);
    expect(await run()).toMatchObject({ ok: false, failure: { kind: "denied", attempts: 1 } });
    expect(begun).toHaveLength(1);
  });

  it("end with the number of attempts", async () => {
    const { run, clock, begun } = build([problem("service")], 3);
    const outcome = run();
    await clock.advance(60_000);
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: "service", attempts: 3 } });
    expect(begun).toHaveLength(3);
  });

  it("back off for a random part of a span that doubles, longer when throttled", async () => {
    const full = build([problem("service")], 4, 1);
    full.run();
    await full.clock.advance(60_000);
    expect(full.begun).toEqual([0, 250, 750, 1_750]);
    const half = build([problem("throttled")], 3, 0.5);
    half.run();
    await half.clock.advance(60_000);
    expect(half.begun).toEqual([0, 500, 1_500]);
  });

  it("say what they wait for", async () => {
    const { run, clock, waits } = build([problem("throttled"), problem("service"), success]);
    run();
    await clock.advance(60_000);
    expect(waits).toEqual(["throttled", "retrying"]);
  });

  it("renew a security token once, without a wait", async () => {
    const { run, begun, renewals } = build([problem("credentials", false, true), success]);
    expect(await run()).toMatchObject({ ok: true });
    expect(begun).toEqual([0, 0]);
    expect(renewals).toEqual([0]);
  });

  it("do not renew twice", async () => {
    const { run, renewals } = build([problem("credentials", false, true)]);
    expect(await run()).toMatchObject({ ok: false, failure: { kind: "credentials", attempts: 2 } });
    expect(renewals).toHaveLength(1);
  });

  it("end at once with the signal, in the middle of a wait", async () => {
    const { run, clock, controller, begun } = build([problem("service")]);
    const outcome = run();
    await clock.advance(100);
    controller.abort(new DOMException("late", "TimeoutError"));
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: "timeout", attempts: 1 } });
    expect(begun).toHaveLength(1);
    expect(clock.sleeping()).toBe(0);
  });
});
