import { setTimeout as sleep } from "node:timers/promises";

/** People at a stand-in, and what they see. */
export interface Stage {
  /** Has somebody write to the bot; gives the key under which the answer is heard. `turn` counts from 1. */
  write(turn: number, text: string): string;
  /** Calls back with the key of each message that was answered, when the answer has reached the platform. */
  listen(answered: (key: string) => void): void;
  /** Presses a button of the card that was sent last; resolves when the press is answered, rejects when it is not well. */
  press(turn: number, label: "Next" | "Previous"): Promise<void>;
}

/** What every bot is measured by. */
export interface Measured {
  /** Messages answered a second, 64 at once. */
  readonly throughput: number;
  /** Milliseconds from a message's frame to the request that answers it, one at a time. */
  readonly alone: readonly number[];
}

/** What is measured of Deskhand beside that. */
export interface Own extends Measured {
  /** The same at 100 messages a second. */
  readonly steady: readonly number[];
  /** Milliseconds from a press to its answer, where the page was read a moment ago. */
  readonly presses: readonly number[];
  /** Megabytes of the whole process. */
  readonly idle: number;
  readonly after: number;
}

export interface Driver {
  /** Writes a message, and resolves with the milliseconds until it was answered. Rejects when it never is. */
  answer(text: string): Promise<number>;
  /** Messages answered a second. */
  atOnce(lanes: number, count: number): Promise<number>;
  /** Milliseconds of each answer, messages being written so many a second. */
  steady(perSecond: number, seconds: number): Promise<readonly number[]>;
  /** Milliseconds of each press. */
  press(count: number): Promise<readonly number[]>;
}

/** Milliseconds after which a benchmark is over as a message was not answered. */
const patience = 30_000;

/** Writes messages and hears the answers: of two messages with one key the first is answered first. */
export function createDriver(stage: Stage): Driver {
  let turn = 0;
  const waiting = new Map<string, (() => void)[]>();
  stage.listen((key) => {
    const listeners = waiting.get(key);
    listeners?.shift()?.();
    if (listeners?.length === 0) {
      waiting.delete(key);
    }
  });

  async function answer(text: string): Promise<number> {
    turn += 1;
    const began = performance.now();
    const key = stage.write(turn, text);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`"${text}" was not answered.`)), patience);
      const heard = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.set(key, [...(waiting.get(key) ?? []), heard]);
    });
    return performance.now() - began;
  }

  return {
    answer,
    async atOnce(lanes, count) {
      let left = count;
      const began = performance.now();
      await Promise.all(
        Array.from({ length: lanes }, async () => {
          while (left > 0) {
            left -= 1;
            await answer(`/runtimes page=${1 + (left % 20)}`);
          }
        }),
      );
      return (count / (performance.now() - began)) * 1_000;
    },
    async steady(perSecond, seconds) {
      const taken: Promise<number>[] = [];
      const began = performance.now();
      for (let index = 0; index < perSecond * seconds; index += 1) {
        const due = began + (index * 1_000) / perSecond;
        await sleep(Math.max(0, due - performance.now()));
        // One page, which was read a moment ago: the time of the API is not what is measured.
        taken.push(answer("/runtimes"));
      }
      return Promise.all(taken);
    },
    async press(count) {
      const taken: number[] = [];
      for (let index = 0; index < count; index += 1) {
        // Another card now and then: nobody presses one a hundred times a second.
        if (index % 50 === 0) {
          await answer("/runtimes");
        }
        const began = performance.now();
        await stage.press(index, index % 2 === 0 ? "Next" : "Previous");
        taken.push(performance.now() - began);
      }
      return taken;
    },
  };
}

/** What is measured of every bot, once it has run for a while. */
export async function measure(driver: Driver): Promise<Measured> {
  await driver.atOnce(64, 3_000);
  const throughput = await driver.atOnce(64, 5_000);
  const alone: number[] = [];
  for (let index = 0; index < 1_000; index += 1) {
    alone.push(await driver.answer("/runtimes"));
  }
  return { throughput, alone };
}
