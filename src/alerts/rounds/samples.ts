import { faultOf, type Log } from "../../bot/index.ts";
import { printFilters } from "../../commands/index.ts";
import type { Clock, Filters } from "../../fleet/index.ts";
import type { Tracer } from "../../telemetry/index.ts";
import type { Bell } from "../bell.ts";
import { endingWithin } from "../ending.ts";
import type { AlertMemory, Sample, Term } from "../memory.ts";
import type { Census } from "../scan/census.ts";
import type { createStanding } from "../standing.ts";
import type { Time } from "../time.ts";
import type { CallBudget } from "./call-budget.ts";

/** A list that is counted now and then, for trends: within a scope, and without what a filter says of risk. */
export interface SampledList {
  readonly filters: Filters;
  readonly scope: Filters;
}

/** What stands for a list in the store. */
export function listKey({ filters, scope }: SampledList): string {
  return `${printFilters(withoutRisk(filters))}\n${printFilters(scope)}`;
}

/** Of every list both what is at risk and what is not is counted. */
export function withoutRisk({ risk: _, "risk-info": __, ...filters }: Filters): Filters {
  return filters;
}

export interface SamplesOptions {
  readonly memory: Pick<AlertMemory, "watches" | "samples">;
  readonly census: Census;
  readonly standing: ReturnType<typeof createStanding>;
  readonly calls: CallBudget;
  /** Rung when a watch was set up. */
  readonly bell: Bell;
  readonly time: Time;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracer: Tracer;
  readonly onFenced: () => void;
}

const hour = 60 * 60_000;
/** Between two looks whether a sample is due, milliseconds. */
const lookEvery = 5_000;
/** After how long counting one list is given up, milliseconds. */
const deadline = 5 * 60_000;
/** How many lists are counted. */
const most = 50;

/**
 * Counts the lists that are watched, and the whole fleet, once when they are first watched and then every hour: for trends,
 * and so that it is known how a runtime was set up before it was changed. Optional: a budget that runs short ends it.
 */
export function createSamples(options: SamplesOptions): (term: Term, signal: AbortSignal) => Promise<void> {
  const { memory, census, standing, calls, bell, time, clock, log, tracer } = options;
  /** The hour in which a list was tried last, so that one that fails is not asked for all the time. */
  const tried = new Map<string, number>();

  async function lists(): Promise<readonly SampledList[]> {
    const all = new Map<string, SampledList>();
    for (const watch of await memory.watches.all()) {
      const allowed = watch.paused === undefined ? standing(watch) : undefined;
      if (allowed?.ok === true) {
        const { scope } = allowed.grant;
        for (const filters of [{}, withoutRisk(allowed.filters)]) {
          all.set(listKey({ filters, scope }), { filters, scope });
        }
      }
    }
    return [...all.values()].slice(0, most);
  }

  async function isDue(key: string, current: number): Promise<boolean> {
    if (tried.get(key) === current) {
      return false;
    }
    const last = await memory.samples.last(key);
    return last === undefined || Math.floor(last / hour) !== current;
  }

  async function sample(term: Term, list: SampledList, signal: AbortSignal): Promise<void> {
    const counted = await endingWithin(clock, deadline, signal, (ending) =>
      census(list.filters, list.scope, { urgency: "scan", signal: ending }),
    );
    calls.add(counted.calls, false);
    if (counted.outcome.ok) {
      const { counts, facets, setups } = counted.outcome.value;
      const one: Sample = { list: listKey(list), at: time.now().wall, counts, facets };
      if ((await memory.samples.add(term, [one], setups)) === "fenced") {
        options.onFenced();
      }
    }
  }

  async function sampleAll(term: Term, signal: AbortSignal): Promise<void> {
    const current = Math.floor(time.now().wall / hour);
    for (const list of await lists()) {
      const key = listKey(list);
      if (!signal.aborted && (await isDue(key, current)) && (await calls.allowsOptional())) {
        tried.set(key, current);
        await tracer.span("sample", {}, () => sample(term, list, signal));
      }
    }
    for (const [key, at] of tried) {
      if (at !== current) {
        tried.delete(key);
      }
    }
  }

  return async (term, signal) => {
    while (!signal.aborted) {
      try {
        await sampleAll(term, signal);
      } catch (error) {
        log.error({ fault: faultOf(error) }, "The fleet could not be counted for trends.");
      }
      await bell.wait(lookEvery, signal);
    }
  };
}
