import { setTimeout as wait } from "node:timers/promises";
import type { Trouble } from "./town/town.ts";

/** Where troubles come from, and who ends them. */
export interface Sky {
  readonly troubles: readonly Trouble[];
  clear(): void;
}

/** Lets things go wrong, one after the other at each place. */
export interface Weather {
  /** How often each trouble has begun, by its name. */
  readonly seen: ReadonlyMap<string, number>;
  /** Whether something that was delivered at that time (`performance.now()`) may have vanished. */
  loses(from: number, until: number): boolean;
  /** Begins troubles until the signal says that it is enough. Resolves when all of them are over. */
  storm(signal: AbortSignal): Promise<void>;
}

/** @param pause milliseconds from a trouble to the next at the same place: at least so many, and at most twice as many */
export function createWeather(options: {
  readonly skies: readonly Sky[];
  readonly random: () => number;
  readonly pause: number;
}): Weather {
  const { skies, random, pause } = options;
  const seen = new Map<string, number>();
  const losses: { readonly from: number; readonly until: number }[] = [];

  async function stormAt({ troubles, clear }: Sky, signal: AbortSignal): Promise<void> {
    const queue: Trouble[] = [];
    while (!signal.aborted) {
      // Each of them comes before any comes again.
      if (queue.length === 0) queue.push(...shuffled(troubles, random));
      const trouble = queue.pop();
      if (trouble === undefined) return;
      seen.set(trouble.name, (seen.get(trouble.name) ?? 0) + 1);
      const from = performance.now();
      if (trouble.loses !== undefined) losses.push({ from, until: from + trouble.loses });
      const lasts = trouble.begin(random);
      if (lasts > 0) {
        await sleep(lasts, signal);
        clear();
      }
      await sleep(pause * (1 + random()), signal);
    }
    clear();
  }

  return {
    seen,
    loses: (from, until) => losses.some((loss) => from < loss.until && until > loss.from),
    async storm(signal) {
      await Promise.all(skies.map((sky) => stormAt(sky, signal)));
    },
  };
}

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined);
}

export function shuffled<Value>(list: readonly Value[], random: () => number): Value[] {
  return list
    .map((value) => ({ value, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value);
}
