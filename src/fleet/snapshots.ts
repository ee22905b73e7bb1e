import { LRUCache } from "lru-cache";
import type { Clock } from "./clock.ts";
import { givenUp, type Outcome, ownFailure } from "./failure.ts";
import type { CallOptions } from "./fleet.ts";
import type { Snapshot, TooLarge } from "./snapshot.ts";

type Whole = Snapshot | TooLarge;

/**
 * Whole lists, each read once for all who want it at the same time, and kept for a moment.
 *
 * Who asks while the list is being read waits for that reading, also with `fresh`: that only declines a list which was
 * read before. A person who joins makes the reading urgent. Each gives up by the own signal and leaves the others alone;
 * the reading itself ends with the last who waits, or at its deadline. Failures are never kept.
 */
export interface Snapshots {
  /** `read` reads the list; `key` stands for it, whoever asks. */
  of(key: string, read: Read, call: CallOptions): Promise<Outcome<Whole>>;
}

export type Read = (call: CallOptions) => Promise<Outcome<Whole>>;

export interface SnapshotsOptions {
  /** For how long a list is kept, milliseconds; 0 keeps none. */
  readonly reuse: number;
  /** Runtimes that are kept at most, over all lists. */
  readonly runtimes: number;
  /** Lists that are read at once at most; beyond it the failure is `overloaded`. */
  readonly readings: number;
  /** After how long a reading is given up, milliseconds. */
  readonly deadline: number;
  readonly clock: Pick<Clock, "elapsed">;
}

/** One list that is being read, and who waits for it. */
interface Reading {
  urgency: CallOptions["urgency"];
  readonly waiting: Set<Pick<CallOptions, "onWait" | "onAsked">>;
  readonly ending: AbortController;
  outcome: Promise<Outcome<Whole>>;
}

export function createSnapshots({ reuse, runtimes, readings, deadline, clock }: SnapshotsOptions): Snapshots {
  const kept = new LRUCache<string, Whole>({
    max: 16,
    maxSize: Math.max(runtimes, 1),
    ttl: Math.max(reuse, 1),
    ttlResolution: 0,
    // The cache takes a start at 0 for "no time to live".
    perf: { now: () => clock.elapsed() + 1 },
    sizeCalculation: (whole) => (whole.kind === "snapshot" ? whole.runtimes.length + 1 : 1),
  });
  const underWay = new Map<string, Reading>();
  let count = 0;

  function begin(key: string, read: Read, { urgency, fresh }: CallOptions): Reading {
    const ending = new AbortController();
    const reading: Reading = { urgency, waiting: new Set(), ending, outcome: Promise.resolve(ownFailure("stopped")) };
    const call: CallOptions = {
      get urgency() {
        return reading.urgency;
      },
      signal: AbortSignal.any([ending.signal, AbortSignal.timeout(deadline)]),
      onWait: (wait) => {
        for (const { onWait } of reading.waiting) {
          onWait?.(wait);
        }
      },
      onAsked: (asked) => {
        for (const { onAsked } of reading.waiting) {
          onAsked?.(asked);
        }
      },
      fresh,
    };
    count += 1;
    underWay.set(key, reading);
    reading.outcome = read(call)
      .then((outcome) => {
        // One that was given up and took its time is older than what is kept since.
        if (outcome.ok && reuse > 0 && isKept(outcome.value) && underWay.get(key) === reading) {
          kept.set(key, outcome.value);
        }
        return outcome;
      })
      .finally(() => {
        count -= 1;
        leaveAlone(key, reading);
      });
    return reading;
  }

  function leaveAlone(key: string, reading: Reading): void {
    if (underWay.get(key) === reading) {
      underWay.delete(key);
    }
  }

  function join(key: string, reading: Reading, call: CallOptions): Promise<Outcome<Whole>> {
    const waiter = { onWait: call.onWait, onAsked: call.onAsked };
    reading.waiting.add(waiter);
    if (call.urgency === "person") {
      reading.urgency = "person";
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        call.signal.removeEventListener("abort", giveUp);
        reading.waiting.delete(waiter);
      };
      const giveUp = () => {
        leave();
        resolve(givenUp(call.signal));
        if (reading.waiting.size === 0) {
          leaveAlone(key, reading);
          reading.ending.abort();
        }
      };
      call.signal.addEventListener("abort", giveUp, { once: true });
      reading.outcome.finally(leave).then(resolve, reject);
    });
  }

  return {
    async of(key, read, call) {
      if (call.signal.aborted) {
        return givenUp(call.signal);
      }
      const known = call.fresh === true ? undefined : kept.get(key);
      if (known !== undefined) {
        return { ok: true, value: known };
      }
      const reading = underWay.get(key);
      if (reading === undefined && count >= readings) {
        return ownFailure("overloaded", "Too many lists are being read at once.");
      }
      return join(key, reading ?? begin(key, read, call), call);
    },
  };
}

/** A list that moved is not kept, as it may lack runtimes. */
function isKept(whole: Whole): boolean {
  return whole.kind === "too-large" || whole.complete;
}
