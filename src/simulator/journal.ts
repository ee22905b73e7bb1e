/** A request that the simulator saw. */
export interface SeenRequest {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** 0 when there was no answer: a reset, a hanging request. */
  readonly status: number;
  /** `OK`, the code of the error, or the kind of the failure that was ordered. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Stats {
  readonly requests: number;
  readonly byCode: Readonly<Record<string, number>>;
}

/** The last requests and the counts of all. */
export interface Journal {
  add(seen: SeenRequest): void;
  /** The last ones, oldest first. */
  requests(): readonly SeenRequest[];
  stats(): Stats;
}

/** Keeps the last `limit` requests. */
export function createJournal(limit: number): Journal {
  const ring: SeenRequest[] = [];
  const byCode = new Map<string, number>();
  let count = 0;
  return {
    add(seen) {
      ring[count % limit] = seen;
      count += 1;
      byCode.set(seen.code, (byCode.get(seen.code) ?? 0) + 1);
    },
    requests() {
      const oldest = count > limit ? count % limit : 0;
      return [...ring.slice(oldest), ...ring.slice(0, oldest)];
    },
    stats: () => ({ requests: count, byCode: Object.fromEntries(byCode) }),
  };
}
