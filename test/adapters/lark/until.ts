import { setImmediate } from "node:timers/promises";

/** Resolves when the condition holds; rejects when that takes longer than 10 s. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error("the condition did not come about in time");
    await setImmediate();
  }
}
