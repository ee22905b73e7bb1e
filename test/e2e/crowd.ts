import type { StandIn } from "../platforms/stand-in.ts";
import { type Bots, soonAfter } from "./process.ts";
import type { CommonOptions, CommonRig } from "./rig.ts";

/** What a crowd writes, in turn. */
export const commands = ["/runtimes", "/runtimes page=2", "/help", "/runtimes risk=yes", "/runtimes statsu=Running"];

/** Of the whole, milliseconds. */
export const patience = 60_000;

/** What was not acknowledged comes again four times a second, for a minute and more. */
export const stubborn = {
  fake: { redelivery: Array.from({ length: 300 }, () => 250) },
  simulator: { runtimes: 60 },
  store: "file",
} satisfies CommonOptions & { readonly fake: object };

/** People who write, so many of whose messages wait for their answer at a time. */
export interface Pace {
  /** From now on there are so many more to write. */
  begin(count: number): void;
  /** One more is answered. */
  hear(): void;
  total(): number;
  answered(): number;
}

/** `write` is given how many were written before, and how many there are to be. */
export function createPace(outstanding: number, write: (written: number, total: number) => void): Pace {
  let written = 0;
  let answered = 0;
  let total = 0;
  function writeMore(): void {
    while (written < total && written - answered < outstanding) {
      written += 1;
      write(written - 1, total);
    }
  }
  return {
    begin(count) {
      total += count;
      writeMore();
    },
    hear() {
      answered += 1;
      writeMore();
    },
    total: () => total,
    answered: () => answered,
  };
}

export interface Crowd extends Pace {
  /** Waits until everything is answered and taken in. */
  expectEachAnsweredOnce(): Promise<void>;
}

/** A rig, and the crowd that writes to its bot. */
interface Crowded {
  readonly rig: CommonRig & { readonly fake: StandIn };
  readonly crowd: Crowd;
}

/** Stops the bot that many times and starts it again, each time that a hundred more are answered. */
export async function restartUnderLoad({ rig, crowd }: Crowded, messages: number, times: number): Promise<void> {
  rig.simulator.faults.latency = 30;
  crowd.begin(messages);
  for (let time = 1; time <= times; time += 1) {
    await rig.fake.until(() => crowd.answered() > time * 100, patience, "some are answered");
    await rig.stop();
    await rig.start();
  }
  await crowd.expectEachAnsweredOnce();
}

/** Kills three bots, one after the other, each when it has answered about so many of what is written to it. */
export async function killUnderLoad(
  { rig, crowd }: Crowded,
  bots: Bots,
  of: { readonly each: number; readonly answered: number },
): Promise<void> {
  rig.simulator.faults.latency = 30;
  for (const part of [1, 2, 3]) {
    const bot = await bots.start(rig);
    crowd.begin(of.each);
    await rig.fake.until(() => crowd.answered() > part * of.answered, patience, "some are answered");
    bot.signal("SIGKILL");
    await bot.finished;
  }
  await rig.start(soonAfter);
  await crowd.expectEachAnsweredOnce();
}
