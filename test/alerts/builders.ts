import type { Episode } from "../../src/alerts/episode.ts";
import type { Judged } from "../../src/alerts/judge/index.ts";
import type { Mute, WatchState } from "../../src/alerts/memory.ts";
import type { Moment } from "../../src/alerts/moment.ts";
import type { Notice } from "../../src/alerts/notice.ts";
import type { Rules } from "../../src/alerts/rules.ts";
import type { Seen, Sighting } from "../../src/alerts/sighting.ts";
import type { Watch } from "../../src/alerts/watch.ts";
import { type RiskKind, riskKinds } from "../../src/fleet/index.ts";
import { runtimeOf } from "../fleet/rows.ts";

export const minute = 60_000;
export const hour = 60 * minute;

/** A moment so many milliseconds after the beginning of a test. */
export function momentAt(milliseconds: number): Moment {
  const begin = Date.UTC(2026, 5, 1, 9);
  return { steady: begin + milliseconds, wall: begin + milliseconds };
}

export const noon = momentAt(0);

export const plainRules: Rules = { interval: minute, hold: 0, repeat: 24 * hour, resolved: true, groupLimit: 10 };

export function watchOf(part: Partial<Watch> = {}): Watch {
  return {
    ...{ id: "w1", channel: "lark", chat: "oc_1", origin: "command", author: "ou_1", locale: "en", filter: "" },
    ...{ scope: "", revision: 1, primed: true, madeAt: noon.wall, paused: undefined, blindSince: undefined },
    ...part,
  };
}

/** An episode that was told an hour ago. */
export function episodeOf(part: Partial<Episode> = {}): Episode {
  const runtime = part.runtime ?? "ecd-1";
  const kind = part.kind ?? "model-modified";
  const { steady, wall } = momentAt(-hour);
  return {
    ...{ id: `e-${runtime}-${kind}`, watch: "w1", runtime, kind, state: "told", beganAt: steady, since: wall },
    ...{ held: 0, holding: true, missed: 0, remindAt: steady + 24 * hour, quiet: false, times: 1, notice: "n-told" },
    ...{ endNotice: undefined, end: undefined, endedAt: undefined, until: undefined, acked: undefined },
    ...{ seen: runtimeOf({ id: runtime, name: `agent of ${runtime}`, risks: [kind] }), before: undefined },
    ...part,
  };
}

/** A notice that was never tried. */
export function noticeOf(part: Partial<Notice> = {}): Notice {
  return {
    ...{ id: "n-told", channel: "lark", chat: "oc_1", order: 1, watch: "w1", kind: "firing", state: "owed" },
    ...{ about: { kind: "episodes", total: 1, kinds: { "model-modified": 1 } }, attempts: 0, triedAt: undefined },
    ...{ madeAt: noon.wall, nextAt: noon.steady, owedSince: noon.steady, sentAt: undefined, message: undefined },
    ...{ reason: undefined, target: undefined, stale: false, staleness: 0 },
    ...part,
  };
}

export function muteOf(target: string, part: Partial<Mute> = {}): Mute {
  const until = momentAt(2 * hour);
  return {
    ...{ channel: "lark", chat: "oc_1", target, label: target, until: until.steady, untilWall: until.wall },
    ...{ by: "ou_1", scope: "", at: noon.wall },
    ...part,
  };
}

/** A runtime with these risks, in a scan. */
export function atRisk(id: string, ...risks: readonly RiskKind[]): readonly [string, Seen] {
  return [id, { kind: "row", runtime: runtimeOf({ id, name: `agent of ${id}`, risks }) }];
}

/** A complete scan. */
export function sightingOf(
  runtimes: Iterable<readonly [string, Seen]>,
  part: Partial<Omit<Sighting, "runtimes">> = {},
): Sighting {
  return {
    ...{ complete: true, reason: undefined, runtimes: new Map(runtimes), before: new Map(), kinds: riskKinds },
    ...part,
  };
}

export function stateOf(part: Partial<WatchState> = {}): WatchState {
  return {
    ...{
      watch: watchOf(),
      open: [],
      ended: [],
      untried: [],
      tried: [],
      refused: [],
      mutes: [],
      lastComplete: undefined,
    },
    last: undefined,
    ...part,
  };
}

/** Ids that count: 0000000001, 0000000002 and so on. */
export function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return String(count).padStart(10, "0");
  };
}

/** What a judge is asked: a complete scan of a minute after the last one, in which nothing was seen. */
export function judgedOf(part: Partial<Judged> = {}): Judged {
  return {
    ...{ state: stateOf(), sighting: sightingOf([]), rules: plainRules, now: noon, gap: minute },
    ...{ newId: countingIds(), blindFrom: noon.steady, chatIsBlind: false },
    ...part,
  };
}
