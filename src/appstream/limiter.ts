import type { CallOptions, Clock } from "../fleet/index.ts";
import { createPace } from "./pace.ts";

export type Urgency = CallOptions["urgency"];

/** Leave to make one request. `release` must be called once, when the request has really ended. */
export interface Turn {
  /** By the clock's `elapsed`. */
  readonly startedAt: number;
  release(): void;
}

export type Acquired =
  | { readonly kind: "turn"; readonly turn: Turn }
  /** Too many are waiting already. */
  | { readonly kind: "overloaded" }
  /** The signal was aborted, or the limiter was closed. */
  | { readonly kind: "given-up" };

export interface Wish {
  /** Read anew whenever a turn is given, so that a request may become urgent while it waits. */
  readonly urgency: () => Urgency;
  readonly signal: AbortSignal;
  /** Told once, when there is no turn at once. */
  readonly onQueued: () => void;
}

export interface Limiter {
  /** Resolves with a turn when it is this one's; persons before scans, each in the order they came. Never rejects. */
  acquire(wish: Wish): Promise<Acquired>;
  /** The service throttled a request that was started then: halves the rate, once for all that were under way. */
  slowDown(startedAt: number): void;
  /** How many wait for a turn, of one urgency. */
  waiting(urgency: Urgency): number;
  /** How many turns are not released. */
  underWay(): number;
  /** Starts a second that are allowed now. */
  rate(): number;
  /** Ends every wait; no turn is given from now on. */
  close(): void;
}

export interface LimiterOptions {
  /** Starts a second, > 0. */
  readonly requestsPerSecond: number;
  /** Requests under way at once, those that nobody waits for any more included. */
  readonly concurrency: number;
  /** Requests that may wait, of each urgency. */
  readonly queueLimit: number;
  readonly clock: Clock;
}

interface Waiter {
  readonly urgency: () => Urgency;
  /** Ends the wait; the waiter must be out of the queue. */
  settle(acquired: Acquired): void;
}

/** One for an account: paces all requests of this process to the API. */
export function createLimiter({ requestsPerSecond, concurrency, queueLimit, clock }: LimiterOptions): Limiter {
  const pace = createPace(requestsPerSecond);
  const closing = new AbortController();
  const queue: Waiter[] = [];
  let underWay = 0;
  let sleeping = false;

  function turn(): Turn {
    const startedAt = clock.elapsed();
    pace.started(startedAt);
    underWay += 1;
    let released = false;
    return {
      startedAt,
      release() {
        if (released) return;
        released = true;
        underWay -= 1;
        giveTurns();
      },
    };
  }

  function takeNext(): Waiter | undefined {
    const person = queue.findIndex((waiter) => waiter.urgency() === "person");
    return queue.splice(Math.max(person, 0), 1)[0];
  }

  function giveTurns(): void {
    while (queue.length > 0 && underWay < concurrency && !closing.signal.aborted) {
      const wait = pace.wait(clock.elapsed());
      if (wait > 0) {
        wakeIn(wait);
        return;
      }
      takeNext()?.settle({ kind: "turn", turn: turn() });
    }
  }

  function wakeIn(milliseconds: number): void {
    if (sleeping) return;
    sleeping = true;
    const wake = (): void => {
      sleeping = false;
      giveTurns();
    };
    clock.sleep(milliseconds, closing.signal).then(wake, () => {
      sleeping = false;
    });
  }

  function leave(waiter: Waiter, acquired: Acquired): void {
    const place = queue.indexOf(waiter);
    if (place >= 0) queue.splice(place, 1);
    waiter.settle(acquired);
  }

  function waiting(urgency: Urgency): number {
    return queue.filter((waiter) => waiter.urgency() === urgency).length;
  }

  return {
    acquire({ urgency, signal, onQueued }) {
      if (signal.aborted || closing.signal.aborted) return Promise.resolve({ kind: "given-up" });
      return new Promise((resolve) => {
        const giveUp = (): void => leave(waiter, { kind: "given-up" });
        const waiter: Waiter = {
          urgency,
          settle(acquired) {
            signal.removeEventListener("abort", giveUp);
            resolve(acquired);
          },
        };
        signal.addEventListener("abort", giveUp, { once: true });
        queue.push(waiter);
        giveTurns();
        if (!queue.includes(waiter)) return;
        if (waiting(urgency()) > queueLimit) leave(waiter, { kind: "overloaded" });
        else onQueued();
      });
    },
    slowDown(startedAt) {
      pace.slowDown(startedAt, clock.elapsed());
    },
    waiting,
    underWay: () => underWay,
    rate: () => pace.rate(clock.elapsed()),
    close() {
      closing.abort();
      for (const waiter of [...queue]) leave(waiter, { kind: "given-up" });
    },
  };
}
