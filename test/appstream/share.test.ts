import { describe, expect, it } from "vitest";
import type { Job } from "../../src/appstream/attempt.ts";
import type { Counters } from "../../src/appstream/options.ts";
import { createShare } from "../../src/appstream/share.ts";
import { toQuery } from "../../src/appstream/wire.ts";
import type { CallOptions, Outcome, Page } from "../../src/fleet/index.ts";
import { noMeter, noTracer } from "../../src/telemetry/index.ts";
import { createManualClock } from "../manual-clock.ts";
import { createMemoryLog } from "./log.ts";

function pageOf(total: number): Outcome<Page> {
  return { ok: true, value: { runtimes: [], total, size: 20, requestId: undefined, unreadable: 0 } };
}

const failed: Outcome<Page> = {
  ok: false,
  failure: {
    kind: "service",
    code: undefined,
    detail: undefined,
    requestId: undefined,
    action: undefined,
    principal: undefined,
    attempts: 1,
  },
};

/** A share whose jobs end when the test says so. */
function build(reuse = 5_000) {
  const clock = createManualClock(0);
  const counters: Counters = { calls: 0, retries: 0, throttled: 0, abandoned: 0, shared: 0, reused: 0 };
  const jobs: { readonly job: Job; readonly finish: (outcome: Outcome<Page>) => void }[] = [];
  const log = createMemoryLog();
  const answer = (job: Job) =>
    new Promise<Outcome<Page>>((resolve) => {
      jobs.push({ job, finish: resolve });
      job.signal.addEventListener("abort", () => resolve(failed), { once: true });
    });
  const share = createShare({ answer, reuse, entries: 2, clock, counters, meter: noMeter, tracer: noTracer, log });
  function ask(name: string, options: Partial<CallOptions> & { reusable?: boolean } = {}) {
    const { reusable = true, ...rest } = options;
    const query = toQuery({ provider: name, filters: {}, page: 1, size: 20 });
    return share.ask(
      { query, size: 20, reusable },
      { urgency: "person", signal: new AbortController().signal, ...rest },
    );
  }
  return { share, ask, jobs, counters, clock, log };
}

describe("identical requests", () => {
  it("under way are one request", async () => {
    const { ask, jobs, counters } = build();
    const answers = [ask("a"), ask("a"), ask("b")];
    jobs[0]?.finish(pageOf(1));
    jobs[1]?.finish(pageOf(2));
    expect(await Promise.all(answers)).toEqual([pageOf(1), pageOf(1), pageOf(2)]);
    expect(jobs).toHaveLength(2);
    expect(counters.shared).toBe(1);
  });

  it("outlive a waiter that gives up", async () => {
    const { ask, jobs } = build();
    const controller = new AbortController();
    const left = ask("a", { signal: controller.signal });
    const stays = ask("a");
    controller.abort(new DOMException("late", "TimeoutError"));
    expect(await left).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(jobs[0]?.job.signal.aborted).toBe(false);
    jobs[0]?.finish(pageOf(1));
    expect(await stays).toEqual(pageOf(1));
  });

  it("are given up with their last waiter, and nobody joins them then", async () => {
    const { ask, jobs } = build();
    const controller = new AbortController();
    const left = ask("a", { signal: controller.signal });
    controller.abort();
    expect(await left).toMatchObject({ ok: false, failure: { kind: "stopped" } });
    expect(jobs[0]?.job.signal.aborted).toBe(true);
    const later = ask("a");
    expect(jobs).toHaveLength(2);
    jobs[1]?.finish(pageOf(1));
    expect(await later).toEqual(pageOf(1));
  });

  it("become urgent when a person joins a scan", () => {
    const { ask, jobs } = build();
    void ask("a", { urgency: "scan" });
    expect(jobs[0]?.job.urgency()).toBe("scan");
    void ask("a", { urgency: "person" });
    expect(jobs[0]?.job.urgency()).toBe("person");
  });

  it("tell all waiters what they wait for, those who join late as well", () => {
    const { ask, jobs } = build();
    const told: string[] = [];
    void ask("a", { onWait: (wait) => told.push(`first ${wait}`) });
    jobs[0]?.job.onWait("queued");
    void ask("a", { onWait: (wait) => told.push(`second ${wait}`) });
    jobs[0]?.job.onWait("throttled");
    expect(told).toEqual(["first queued", "second queued", "first throttled", "second throttled"]);
  });

  it("do not suffer from a listener that throws", async () => {
    const { ask, jobs, log } = build();
    const answer = ask("a", {
      onWait() {
        throw new Error("broken listener");
      },
    });
    jobs[0]?.job.onWait("queued");
    jobs[0]?.finish(pageOf(1));
    expect(await answer).toEqual(pageOf(1));
    expect(log.lines.join()).toContain("broken listener");
  });
});

describe("a page", () => {
  it("answers the same question for a while, and not longer", async () => {
    const { ask, jobs, clock, counters } = build();
    const first = ask("a");
    jobs[0]?.finish(pageOf(1));
    await first;
    await clock.advance(4_999);
    expect(await ask("a")).toEqual(pageOf(1));
    expect(counters.reused).toBe(1);
    await clock.advance(2);
    void ask("a");
    expect(jobs).toHaveLength(2);
  });

  it("is not reused when the question is fresh, when it was a scan's, when it failed, or when reuse is off", async () => {
    const kept = build();
    const first = kept.ask("a");
    kept.jobs[0]?.finish(pageOf(1));
    await first;
    void kept.ask("a", { fresh: true });
    expect(kept.jobs).toHaveLength(2);

    for (const [{ ask, jobs }, outcome, reusable] of [
      [build(), pageOf(1), false],
      [build(), failed, true],
      [build(0), pageOf(1), true],
    ] as const) {
      const answer = ask("a", { reusable });
      jobs[0]?.finish(outcome);
      await answer;
      void ask("a", { reusable });
      expect(jobs).toHaveLength(2);
    }
  });

  it("is not kept when a fresher one has been asked for", async () => {
    const { ask, jobs } = build();
    const old = ask("a");
    jobs[0]?.job.onBegin();
    const fresh = ask("a", { fresh: true });
    jobs[1]?.finish(pageOf(2));
    await fresh;
    jobs[0]?.finish(pageOf(1));
    expect(await old).toEqual(pageOf(1));
    expect(await ask("a")).toEqual(pageOf(2));
  });

  it("makes room for newer ones", async () => {
    const { ask, jobs } = build();
    for (const name of ["a", "b", "c"]) {
      const answer = ask(name);
      jobs.at(-1)?.finish(pageOf(1));
      await answer;
    }
    void ask("a");
    expect(jobs).toHaveLength(4);
  });
});

describe("a fresh question", () => {
  it("joins a request that has not gone out", () => {
    const { ask, jobs } = build();
    void ask("a");
    void ask("a", { fresh: true });
    expect(jobs).toHaveLength(1);
  });

  it("does not join one that is on the wire", () => {
    const { ask, jobs } = build();
    void ask("a");
    jobs[0]?.job.onBegin();
    void ask("a", { fresh: true });
    expect(jobs).toHaveLength(2);
  });
});

describe("a closed share", () => {
  it("gives up what is under way and refuses what comes", async () => {
    const { share, ask, jobs } = build();
    const waiting = ask("a");
    share.close();
    expect(await waiting).toMatchObject({ ok: false });
    expect(await ask("b")).toMatchObject({ ok: false, failure: { kind: "stopped", attempts: 0 } });
    expect(jobs).toHaveLength(1);
  });
});
