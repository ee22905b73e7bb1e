import { everything } from "../../commands/index.ts";
import type { RiskKind, Runtime } from "../../fleet/index.ts";
import type { Episode, Observation } from "../episode.ts";
import { episodeId } from "../ids.ts";
import type { WatchState } from "../memory.ts";
import type { Moment } from "../moment.ts";
import type { Rules } from "../rules.ts";
import type { Sighting } from "../sighting.ts";
import { readsTheSame, sketchOf } from "../sketch.ts";
import { type Step, step } from "../step.ts";
import { createPast, episodeKey, type Past } from "./earlier.ts";
import { atRisk, observe } from "./observe.ts";
import { createTellers } from "./teller.ts";

/** One episode while a scan is judged: what it was, what was seen of it, and what it is by now. */
export interface Matter {
  /** Undefined: it begins with this scan. */
  readonly was: Episode | undefined;
  readonly observation: Observation;
  readonly step: Step;
  readonly muted: boolean;
  /** The notice that would be the first to tell it, where that was never tried. */
  readonly teller: string | undefined;
  readonly past: Past;
  /** What it is by now: each part of the judgement writes its own. */
  episode: Episode;
}

/** What is judged, of a scan that counts. */
export interface Scanned {
  readonly state: WatchState;
  readonly sighting: Sighting;
  readonly rules: Rules;
  readonly now: Moment;
  /** Milliseconds since the last scan. */
  readonly gap: number;
  /** Whether this is the scan that tells the present state. */
  readonly priming: boolean;
  readonly newId: () => string;
}

/** All episodes that are open, and those that begin, each as the table of states wants it. The order of rows is of no account. */
export function mattersOf(scanned: Scanned): readonly Matter[] {
  const { state, sighting, rules, now, gap, priming } = scanned;
  const context = { now: now.steady, gap, hold: priming ? 0 : rules.hold };
  const isMuted = createMuted(state, now);
  const tellerOf = createTellers(state.untried);
  const pastOf = createPast(state, rules, now);

  function matterOf(was: Episode | undefined, episode: Episode, observation: Observation): Matter {
    const { runtime, kind } = episode;
    const taken = step(was, observation, context);
    const past = pastOf(runtime, kind);
    const [muted, teller] = [isMuted(runtime), was && tellerOf(was)];
    return { was, observation, step: taken, muted, teller, past, episode: after(episode, taken, scanned, past) };
  }

  const open = new Set(state.open.map(({ runtime, kind }) => episodeKey(runtime, kind)));
  const begun = atRisk(sighting).flatMap(({ id, runtime, kinds }) =>
    kinds.filter((kind) => !open.has(episodeKey(id, kind))).map((kind) => begin(id, runtime, kind, scanned)),
  );
  return [
    ...state.open.map((was) => matterOf(was, was, observeOpen(was, scanned))),
    ...begun.map((episode) => matterOf(undefined, episode, "risk")),
  ];
}

/**
 * The scan that tells the present state sends nothing else: of what was told before it counts only that it lasts, and that it is
 * over is seen by the next one.
 */
function observeOpen({ runtime, kind, state }: Episode, { sighting, priming }: Scanned): Observation {
  const observation = observe(sighting, runtime, kind);
  return priming && state !== "pending" && observation !== "risk" ? "unknown" : observation;
}

function createMuted({ mutes }: WatchState, now: Moment): (runtime: string) => boolean {
  const muted = new Set(mutes.filter(({ until }) => until > now.steady).map(({ target }) => target));
  return (runtime) => muted.has(everything) || muted.has(runtime);
}

function begin(id: string, runtime: Runtime, kind: RiskKind, { state, sighting, now, newId }: Scanned): Episode {
  return {
    ...{ id: episodeId(newId), watch: state.watch.id, runtime: id, kind },
    ...{ state: "pending", beganAt: now.steady, since: now.wall, held: 0, holding: true, missed: 0 },
    ...{ remindAt: undefined, quiet: false, times: 1, notice: undefined, endNotice: undefined },
    ...{ end: undefined, endedAt: undefined, until: undefined, acked: undefined },
    ...{ seen: sketchOf(runtime), before: sighting.before.get(id) },
  };
}

/** An episode once a step is taken. */
function after(episode: Episode, taken: Step, { sighting, now }: Scanned, { times }: Past): Episode {
  const over = { state: "ended", endedAt: now.steady, until: now.wall } as const;
  switch (taken.kind) {
    case "none":
    case "begin":
      return episode;
    case "hold":
      return taken.holding
        ? changed(seenAgain(episode, sighting), { held: taken.held, holding: true })
        : changed(episode, { holding: false });
    case "tell":
      return { ...seenAgain(episode, sighting), state: "told", held: taken.held, holding: true, times };
    case "forget":
      return { ...episode, ...over, end: "silent", holding: false };
    case "last":
      return changed(seenAgain(episode, sighting), { state: "told", missed: 0 });
    case "miss":
      return { ...episode, state: "gone", missed: taken.missed };
    case "end":
      return { ...episode, ...over, end: taken.end };
  }
}

/** With the runtime as it is now, where that reads otherwise. */
function seenAgain(episode: Episode, sighting: Sighting): Episode {
  const seen = sighting.runtimes.get(episode.runtime);
  if (seen?.kind !== "row" || readsTheSame(seen.runtime, episode.seen)) {
    return episode;
  }
  return { ...episode, seen: sketchOf(seen.runtime) };
}

/** The same episode where nothing changes, so that it is not written. */
export function changed(episode: Episode, part: Partial<Episode>): Episode {
  const next = { ...episode, ...part };
  const keys = Object.keys(part).filter((key): key is keyof Episode => key in episode);
  return keys.every((key) => next[key] === episode[key]) ? episode : next;
}

export function isOpen({ episode }: Matter): boolean {
  return episode.state !== "ended";
}

/** Whether it was told, or is to be: that is owed a word. */
export function isTold({ episode }: Matter): boolean {
  return episode.state === "told" || episode.state === "gone";
}
