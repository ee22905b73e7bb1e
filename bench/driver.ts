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

/** Messages written at a pace, and their answers. */
export interface Paced {
  /** Milliseconds of each answer. */
  readonly times: readonly number[];
  /** Whether the last answer came soon after the last message: otherwise they pile up, and the times say nothing. */
  readonly keptUp: boolean;
}

export interface Driver {
  /** Messages that were written so far. */
  readonly written: number;
  /** Writes a message, and resolves with the milliseconds until it was answered. Rejects when it never is. */
  answer(text: string): Promise<number>;
  /** Messages answered a second. */
  atOnce(lanes: number, count: number): Promise<number>;
  /** Milliseconds of each answer, one at a time. */
  alone(count: number): Promise<readonly number[]>;
  /** Messages being written so many a second. */
  paced(perSecond: number, seconds: number): Promise<Paced>;
  /** Milliseconds of each press. */
  press(count: number): Promise<readonly number[]>;
}

/** Milliseconds after which a benchmark is over as a message was not answered. */
const patience = 30_000;

/** Milliseconds after the last message within which a bot that keeps up has answered it. */
const soon = 500;

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
      const others = waiting.get(key);
      if (others === undefined) waiting.set(key, [heard]);
      else others.push(heard);
    });
    return performance.now() - began;
  }

  return {
    get written() {
      return turn;
    },
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
    async alone(count) {
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        times.push(await answer("/runtimes"));
      }
      return times;
    },
    async paced(perSecond, seconds) {
      const taken: Promise<number>[] = [];
      const began = performance.now();
      for (let index = 0; index < perSecond * seconds; index += 1) {
        const wait = began + (index * 1_000) / perSecond - performance.now();
        // No sleep is shorter than a millisecond: what is due already is written at once.
        if (wait > 0) await sleep(wait);
        // One page, which was read a moment ago: the time of the API is not what is measured.
        taken.push(answer("/runtimes"));
      }
      const ended = performance.now();
      const times = await Promise.all(taken);
      return { times, keptUp: performance.now() - ended < soon };
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
