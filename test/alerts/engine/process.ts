import type { Clock } from "../../../src/fleet/index.ts";
import type { Database } from "../../../src/store/database.ts";

/** A process that a test can stop in the middle of whatever it does. */
export interface TestProcess {
  readonly name: string;
  readonly clock: Clock;
  readonly isDead: boolean;
  /** Something outside the process: the process may die or stand still before it begins, and before it hears how it went. */
  outside<Value>(work: () => Promise<Value>): Promise<Value>;
  /** The same, on the platform. */
  onPlatform<Value>(work: () => Promise<Value>): Promise<Value>;
  /** The store as this process reaches it. */
  over(database: Database): Database;
  /** How many moments there were so far at which it could have died. */
  moments(): number;
  /** Those at which something was asked of the platform. */
  readonly sends: readonly number[];
  /** Stands still from the next such moment on, or after so many more, as a process that gets no time. */
  pause(after?: number): void;
  wake(): void;
  kill(): void;
  /** While true, the store cannot be reached from here. */
  cutOff: boolean;
}

export interface TestProcessOptions {
  readonly name: string;
  readonly clock: Clock;
  /** Dies at this moment, counted from 1. */
  readonly diesAt?: number | undefined;
  readonly onDeath?: (() => void) | undefined;
}

export function createTestProcess(options: TestProcessOptions): TestProcess {
  const { name, clock, diesAt = Number.POSITIVE_INFINITY, onDeath = () => undefined } = options;
  let moments = 0;
  let isDead = false;
  let pausesAt = Number.POSITIVE_INFINITY;
  let asleep: PromiseWithResolvers<void> | undefined;
  const sends: number[] = [];

  function fallAsleep(): void {
    asleep ??= Promise.withResolvers();
  }

  function kill(): void {
    if (!isDead) {
      isDead = true;
      onDeath();
    }
  }

  async function moment(): Promise<void> {
    moments += 1;
    if (moments >= pausesAt) {
      fallAsleep();
    }
    await asleep?.promise;
    if (moments >= diesAt) {
      kill();
    }
    if (isDead) {
      // Whoever waits for it waits for ever, and nobody keeps it.
      await new Promise(() => undefined);
    }
  }

  async function outside<Value>(work: () => Promise<Value>): Promise<Value> {
    await moment();
    const settled = await work().then(
      (value) => ({ ok: true, value }) as const,
      (error: unknown) => ({ ok: false, error }) as const,
    );
    await moment();
    if (!settled.ok) {
      throw settled.error;
    }
    return settled.value;
  }

  const process: TestProcess = {
    name,
    clock: {
      ...clock,
      async sleep(milliseconds, signal) {
        await clock.sleep(milliseconds, signal);
        await asleep?.promise;
        if (isDead) {
          await new Promise(() => undefined);
        }
      },
    },
    get isDead() {
      return isDead;
    },
    outside,
    onPlatform(work) {
      sends.push(moments + 1);
      return outside(work);
    },
    sends,
    over(database) {
      const reached = <Value>(work: () => Promise<Value>) =>
        outside(async () => {
          if (process.cutOff) {
            throw new Error("the store cannot be reached");
          }
          return work();
        });
      return {
        ...database,
        read: (work) => reached(() => database.read(work)),
        write: (work) => reached(() => database.write(work)),
      };
    },
    moments: () => moments,
    pause(after = 0) {
      pausesAt = moments + after;
      if (after === 0) {
        fallAsleep();
      }
    },
    wake() {
      pausesAt = Number.POSITIVE_INFINITY;
      asleep?.resolve();
      asleep = undefined;
    },
    kill,
    cutOff: false,
  };
  return process;
}
