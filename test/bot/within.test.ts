import { expect, test } from "vitest";
import { within } from "../../src/bot/within.ts";
import { createManualClock, settle } from "../manual-clock.ts";

test("work that is done in time gives its value, and leaves no timer behind", async () => {
  const clock = createManualClock();
  expect(await within(clock, 1_000, Promise.resolve("done"), "late")).toBe("done");
  expect(clock.sleeping()).toBe(0);
});

test("work that takes longer is not waited for, and its failure after that disturbs nobody", async () => {
  const clock = createManualClock();
  const { promise, reject } = Promise.withResolvers<string>();
  const value = within(clock, 1_000, promise, "late");
  await clock.advance(1_000);
  expect(await value).toBe("late");
  reject(new Error("too late to matter"));
  await settle();
  expect(clock.sleeping()).toBe(0);
});

test("work that fails in time fails, and leaves no timer behind", async () => {
  const clock = createManualClock();
  await expect(within(clock, 1_000, Promise.reject(new Error("broken")), "late")).rejects.toThrow("broken");
  expect(clock.sleeping()).toBe(0);
});
