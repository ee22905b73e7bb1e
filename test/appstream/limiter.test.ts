import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Acquired, createLimiter, type Limiter, type Turn, type Urgency } from "../../src/appstream/limiter.ts";
import { createManualClock } from "../manual-clock.ts";

const never = new AbortController().signal;

function acquire(limiter: Limiter, urgency: Urgency | (() => Urgency) = "person", signal = never): Promise<Acquired> {
  const ask = typeof urgency === "function" ? urgency : () => urgency;
  return limiter.acquire({ urgency: ask, signal, onQueued: () => undefined });
}

async function turnOf(acquired: Promise<Acquired>): Promise<Turn> {
  const result = await acquired;
  if (result.kind !== "turn") throw new Error(`expected a turn, not ${result.kind}`);
  return result.turn;
}

function build(options: { requestsPerSecond?: number; concurrency?: number; queueLimit?: number } = {}) {
  const clock = createManualClock(0);
  const limiter = createLimiter({ requestsPerSecond: 1, concurrency: 8, queueLimit: 10, clock, ...options });
  return { clock, limiter };
}

describe("the limiter", () => {
  it("never starts more than the rate in any window, and starts everything in the end", async () => {
    const wish = fc.record({
      after: fc.integer({ min: 0, max: 2_000 }),
      person: fc.boolean(),
      takes: fc.integer({ min: 0, max: 900 }),
    });
    const rates = fc.constantFrom(0.5, 1, 2.5, 4);
    await fc.assert(
      fc.asyncProperty(rates, fc.array(wish, { maxLength: 25 }), async (requestsPerSecond, wishes) => {
        const { clock, limiter } = build({ requestsPerSecond, queueLimit: 100, concurrency: 3 });
        const starts: number[] = [];
        for (const { after, person, takes } of wishes) {
          await clock.advance(after);
          turnOf(acquire(limiter, person ? "person" : "scan")).then(async (turn) => {
            starts.push(turn.startedAt);
            await clock.sleep(takes);
            turn.release();
          });
        }
        await clock.advance(200_000);
        expect(starts).toHaveLength(wishes.length);
        const count = Math.max(Math.floor(requestsPerSecond), 1);
        const span = (count / requestsPerSecond) * 1_000;
        for (const from of starts) {
          expect(starts.filter((at) => at >= from && at < from + span - 1e-6).length).toBeLessThanOrEqual(count);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("lets persons go before scans, and each in the order they came", async () => {
    const { clock, limiter } = build();
    const order: string[] = [];
    await acquire(limiter);
    for (const [name, urgency] of [
      ["scan 1", "scan"],
      ["scan 2", "scan"],
      ["person 1", "person"],
      ["person 2", "person"],
    ] as const) {
      acquire(limiter, urgency).then(() => order.push(name));
    }
    await clock.advance(10_000);
    expect(order).toEqual(["person 1", "person 2", "scan 1", "scan 2"]);
  });

  it("lets a request become urgent while it waits", async () => {
    const { clock, limiter } = build();
    const order: string[] = [];
    let urgency: Urgency = "scan";
    await acquire(limiter);
    acquire(limiter, "scan").then(() => order.push("other"));
    acquire(limiter, () => urgency).then(() => order.push("raised"));
    urgency = "person";
    await clock.advance(10_000);
    expect(order).toEqual(["raised", "other"]);
  });

  it("gives no turn while as many as allowed are under way, however long that takes", async () => {
    const { clock, limiter } = build({ requestsPerSecond: 100, concurrency: 1 });
    const first = await turnOf(acquire(limiter));
    let given = false;
    acquire(limiter).then(() => {
      given = true;
    });
    await clock.advance(3_600_000);
    expect(given).toBe(false);
    first.release();
    first.release();
    await clock.advance(0);
    expect(given).toBe(true);
  });

  it("refuses when too many wait, each urgency for itself", async () => {
    const { limiter } = build({ queueLimit: 2 });
    await acquire(limiter);
    for (const _ of [1, 2]) void acquire(limiter, "scan");
    expect(await acquire(limiter, "scan")).toEqual({ kind: "overloaded" });
    for (const _ of [1, 2]) void acquire(limiter, "person");
    expect(await acquire(limiter, "person")).toEqual({ kind: "overloaded" });
    limiter.close();
  });

  it("lets go of a wait at once when its signal is aborted, and takes no turn for it", async () => {
    const { clock, limiter } = build();
    await acquire(limiter);
    const controller = new AbortController();
    const left = acquire(limiter, "person", controller.signal);
    const next = turnOf(acquire(limiter));
    controller.abort();
    expect(await left).toEqual({ kind: "given-up" });
    await clock.advance(1_000);
    expect((await next).startedAt).toBe(1_000);
  });

  it("tells only those that have to wait", async () => {
    const { limiter } = build();
    const told: string[] = [];
    const ask = (name: string) =>
      limiter.acquire({ urgency: () => "person", signal: never, onQueued: () => told.push(name) });
    await ask("first");
    void ask("second");
    expect(told).toEqual(["second"]);
    limiter.close();
  });

  it("halves its rate when it is told of throttling", async () => {
    const { clock, limiter } = build();
    const first = await turnOf(acquire(limiter));
    limiter.slowDown(first.startedAt);
    const second = turnOf(acquire(limiter));
    await clock.advance(3_000);
    expect((await second).startedAt).toBeGreaterThan(1_900);
  });

  it("ends every wait and holds no timer once it is closed", async () => {
    const { clock, limiter } = build();
    await acquire(limiter);
    const waiting = acquire(limiter);
    limiter.close();
    expect(await waiting).toEqual({ kind: "given-up" });
    expect(await acquire(limiter)).toEqual({ kind: "given-up" });
    expect(clock.sleeping()).toBe(0);
  });
});
