import { setImmediate } from "node:timers/promises";

/** Waits until a condition holds, or what it gives is there; rejects when that takes longer than 10 s. */
export async function until<Value>(condition: () => Value): Promise<NonNullable<Value>> {
  const end = performance.now() + 10_000;
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > end) throw new Error(`still waiting: ${condition}`);
    await setImmediate();
  }
}
