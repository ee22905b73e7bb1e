import type { Change, WatchState } from "../memory.ts";
import type { Moment } from "../moment.ts";
import type { Rules } from "../rules.ts";
import type { Sighting } from "../sighting.ts";
import type { Drafts } from "./drafts.ts";

export interface SightOptions {
  readonly state: WatchState;
  readonly sighting: Sighting | undefined;
  readonly rules: Rules;
  readonly now: Moment;
  /** Steady time from which on scans could have been made. */
  readonly blindFrom: number;
  /** Whether the chat has been told by another watch that is blind. */
  readonly chatIsBlind: boolean;
}

/** After how many intervals, and after how many milliseconds at least, a watch without a complete scan is blind. */
const blindAfter = { intervals: 3, least: 10 * 60_000 };

/**
 * Tells that no scan has been complete for too long, and that scans are complete again. A chat is told once, whatever the number
 * of its watches. What was never tried and is not true any more is dropped instead of being taken back, and a later word takes
 * the place of an earlier one, so that little is owed to a platform that is down.
 */
export function judgeSight(options: SightOptions, drafts: Drafts): Change["patch"] {
  const { watch } = options.state;
  if (options.sighting?.complete === true) {
    return watch.blindSince === undefined ? {} : regainSight(watch.blindSince, options, drafts);
  }
  return watch.blindSince === undefined ? loseSight(options, drafts) : {};
}

function regainSight(since: number, { now, chatIsBlind }: SightOptions, drafts: Drafts): Change["patch"] {
  const regained = { blindSince: undefined };
  if (chatIsBlind || take("blind", drafts)) {
    return regained;
  }
  // The summary of the present state says as well that it was seen.
  const summarised = drafts.all().some(({ kind, order }) => kind === "summary" && order === Number.POSITIVE_INFINITY);
  if (!summarised) {
    take("sight", drafts);
    drafts.make("sight", { kind: "sight", since, until: now.wall });
  }
  return regained;
}

function loseSight(options: SightOptions, drafts: Drafts): Change["patch"] {
  const { rules, now, sighting, state, chatIsBlind } = options;
  const from = sightFrom(options);
  if (now.steady - from.steady < Math.max(blindAfter.intervals * rules.interval, blindAfter.least)) {
    return {};
  }
  if (!chatIsBlind) {
    take("blind", drafts);
    const reason = sighting?.reason ?? state.last?.reason ?? "";
    drafts.make("blind", { kind: "blind", since: from.wall, reason });
  }
  return { blindSince: from.wall };
}

/** Takes back what was never tried; whether there was any. */
function take(kind: "blind" | "sight", drafts: Drafts): boolean {
  const draft = drafts.latest([kind]);
  return draft !== undefined && drafts.drop(draft.id);
}

/** The last moment at which the watch was not blind: its last complete scan, its making, or when scans began. */
function sightFrom({ state, now, blindFrom }: SightOptions): Moment {
  const { watch, lastComplete } = state;
  const madeAt = now.steady - Math.max(0, now.wall - watch.madeAt);
  const begin = Math.max(blindFrom, madeAt);
  if (lastComplete !== undefined && lastComplete.at >= begin) {
    return { steady: lastComplete.at, wall: lastComplete.wall };
  }
  return { steady: begin, wall: now.wall - Math.max(0, now.steady - begin) };
}
