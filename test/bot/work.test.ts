import { describe, expect, test } from "vitest";
import { createWork } from "../../src/bot/work.ts";
import { createManualClock, settle } from "../manual-clock.ts";

function rigOf(limit = 2, backlog = 0) {
  const clock = createManualClock();
  const faults: unknown[] = [];
  return { clock, faults, work: createWork({ clock, limit, backlog, onFault: (error) => faults.push(error) }) };
}

const never = () => new Promise<void>(() => {});

describe("work under way", () => {
  test("is bounded, and has room again when something ends", async () => {
    const { work } = rigOf();
    const { promise, resolve } = Promise.withResolvers<void>();
    expect([work.begin(() => promise), work.begin(never), work.begin(never)]).toEqual(["begun", "begun", "full"]);
    resolve();
    await settle();
    expect(work.begin(never)).toBe("begun");
  });

  test("that fails is told as a fault and makes room as well", async () => {
    const { work, faults } = rigOf(1);
    const error = new Error("broken");
    work.begin(() => Promise.reject(error));
    await settle();
    expect(faults).toEqual([error]);
    expect(work.begin(never)).toBe("begun");
  });
});

describe("draining", () => {
  test("takes nothing new, and is done as soon as everything is", async () => {
    const { work, clock } = rigOf();
    const { promise, resolve } = Promise.withResolvers<void>();
    work.begin(() => promise);
    const drained = work.drain(10_000);
    expect(work.begin(never)).toBe("closed");
    resolve();
    await drained;
    expect(clock.sleeping()).toBe(0);
  });

  test("does not end work before its deadline, and does then", async () => {
    const { work, clock } = rigOf();
    let ended = false;
    work.begin(
      (ending) =>
        new Promise((resolve) => {
          ending.addEventListener("abort", () => {
            ended = true;
            resolve();
          });
        }),
    );
    const drained = work.drain(10_000);
    await clock.advance(9_999);
    expect(ended).toBe(false);
    await clock.advance(1);
    expect(ended).toBe(true);
    await drained;
  });

  test("does not wait for what does not end even then", async () => {
    const { work, clock } = rigOf();
    work.begin(never);
    const drained = work.drain(10_000);
    await clock.advance(12_000);
    await drained;
    expect(clock.sleeping()).toBe(0);
  });
});
