import { setTimeout as wait } from "node:timers/promises";
import type { RiskKind } from "../src/fleet/index.ts";
import { createMovableFleet, type MovableFleet } from "../test/platforms/fleet/index.ts";
import type { Trouble } from "./town/town.ts";

/** What happened to the risks of one runtime. */
export interface Story {
  readonly name: string;
  /**
   * `steady`: it came to be at risk, stayed so until every watched chat was told, and was in order until all were told that.
   * `restless`: it came and went as it liked.
   */
  readonly kind: "steady" | "restless";
  /** How often it came to be at risk. */
  readonly begins: number;
  /** Whether it is over, with all that it should be told. */
  readonly done: boolean;
}

/** A fleet that lives, and remembers how. */
export interface LivingFleet {
  readonly api: MovableFleet;
  readonly stories: () => readonly Story[];
  readonly troubles: readonly Trouble[];
  /** Risks come and go from now on. */
  live(): void;
  /** Nothing begins any more; resolves when all that had begun is over and told. Rejects with what was not told in time. */
  rest(): Promise<void>;
}

export interface LivingFleetOptions {
  readonly random: () => number;
  /** Whether every watched chat has been told of the begin, or the end, of a runtime's risk. */
  readonly isTold: (name: string, what: "begin" | "end") => boolean;
  /** Milliseconds within which it has to be told, however much goes wrong. */
  readonly patience: number;
}

/** Runtimes that nobody touches: what people page through. */
export const still = { group: "rg-still", count: 23 };

const risks: readonly RiskKind[] = ["model-modified", "channel-modified", "agent-uninstalled"];
/** How many are at risk at a time, of each kind: so few that each stands on its card by name. */
const steadyAtOnce = 3;
const restlessAtOnce = 2;

interface Mutable {
  readonly id: string;
  readonly name: string;
  readonly kind: Story["kind"];
  begins: number;
  done: boolean;
}

export function createLivingFleet({ random, isTold, patience }: LivingFleetOptions): LivingFleet {
  const api = createMovableFleet({ runtimes: 0 });
  for (let count = 0; count < still.count; count += 1) api.add({ group: still.group, name: `still-${count + 100}` });
  const stories: Mutable[] = [];
  let living: Promise<unknown> = Promise.resolve();
  let resting = new AbortController();

  const between = (least: number, most: number) => wait(least + random() * (most - least));
  const some = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)] as Value;

  function birth(kind: Story["kind"]): Mutable {
    const name = `${kind}-${10_000 + stories.length}`;
    const story = { id: api.add({ name, group: `rg-${kind}` }), name, kind, begins: 0, done: false };
    stories.push(story);
    return story;
  }

  function begin(story: Mutable): void {
    story.begins += 1;
    api.set(story.id, { risks: [some(risks)] });
  }

  async function told({ name }: Mutable, what: "begin" | "end"): Promise<void> {
    const until = performance.now() + patience;
    while (!isTold(name, what)) {
      if (performance.now() > until)
        throw new Error(`the ${what} of ${name} was not told within ${patience / 1_000} s`);
      await wait(100);
    }
  }

  /** One life: at risk, told, in order, told, and away. */
  async function liveSteady(): Promise<void> {
    const story = birth("steady");
    begin(story);
    await told(story, "begin");
    await between(200, 3_000);
    api.set(story.id, { risks: [] });
    await told(story, "end");
    api.remove(story.id);
    story.done = true;
  }

  /** Flaps, hides, says nothing of its risks, or is gone from one moment to the next. */
  async function liveRestless(): Promise<void> {
    const story = birth("restless");
    for (let turns = 1 + Math.floor(random() * 4); turns > 0; turns -= 1) {
      begin(story);
      await between(50, 2_500);
      const how = random();
      if (how < 0.15) api.hide(story.id);
      else if (how < 0.3) api.nullRisk(story.id);
      if (how < 0.3) await between(200, 1_500);
      api.hide(story.id, false);
      api.nullRisk(story.id, false);
      api.set(story.id, { risks: [] });
      await between(50, 2_500);
    }
    // It leaves while at risk now and then: "no longer listed", after three scans without it.
    if (random() < 0.3) begin(story);
    await between(50, 2_000);
    api.remove(story.id);
    story.done = true;
  }

  async function lane(life: () => Promise<void>): Promise<void> {
    while (!resting.signal.aborted) {
      await life();
      await between(200, 2_000);
    }
  }

  return {
    api,
    stories: () => stories,
    troubles: troublesOf(api),
    live() {
      resting = new AbortController();
      living = Promise.all([
        ...Array.from({ length: steadyAtOnce }, () => lane(liveSteady)),
        ...Array.from({ length: restlessAtOnce }, () => lane(liveRestless)),
      ]);
      // Whoever rests hears of it.
      living.catch(() => {});
    },
    async rest() {
      resting.abort();
      await living;
    },
  };
}

function troublesOf({ faults }: MovableFleet): readonly Trouble[] {
  type Fault = Parameters<typeof faults.next>[0];
  const fails = (name: string, fault: Fault, count: (random: () => number) => number, lasts = 0): Trouble => ({
    name: `fleet: ${name}`,
    begin(random) {
      faults.next(fault, { count: count(random) });
      return lasts;
    },
  });
  const few = (random: () => number) => 1 + Math.floor(random() * 6);
  const always = () => Number.POSITIVE_INFINITY;
  return [
    fails("throttled", { kind: "throttle" }, few),
    fails("throttled with a time", { kind: "throttle", retryAfter: 700 }, few),
    fails("throttled for long", { kind: "throttle", retryAfter: 500 }, always, 8_000),
    fails("500", { kind: "error" }, few),
    fails("a page in HTML", { kind: "html" }, few),
    fails("reset", { kind: "reset" }, few),
    fails("hangs", { kind: "hang" }, () => 2),
    fails("answers cut", { kind: "truncated" }, few),
    fails("slow", { kind: "delay", ms: 1_500 }, () => 10, 4_000),
    fails("pages with fewer rows", { kind: "short", rows: 1 }, few),
    fails("totals that are not so", { kind: "total", by: 2 }, few),
    fails("away", { kind: "reset" }, always, 5_000),
  ];
}
