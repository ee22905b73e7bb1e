import { describe, expect, it, vi } from "vitest";
import type { CallOptions, Outcome } from "../../src/fleet/index.ts";
import type { Snapshot, TooLarge } from "../../src/fleet/snapshot.ts";
import { createSnapshots, type SnapshotsOptions } from "../../src/fleet/snapshots.ts";
import { broken, call } from "./memory-fleet.ts";
import { runtimeOf } from "./rows.ts";

type Whole = Snapshot | TooLarge;

function snapshotOf(count = 1, part: Partial<Snapshot> = {}): Outcome<Whole> {
  const runtimes = Array.from({ length: count }, (_, index) => runtimeOf({ id: `ecd-${index}` }));
  return { ok: true, value: { kind: "snapshot", runtimes, complete: true, unreadable: 0, ...part } };
}

function build(options: Partial<SnapshotsOptions> = {}) {
  return createSnapshots({
    reuse: 60_000,
    runtimes: 1_000,
    readings: 4,
    deadline: 60_000,
    clock: { elapsed: () => 0 },
    ...options,
  });
}

/** A reader of lists that answers when it is told to, and otherwise when it is given up. */
function createRead() {
  const calls: CallOptions[] = [];
  const answers: ((outcome: Outcome<Whole>) => void)[] = [];
  const read = vi.fn((shared: CallOptions) => {
    calls.push(shared);
    const { promise, resolve } = Promise.withResolvers<Outcome<Whole>>();
    answers.push(resolve);
    shared.signal.addEventListener("abort", () => {
      const kind = shared.signal.reason?.name === "TimeoutError" ? "timeout" : "stopped";
      resolve({ ok: false, failure: { ...broken, kind } });
    });
    return promise;
  });
  return { read, calls, answer: (outcome: Outcome<Whole>, index = 0) => answers[index]?.(outcome) };
}

const callUntil = (controller: AbortController, part: Partial<CallOptions> = {}): CallOptions => ({
  ...call,
  signal: controller.signal,
  ...part,
});

