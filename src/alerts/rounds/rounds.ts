import { faultOf, type Log } from "../../bot/index.ts";
import type { Clock } from "../../fleet/index.ts";
import type { Span, Tracer } from "../../telemetry/index.ts";
import type { Bell } from "../bell.ts";
import { endingWithin } from "../ending.ts";
import { endedSince, judge } from "../judge/index.ts";
import type { AlertMemory, Term, WatchState } from "../memory.ts";
import type { Rules } from "../rules.ts";
import type { Scans } from "../scan/scan.ts";
import type { Due } from "../scan/want.ts";
import type { Sighting } from "../sighting.ts";
import type { Time } from "../time.ts";
import type { InTurn } from "../turns.ts";
import type { Watch } from "../watch.ts";
import type { CallBudget } from "./call-budget.ts";
import type { ScanHealth } from "./scan-health.ts";
import type { Ready, Upkeep } from "./upkeep.ts";

export interface RoundsOptions {
  readonly memory: Pick<AlertMemory, "watches">;
  readonly scans: Scans;
  readonly upkeep: Upkeep;
  readonly rules: Rules;
  readonly calls: CallBudget;
  /** Rung when a watch was set up. */
  readonly bell: Bell;
  readonly inTurn: InTurn;
  readonly time: Time;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly health: ScanHealth;
  readonly tracer: Tracer;
  readonly onFenced: () => void;
  /** Something may be owed. */
  readonly onCommitted: () => void;
}

interface Reigning {
  readonly term: Term;
  /** Steady time from which on scans could be made, */
  readonly began: number;
  /** and of watches that stood still since then, by their ids. */
  readonly seesFrom: Map<string, number>;
}

interface Round {
  readonly watches: readonly Watch[];
  /** Whether these are all. */
  readonly isWhole: boolean;
}

/** Between two looks for watches that other processes have set up, milliseconds. */
const lookEvery = 1_000;
/** After how long a round is given up, milliseconds, however short the interval is. */
const shortestDeadline = 10 * 60_000;

/** Scans the fleet for all watches once every interval, and judges what was seen, until the signal is aborted. */
export function createRounds(options: RoundsOptions): (term: Term, signal: AbortSignal) => Promise<void> {
  const { memory, scans, upkeep, rules, calls, bell, inTurn, time, clock, newId, log, health, tracer } = options;

  /** Those that may be scanned. */
  async function readyOf({ term, seesFrom }: Reigning, watches: readonly Watch[]): Promise<readonly Ready[]> {
    const ready: Ready[] = [];
    for (const watch of watches) {
      const kept = await upkeep(term, watch);
      if (kept === "fenced") {
        options.onFenced();
        return [];
      }
      if (kept !== "paused") {
        if (watch.paused !== undefined) {
          seesFrom.set(watch.id, time.now().steady);
        }
        ready.push(kept);
      }
    }
    return ready;
  }

  async function openOf({ watch, filters, grant }: Ready) {
    const open = await memory.watches.openRuntimes(watch.id);
    return { watch: { ...watch, filters }, scope: grant.scope, open };
  }

  async function scan(ready: readonly Ready[], signal: AbortSignal) {
    const due: Due[] = [];
    for (const one of ready) {
      due.push(await openOf(one));
    }
    const deadline = Math.max(shortestDeadline, 3 * rules.interval);
    return endingWithin(clock, deadline, signal, (ending) => scans.scan(due, ending));
  }

  async function commit({ term, began, seesFrom }: Reigning, watch: Watch, sighting: Sighting): Promise<void> {
    const blindFrom = seesFrom.get(watch.id) ?? began;
    const done = await inTurn(async () => {
      const now = time.now();
      const state = await memory.watches.state(watch.id, endedSince(rules, now));
      if (state === undefined || state.watch.revision !== watch.revision) {
        return "stale";
      }
      const gap = state.last === undefined ? 0 : Math.max(0, now.steady - state.last.at);
      const chatIsBlind = await isChatBlind(state);
      const change = judge({ state, sighting, rules, now, gap, newId, blindFrom, chatIsBlind });
      return memory.watches.commit(term, change);
    });
    if (done === "fenced") {
      options.onFenced();
    }
  }

  async function isChatBlind({ watch }: WatchState): Promise<boolean> {
    const others = await memory.watches.of(watch);
    return others.some(
      ({ id, blindSince, paused }) => id !== watch.id && blindSince !== undefined && paused === undefined,
    );
  }

  async function round(reigning: Reigning, { watches, isWhole }: Round, signal: AbortSignal): Promise<void> {
    const ready = await readyOf(reigning, watches);
    if (signal.aborted) {
      return;
    }
    await health.scanning(
      ready.map(({ watch }) => watch),
      isWhole,
    );
    if (ready.length === 0) {
      return;
    }
    const about = { "deskhand.watches": ready.length } as const;
    await tracer.span("scan", about, (span) => scanFor(reigning, { ready, isWhole }, { signal, span }));
  }

  async function scanFor(
    reigning: Reigning,
    { ready, isWhole }: { readonly ready: readonly Ready[]; readonly isWhole: boolean },
    { signal, span }: { readonly signal: AbortSignal; readonly span: Span<"scan"> },
  ): Promise<void> {
    const began = clock.elapsed();
    const scanned = await scan(ready, signal);
    if (signal.aborted) {
      return;
    }
    const took = clock.elapsed() - began;
    health.took(took);
    const made = [...scanned.values()].reduce((sum, one) => sum + one.calls, 0);
    calls.add(made, isWhole);
    const incomplete = [...scanned.values()].filter(({ complete }) => !complete).length;
    span.set({ "deskhand.calls": made, "deskhand.incomplete": incomplete });
    if (incomplete > 0) {
      span.failed("incomplete");
    }
    const runtimes = [...scanned.values()].reduce((sum, one) => sum + one.runtimes.size, 0);
    log.debug({ watches: ready.length, pages: made, runtimes, incomplete, milliseconds: Math.round(took) }, "scan");
    for (const { watch } of ready) {
      const sighting = scanned.get(watch.id);
      // What was seen before an end is not judged after it: the next reign may have seen something newer by then.
      if (sighting !== undefined && !signal.aborted) {
        health.scanned(watch.id, sighting.complete);
        await commit(reigning, watch, sighting);
      }
    }
    options.onCommitted();
  }

  return async (term, signal) => {
    const reigning = { term, began: time.now().steady, seesFrom: new Map<string, number>() };
    const scanned = new Set<string>();
    const keyOf = ({ id, revision }: Watch) => `${id} ${revision}`;
    let nextRound = time.now().steady;
    while (!signal.aborted) {
      let pause = lookEvery;
      try {
        const all = await memory.watches.all();
        health.counted(all.length);
        const now = time.now().steady;
        const isRound = now >= nextRound;
        const due = isRound ? all : all.filter((watch) => !scanned.has(keyOf(watch)));
        if (isRound) {
          nextRound = now + (await calls.interval());
          scanned.clear();
        }
        for (const watch of due) {
          scanned.add(keyOf(watch));
        }
        await round(reigning, { watches: due, isWhole: isRound }, signal);
        pause = Math.max(0, Math.min(lookEvery, nextRound - time.now().steady));
      } catch (error) {
        log.error({ fault: faultOf(error) }, "A scan could not be made or written down.");
      }
      await bell.wait(pause, signal);
    }
  };
}
