import type { RiskKind } from "../../fleet/index.ts";
import type { Episode } from "../episode.ts";
import type { WatchState } from "../memory.ts";
import type { Moment } from "../moment.ts";
import type { Rules } from "../rules.ts";

/** How long back the times are counted that the same came again, milliseconds. */
const countedBack = 60 * 60_000;

/** Within how long after its end the same risk is told as come again, milliseconds. */
const backWithin = ({ hold, interval }: Rules): number => hold + 2 * interval;

/** Since when a judge has to know the ended episodes of a watch, by steady time. */
export function endedSince(rules: Rules, now: Moment): number {
  return now.steady - Math.max(countedBack, backWithin(rules));
}

/** What was before an episode that is told now. */
export interface Past {
  /** Which time this is: 1, or more where the same ended a short time ago. */
  readonly times: number;
  /** The notice that told it the last time, where it came back soon after. */
  readonly notice: string | undefined;
}

/** Looks up what was before, by runtime and kind. */
export type PastOf = (runtime: string, kind: RiskKind) => Past;

export function createPast({ ended }: WatchState, rules: Rules, now: Moment): PastOf {
  const known = new Map<string, Episode[]>();
  for (const episode of ended) {
    // What ended without having been seen to be over was forgotten, or ended with an edit of the watch.
    if (episode.end !== "silent") {
      const key = episodeKey(episode.runtime, episode.kind);
      const all = known.get(key) ?? [];
      known.set(key, all);
      all.push(episode);
    }
  }
  return (runtime, kind) => {
    const all = known.get(episodeKey(runtime, kind)) ?? [];
    const last = all.toSorted((one, other) => (one.endedAt ?? 0) - (other.endedAt ?? 0)).at(-1);
    if (last?.endedAt === undefined || now.steady - last.endedAt > backWithin(rules)) {
      return { times: 1, notice: undefined };
    }
    const recent = all.filter(({ beganAt }) => beganAt >= now.steady - countedBack).length;
    return { times: 1 + Math.max(1, recent), notice: last.notice };
  };
}

/** What tells the episodes of a watch apart that have not ended. */
export function episodeKey(runtime: string, kind: RiskKind): string {
  return `${kind} ${runtime}`;
}
