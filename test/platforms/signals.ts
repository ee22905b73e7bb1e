import type { Timers } from "./timers.ts";

/** What tests wait on: conditions that are looked at when something has changed, and never by the clock. */
export interface Signals {
  /** Something may have changed. Many changes of one turn are looked at once. */
  changed(): void;
  /** Resolves when the condition holds; rejects after so many milliseconds, or when the stand-in stops. */
  until(condition: () => boolean, milliseconds: number, what: string): Promise<void>;
  stop(): void;
}

interface Waiter {
  readonly condition: () => boolean;
  readonly settle: (error?: Error) => void;
}

export function createSignals(timers: Timers): Signals {
  const waiters = new Set<Waiter>();
  let turn: NodeJS.Immediate | undefined;

  function look(): void {
    turn = undefined;
    for (const waiter of waiters) {
      try {
        if (waiter.condition()) waiter.settle();
      } catch (error) {
        waiter.settle(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  return {
    changed() {
      if (waiters.size > 0 && turn === undefined) turn = setImmediate(look);
    },
    until(condition, milliseconds, what) {
      if (condition()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const cancel = timers.after(milliseconds, () =>
          waiter.settle(new Error(`after ${milliseconds} ms still not so: ${what}`)),
        );
        const waiter: Waiter = {
          condition,
          settle(error) {
            waiters.delete(waiter);
            cancel();
            if (error === undefined) resolve();
            else reject(error);
          },
        };
        waiters.add(waiter);
      });
    },
    stop() {
      if (turn !== undefined) clearImmediate(turn);
      turn = undefined;
      for (const waiter of waiters) waiter.settle(new Error("the stand-in was stopped"));
    },
  };
}
