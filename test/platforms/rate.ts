/** Windows that slide: how often something happened lately, by a key. */
export interface Rate {
  /** Counts one and gives 0, or counts nothing and gives the milliseconds until one fits. A limit of 0 allows everything. */
  take(key: string, limit: number, now: number): number;
}

/** Keys that are remembered before those without recent events are dropped. */
const keyLimit = 10_000;

/** A window of so many milliseconds. */
export function createRate(window: number): Rate {
  const times = new Map<string, number[]>();

  function prune(now: number): void {
    for (const [key, list] of times) {
      if ((list.at(-1) ?? 0) <= now - window) times.delete(key);
    }
  }

  return {
    take(key, limit, now) {
      if (limit === 0) return 0;
      if (times.size > keyLimit) prune(now);
      const list = times.get(key) ?? [];
      times.set(key, list);
      while (list.length > 0 && (list[0] ?? 0) <= now - window) list.shift();
      if (list.length >= limit) return (list[0] ?? now) + window - now;
      list.push(now);
      return 0;
    },
  };
}
