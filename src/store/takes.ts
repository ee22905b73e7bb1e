/** An arrival that is to be taken in, and those who wait to hear whether it is new. */
export interface Take {
  readonly key: string;
  readonly channel: string;
  readonly content: string;
  readonly waiting: readonly Waiting[];
}

export interface Waiting {
  readonly resolve: (taken: "new" | "known") => void;
  readonly reject: (reason: Error) => void;
}

/** Takes that wait for the next commit. */
export interface Takes {
  /** Different arrivals that wait. */
  readonly size: number;
  /** Rejects at once when too many wait already. */
  add(arrival: Omit<Take, "waiting">): Promise<"new" | "known">;
  /** The oldest ones; they wait here no longer. */
  next(most: number): readonly Take[];
}

/** @param limit how many may wait at once */
export function createTakes(limit: number): Takes {
  const takes = new Map<string, Omit<Take, "waiting"> & { readonly waiting: Waiting[] }>();
  let waiting = 0;
  return {
    get size() {
      return takes.size;
    },
    add(arrival) {
      if (waiting >= limit) {
        return Promise.reject(new Error("The store has more to write than it can."));
      }
      waiting += 1;
      const { promise, resolve, reject } = Promise.withResolvers<"new" | "known">();
      const take = takes.get(arrival.key);
      if (take === undefined) {
        takes.set(arrival.key, { ...arrival, waiting: [{ resolve, reject }] });
      } else {
        take.waiting.push({ resolve, reject });
      }
      return promise;
    },
    next(most) {
      const first = [...takes.values().take(most)];
      for (const take of first) {
        takes.delete(take.key);
        waiting -= take.waiting.length;
      }
      return first;
    },
  };
}

/** Tells everyone who waits: of several with the same arrival, one hears that it is new. */
export function tellTaken(takes: readonly Take[], inserted: ReadonlySet<string>): void {
  for (const { key, waiting } of takes) {
    for (const [index, { resolve }] of waiting.entries()) {
      resolve(index === 0 && inserted.has(key) ? "new" : "known");
    }
  }
}

export function tellFailed(takes: readonly Take[], reason: Error): void {
  for (const { reject } of takes.flatMap(({ waiting }) => waiting)) {
    reject(reason);
  }
}
