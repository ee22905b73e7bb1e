import type { Fold } from "./fleet.ts";
import type { Plan } from "./plan.ts";
import type { Runtime } from "./runtime.ts";

/** Keeps the runtimes that match what the API could not ask. */
export function keepMatches(split: Plan): Fold<readonly Runtime[]> {
  const kept: Runtime[] = [];
  return {
    row(runtime) {
      if (split.left?.(runtime) ?? true) {
        kept.push(runtime);
      }
    },
    result: () => kept,
  };
}
