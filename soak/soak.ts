import { setTimeout as wait } from "node:timers/promises";
import { createRandom } from "../test/platforms/random.ts";
import { createDisasters } from "./disasters.ts";
import { createLivingFleet } from "./fleet.ts";
import { type Ground, prepareGround } from "./ground.ts";
import { createPeople } from "./people.ts";
import { createPulse } from "./pulse.ts";
import { isToldEverywhere } from "./telling.ts";
import { createDingTalkTown } from "./town/dingtalk.ts";
import { createLarkTown } from "./town/lark.ts";
import { type Finding, judge } from "./verdict.ts";
import { createWeather, sleep } from "./weather.ts";

export interface SoakOptions {
  readonly seed: number;
  /** Processes: 1 on an embedded store, more on PostgreSQL. */
  readonly replicas: number;
  /** Storms, each with a calm after it in which everything is looked at. */
  readonly rounds: number;
  /** Milliseconds of a storm. */
  readonly storm: number;
  /** Milliseconds from when everything is answered to the judgement: what was shown is changed once more where it has to be. */
  readonly settle: number;
  /** Milliseconds of rest before memory is looked at. */
  readonly idle: number;
  /** Milliseconds at the end until connections that are kept for the next request are closed; 0: nobody counts them. */
  readonly kept: number;
  /** Things that people do a second. */
  readonly perSecond: number;
  /** Milliseconds from a trouble to the next at the same place, and from a disaster to the next, at least. */
  readonly pause: { readonly troubles: number; readonly disasters: number };
  /** Where configuration, store and logs are put. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly findings: readonly Finding[];
  /** What happened, in numbers. */
  readonly figures: Readonly<Record<string, number | string>>;
  /** What went wrong, and how often. */
  readonly troubles: ReadonlyMap<string, number>;
}

/** Milliseconds within which everything is answered, told and taken in after a storm. */
const calmWithin = 120_000;
/** Milliseconds for the begin or the end of a risk to be told, whatever goes wrong. */
const tellWithin = 120_000;
/** The part of the storms in which no process ends, so that one can be watched for long. */
const oneLife = 0.6;

/** Lets a bot live through storms, and judges it in the calm after each. Rejects when something is not done in time. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { seed, replicas, folder } = options;
  const random = createRandom(seed);
  const towns = [createLarkTown(), createDingTalkTown()];
  const fleet = createLivingFleet({
    random,
    patience: tellWithin,
    isTold: (name, what) => isToldEverywhere(towns, name, what),
  });
  await Promise.all([fleet.api.start(), ...towns.map((town) => town.start())]);
  const ground = await prepareGround({ folder, replicas, towns, fleet });
  try {
    await ground.start();
    const result = await live({ ...options, random, towns, fleet, ground });
    await ground.stop();
    return result;
  } finally {
    await ground.abandon();
    await Promise.all([fleet.api.stop(), ...towns.map((town) => town.stop())]);
  }
}

interface World extends SoakOptions {
  readonly random: () => number;
  readonly towns: readonly ReturnType<typeof createLarkTown>[];
  readonly fleet: ReturnType<typeof createLivingFleet>;
  readonly ground: Ground;
}

async function live(world: World): Promise<SoakResult> {
  const { random, towns, fleet, ground, replicas, perSecond, pause, say } = world;
  const { bots, config, store, files } = ground;
  const people = createPeople({ towns, random, perSecond, several: replicas > 1 });
  const disasters = createDisasters({ bots, config, store, random, pause: pause.disasters });
  const skies = [...towns, { troubles: fleet.troubles, clear: fleet.api.faults.clear }];
  const weather = createWeather({ skies, random, pause: pause.troubles });
  const pulse = createPulse({ bots, files, disturbed: disasters.disturbed });
  const looked = () => ({ towns, people, stories: fleet.stories(), disasters, weather, bots });
  let findings: readonly Finding[] = [];

  const isOpen = ({ town, message }: (typeof people.written)[number]) =>
    !town.restless.includes(message.chat) && !town.isAnswered(message);
  const state = () => {
    const open = people.written.filter(isOpen).length;
    const under = towns.map((town) => `${town.name} ${town.underWay} (${town.connections} connected)`).join(", ");
    const done = `${people.written.length} messages, ${people.presses.length} presses, ${fleet.stories().length} risks`;
    return `${done}; open: ${open}; under way: ${under}`;
  };

  async function storm(round: number): Promise<void> {
    const ended = AbortSignal.timeout(world.storm);
    const beating = setInterval(() => void pulse.beat(), 500);
    fleet.live();
    try {
      await Promise.all([
        people.act(ended),
        weather.storm(ended),
        disasters.strike(ended, { processesEnd: round >= Math.floor(world.rounds * oneLife) }),
      ]);
    } finally {
      clearInterval(beating);
    }
  }

  /** Everything is answered, told and taken in, and every bot is connected. */
  async function calm(): Promise<void> {
    for (const town of towns) for (const chat of town.restless) town.member(chat, true);
    const late = AbortSignal.timeout(calmWithin);
    await fleet.rest();
    const isCalm = () => areConnected() && towns.every((town) => town.underWay === 0) && !people.written.some(isOpen);
    while (!isCalm()) {
      if (late.aborted) return say(`It is not calm ${calmWithin / 1_000} s after the storm: ${state()}`);
      await wait(200);
    }
    await sleep(world.settle, late);
  }

  const areConnected = () => towns.every((town) => town.connections === bots.length);
  while (!areConnected()) await wait(100);
  await pulse.handles("first");
  const progress = setInterval(() => say(state()), 10_000);
  try {
    for (let round = 0; round < world.rounds; round += 1) {
      say(`Storm ${round + 1} of ${world.rounds}`);
      await storm(round);
      await calm();
      findings = await judge(looked());
      const wrong = findings.reduce((sum, finding) => sum + finding.wrong.length, 0);
      await wait(world.idle);
      await pulse.rest();
      say(`Calm: ${state()}; ${wrong === 0 ? "all is well" : `${wrong} things are wrong`}`);
      if (wrong > 0) break;
    }
    if (world.kept > 0) {
      say(`A rest of ${world.kept / 1_000} s, after which open files and sockets are counted`);
      await wait(world.kept);
      await pulse.handles("last");
    }
  } finally {
    clearInterval(progress);
  }
  const silent = people.presses.filter(({ pressed }) => pressed === "silent").length;
  return {
    findings: [...findings, ...(await pulse.findings(people.written.length))],
    troubles: new Map([...weather.seen, ...disasters.seen]),
    figures: figuresOf({ people, pulse, stories: fleet.stories().length, silent }),
  };
}

function figuresOf(of: {
  readonly people: ReturnType<typeof createPeople>;
  readonly pulse: ReturnType<typeof createPulse>;
  readonly stories: number;
  readonly silent: number;
}): SoakResult["figures"] {
  const { people, pulse } = of;
  const sorted = pulse.beats.toSorted((one, other) => one - other);
  const rests = (what: "memory" | "handles") => pulse.samples.map((sample) => Math.round(sample[what])).join(" ");
  return {
    messages: people.written.length,
    presses: people.presses.length,
    "presses that nobody was there to answer": of.silent,
    "runtimes that came to be at risk": of.stories,
    "idle memory, MB, rest by rest": rests("memory"),
    "open files and sockets, rest by rest": rests("handles"),
    "sign of life, ms, median and worst": `${Math.round(sorted[sorted.length >> 1] ?? 0)} ${Math.round(sorted.at(-1) ?? 0)}`,
  };
}
