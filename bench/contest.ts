import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "./bot.ts";
import { createDriver, type Driver, type Paced, type Stage } from "./driver.ts";
import type { Plan, Rate } from "./plan.ts";
import { median } from "./result.ts";

/** A bot that can be measured. */
export interface Contestant {
  readonly name: string;
  readonly stage: Stage;
  /** Resolves when it hears messages. */
  start(): Promise<Bot>;
  /** Messages after which its memory is looked at once more. */
  readonly load: number;
  /** Whether its cards have buttons that turn the page. */
  readonly pages: boolean;
}

/** What every bot is measured by. */
export interface Standing {
  readonly name: string;
  /** Milliseconds from the start of its process until it hears messages, median. */
  readonly start: number;
  /** Megabytes of the whole process when it has answered one message and rests. */
  readonly idle: number;
  /** Messages answered a second, 64 at once. */
  readonly throughput: number;
  /** Milliseconds from a message's frame to the request that answers it, one at a time. */
  readonly alone: readonly number[];
  /** The same, messages being written at a pace. */
  readonly paced: readonly (Rate & Paced)[];
  /** Milliseconds from a press to its answer, where the page was read a moment ago; none for bots without pages. */
  readonly presses: readonly number[];
  /** Messages it was sent in all, and the megabytes it takes when it rests after them. */
  readonly written: number;
  readonly after: number;
}

/** Messages on their way at the same time where the throughput is taken. */
export const lanes = 64;

/** Everything that is measured of one bot, from its start to its end. */
export async function contest(contestant: Contestant, plan: Plan): Promise<Standing> {
  const starts: number[] = [];
  for (let round = 1; round < plan.starts.each; round += 1) {
    const { bot, milliseconds } = await timeStart(contestant);
    starts.push(milliseconds);
    await bot.stop();
  }
  const { bot, milliseconds } = await timeStart(contestant);
  try {
    const start = median([...starts, milliseconds]);
    return { name: contestant.name, start, ...(await measure(contestant, bot, plan)) };
  } finally {
    await bot.stop();
  }
}

async function timeStart({ start }: Contestant): Promise<{ readonly bot: Bot; readonly milliseconds: number }> {
  const began = performance.now();
  const bot = await start();
  return { bot, milliseconds: performance.now() - began };
}

async function measure(
  { stage, load, pages }: Contestant,
  bot: Bot,
  plan: Plan,
): Promise<Omit<Standing, "name" | "start">> {
  const driver = createDriver(stage);
  await driver.answer("/runtimes");
  const idle = await memoryAtRest(bot, plan);
  await driver.atOnce(lanes, plan.warming);
  const throughput = await driver.atOnce(lanes, plan.atOnce);
  const alone = await driver.alone(plan.alone);
  const paced = await atRates(driver, plan.rates);
  const presses = pages ? await driver.press(plan.presses) : [];
  await driver.atOnce(lanes, Math.max(0, load - driver.written));
  const after = await memoryAtRest(bot, plan);
  return { idle, throughput, alone, paced, presses, written: driver.written, after };
}

async function atRates(driver: Driver, rates: readonly Rate[]): Promise<readonly (Rate & Paced)[]> {
  const all: (Rate & Paced)[] = [];
  for (const rate of rates) {
    all.push({ ...rate, ...(await driver.paced(rate.perSecond, rate.seconds)) });
  }
  return all;
}

/** Megabytes once there has been nothing to do for a while. */
export async function memoryAtRest(bot: Bot, { settling }: Plan): Promise<number> {
  await sleep(settling);
  return bot.memory();
}