describe("a list that several ask for at once", () => {
  it("is read once, and each gets it", async () => {
    const { read, answer } = createRead();
    const snapshots = build();
    const asked = [snapshots.of("a", read, call), snapshots.of("a", read, call), snapshots.of("a", read, call)];
    answer(snapshotOf());
    expect(await Promise.all(asked)).toEqual([snapshotOf(), snapshotOf(), snapshotOf()]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("is read once also where somebody declines one that was read before", async () => {
    const { read, answer } = createRead();
    const snapshots = build();
    const asked = [snapshots.of("a", read, call), snapshots.of("a", read, { ...call, fresh: true })];
    answer(snapshotOf());
    await Promise.all(asked);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("is another list under another key", async () => {
    const { read, answer } = createRead();
    const snapshots = build();
    const asked = [snapshots.of("a", read, call), snapshots.of("b", read, call)];
    answer(snapshotOf(1), 0);
    answer(snapshotOf(2), 1);
    expect(await Promise.all(asked)).toEqual([snapshotOf(1), snapshotOf(2)]);
  });

  it("becomes urgent with the first person who waits for it", () => {
    const { read, calls } = createRead();
    const snapshots = build();
    void snapshots.of("a", read, { ...call, urgency: "scan" });
    expect(calls[0]?.urgency).toBe("scan");
    void snapshots.of("a", read, call);
    expect(calls[0]?.urgency).toBe("person");
  });

  it("tells each who waits, and nobody else, why it takes long", () => {
    const { read, calls } = createRead();
    const snapshots = build();
    const told: string[] = [];
    const leaving = new AbortController();
    void snapshots.of("a", read, { ...call, onWait: (wait) => told.push(`first ${wait}`) });
    void snapshots.of("a", read, callUntil(leaving, { onWait: (wait) => told.push(`second ${wait}`) }));
    calls[0]?.onWait?.("throttled");
    leaving.abort();
    calls[0]?.onWait?.("retrying");
    expect(told).toEqual(["first throttled", "second throttled", "first retrying"]);
  });

  it("fails for each alike", async () => {
    const { read, answer } = createRead();
    const snapshots = build();
    const asked = [snapshots.of("a", read, call), snapshots.of("a", read, call)];
    answer({ ok: false, failure: broken });
    expect(await Promise.all(asked)).toEqual(Array(2).fill({ ok: false, failure: broken }));
  });

  it("rejects for each where the reading is at fault, and can be asked for again", async () => {
    const fault = new Error("a fault");
    const snapshots = build();
    const read = vi.fn().mockRejectedValueOnce(fault).mockResolvedValueOnce(snapshotOf());
    const asked = [snapshots.of("a", read, call), snapshots.of("a", read, call)];
    expect(await Promise.allSettled(asked)).toEqual(Array(2).fill({ status: "rejected", reason: fault }));
    expect(await snapshots.of("a", read, call)).toEqual(snapshotOf());
  });
});

describe("who gives up", () => {
  it("leaves at once, and the others get the list", async () => {
    const { read, calls, answer } = createRead();
    const snapshots = build();
    const leaving = new AbortController();
    const first = snapshots.of("a", read, callUntil(leaving));
    const second = snapshots.of("a", read, call);
    leaving.abort(new DOMException("too long", "TimeoutError"));
    expect(await first).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(calls[0]?.signal.aborted).toBe(false);
    answer(snapshotOf());
    expect(await second).toEqual(snapshotOf());
  });

  it("as the last ends the reading, and the next one reads anew", async () => {
    const { read, calls, answer } = createRead();
    const snapshots = build();
    const leaving = new AbortController();
    const asked = [snapshots.of("a", read, callUntil(leaving)), snapshots.of("a", read, callUntil(leaving))];
    leaving.abort();
    expect(await Promise.all(asked)).toMatchObject(Array(2).fill({ ok: false, failure: { kind: "stopped" } }));
    expect(calls[0]?.signal.aborted).toBe(true);
    const next = snapshots.of("a", read, call);
    answer(snapshotOf(), 1);
    expect(await next).toEqual(snapshotOf());
  });

  it("as the last has no effect on what is kept, however late the reading ends", async () => {
    const ends: ((outcome: Outcome<Whole>) => void)[] = [];
    const read = () => {
      const { promise, resolve } = Promise.withResolvers<Outcome<Whole>>();
      ends.push(resolve);
      return promise;
    };
    const snapshots = build();
    const leaving = new AbortController();
    const left = snapshots.of("a", read, callUntil(leaving));
    leaving.abort();
    await left;
    const next = snapshots.of("a", read, call);
    ends[1]?.(snapshotOf(2));
    await next;
    ends[0]?.(snapshotOf(1));
    await Promise.resolve();
    expect(await snapshots.of("a", read, call)).toEqual(snapshotOf(2));
  });

  it("before asking, starts no reading", async () => {
    const { read } = createRead();
    const given = callUntil(new AbortController(), { signal: AbortSignal.abort() });
    expect(await build().of("a", read, given)).toMatchObject({ failure: { kind: "stopped" } });
    expect(read).not.toHaveBeenCalled();
  });

  it("listens to its signal no longer than it waits", async () => {
    const { read, answer } = createRead();
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    const asked = build().of("a", read, callUntil(controller));
    answer(snapshotOf());
    await asked;
    expect(removed).toHaveBeenCalledWith("abort", expect.any(Function));
  });
});

describe("a reading", () => {
  it("ends at its own deadline, however long those wait who asked", async () => {
    const { read, calls } = createRead();
    const asked = build({ deadline: 5 }).of("a", read, call);
    expect(await asked).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(calls[0]?.signal.aborted).toBe(true);
  });

  it("beyond those allowed at once is refused, until another has ended", async () => {
    const { read, answer } = createRead();
    const snapshots = build({ readings: 1 });
    const first = snapshots.of("a", read, call);
    expect(await snapshots.of("b", read, call)).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
    const joined = snapshots.of("a", read, call);
    answer(snapshotOf());
    expect(await Promise.all([first, joined])).toEqual([snapshotOf(), snapshotOf()]);
    const second = snapshots.of("b", read, call);
    answer(snapshotOf(2), 1);
    expect(await second).toEqual(snapshotOf(2));
  });
});

describe("a list that was read", () => {
  it("is reused for a while", async () => {
    let now = 0;
    const snapshots = build({ reuse: 15_000, clock: { elapsed: () => now } });
    const read = vi.fn(async () => snapshotOf());
    await snapshots.of("a", read, call);
    now = 14_999;
    await snapshots.of("a", read, call);
    expect(read).toHaveBeenCalledTimes(1);
    now = 15_001;
    await snapshots.of("a", read, call);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("is read again for whoever wants a fresh one, which is then reused", async () => {
    const snapshots = build();
    let count = 0;
    const read = vi.fn(async () => snapshotOf(++count));
    await snapshots.of("a", read, call);
    expect(await snapshots.of("a", read, { ...call, fresh: true })).toEqual(snapshotOf(2));
    expect(await snapshots.of("a", read, call)).toEqual(snapshotOf(2));
  });

  it.each<[string, Outcome<Whole>, number]>([
    [
      "kept where it is too large, so that this is not found out again",
      { ok: true, value: { kind: "too-large", total: 9, limit: 5 } },
      1,
    ],
    ["not kept where it moved", snapshotOf(1, { complete: false }), 2],
    ["not kept where it failed", { ok: false, failure: broken }, 2],
    ["not kept where it has more runtimes than are kept at all", snapshotOf(1_001), 2],
  ])("is %s", async (_, outcome, times) => {
    const snapshots = build();
    const read = vi.fn(async () => outcome);
    await snapshots.of("a", read, call);
    expect(await snapshots.of("a", read, call)).toEqual(outcome);
    expect(read).toHaveBeenCalledTimes(times);
  });

  it("is not kept where nothing is to be reused", async () => {
    const snapshots = build({ reuse: 0 });
    const read = vi.fn(async () => snapshotOf());
    await snapshots.of("a", read, call);
    await snapshots.of("a", read, call);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("gives way to others where they are too many runtimes together", async () => {
    const snapshots = build();
    const read = vi.fn(async () => snapshotOf(400));
    for (const key of ["a", "b", "c", "c", "b"]) await snapshots.of(key, read, call);
    expect(read).toHaveBeenCalledTimes(3);
    await snapshots.of("a", read, call);
    expect(read).toHaveBeenCalledTimes(4);
  });
});
