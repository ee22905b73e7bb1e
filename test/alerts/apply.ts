import type { Episode } from "../../src/alerts/episode.ts";
import type { Change, Mute, ScanRow, WatchState } from "../../src/alerts/memory.ts";
import type { Moment } from "../../src/alerts/moment.ts";
import type { About, Notice } from "../../src/alerts/notice.ts";
import type { Watch } from "../../src/alerts/watch.ts";
import { watchOf } from "./builders.ts";

/** What is remembered of one watch, in the plainest way: what a store does, without one. */
export interface PlainWatchState {
  /** @param endedSince steady time */
  state(endedSince: number): WatchState;
  commit(change: Change): "done" | "stale";
  /** The oldest notice that is owed, whose sending begins. */
  claim(now: Moment): Notice | undefined;
  sent(id: string, now: Moment): void;
  acknowledge(ids: readonly string[], by: string, at: number): void;
  mute(mute: Mute): void;
  unmute(target: string): void;
  /** Resolves with how many ended. */
  edit(keep: (episode: Episode) => boolean, now: Moment): number;
  /** In the order in which they were made. */
  notices(): readonly Notice[];
  episodes(): readonly Episode[];
}

const isUntried = ({ state, attempts }: Notice) => state === "owed" && attempts === 0;

export function createPlainWatchState(part: Partial<Watch> = {}): PlainWatchState {
  let watch = watchOf(part);
  const episodes = new Map<string, Episode>();
  const notices = new Map<string, Notice>();
  const mutes = new Map<string, Mute>();
  const scans: ScanRow[] = [];

  function change(id: string, of: Partial<Notice>): void {
    const notice = notices.get(id);
    if (notice !== undefined) {
      notices.set(id, { ...notice, ...of });
    }
  }

  function markStale(ids: readonly string[]): void {
    for (const id of ids) {
      change(id, { stale: true, staleness: (notices.get(id)?.staleness ?? 0) + 1 });
    }
  }

  function add(made: Change["notices"]): void {
    for (const notice of made) {
      if (!notices.has(notice.id)) {
        notices.set(notice.id, {
          ...{ ...notice, order: notices.size + 1, state: "owed", attempts: 0, triedAt: undefined },
          ...{ nextAt: notice.owedSince, sentAt: undefined, message: undefined, reason: undefined },
          ...{ stale: false, staleness: 0 },
        });
      }
    }
  }

  /** What a notice that was never tried says without what has ended. */
  function without(notice: Notice): About {
    const { about } = notice;
    const open = [...episodes.values()].filter(({ state }) => state !== "ended");
    if (about.kind === "some") {
      const left = about.episodes.filter((id) => open.some((one) => one.id === id));
      return { ...about, episodes: left, total: about.total - (about.episodes.length - left.length) };
    }
    if (about.kind !== "episodes" || notice.kind === "resolved" || notice.kind === "passed") {
      return about;
    }
    const left = open.filter((one) => one.notice === notice.id);
    const kinds = Map.groupBy(left, ({ kind }) => kind);
    const counts = Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]));
    return { ...about, total: left.length, kinds: counts };
  }

  return {
    state: (endedSince) =>
      // A copy, so that nothing is remembered but what was written.
      structuredClone({
        watch,
        open: [...episodes.values()].filter(({ state }) => state !== "ended"),
        ended: [...episodes.values()].filter(({ endedAt }) => endedAt !== undefined && endedAt >= endedSince),
        untried: [...notices.values()].filter(isUntried),
        tried: [...notices.values()].filter((one) => one.state === "owed" && !isUntried(one)),
        refused: [],
        mutes: [...mutes.values()],
        lastComplete: scans.findLast(({ complete }) => complete),
        last: scans.at(-1),
      }),
    commit(made) {
      const changed = [...made.revised.map(({ id }) => id), ...made.dropped].map((id) => notices.get(id));
      if (made.revision !== watch.revision || changed.some((one) => one === undefined || !isUntried(one))) {
        return "stale";
      }
      watch = { ...watch, ...made.patch };
      scans.push(...(made.scan === undefined ? [] : [made.scan]));
      for (const episode of made.episodes) {
        episodes.set(episode.id, { ...episode, acked: episodes.get(episode.id)?.acked });
      }
      add(made.notices);
      for (const { id, about } of made.revised) {
        change(id, { about });
      }
      for (const id of made.dropped) {
        change(id, { state: "dropped" });
      }
      markStale(made.stale);
      return "done";
    },
    claim(now) {
      const oldest = [...notices.values()].find(({ state }) => state === "owed");
      if (oldest !== undefined) {
        change(oldest.id, { attempts: oldest.attempts + 1, triedAt: oldest.triedAt ?? now.wall });
      }
      return oldest && notices.get(oldest.id);
    },
    sent: (id, now) => change(id, { state: "sent", sentAt: now.wall, message: `message of ${id}` }),
    acknowledge(ids, by, at) {
      for (const episode of ids.flatMap((id) => episodes.get(id) ?? [])) {
        if (episode.state !== "ended") {
          episodes.set(episode.id, { ...episode, acked: episode.acked ?? { by, at } });
        }
      }
    },
    mute: (mute) => void mutes.set(mute.target, mute),
    unmute: (target) => void mutes.delete(target),
    edit(keep, now) {
      watch = { ...watch, revision: watch.revision + 1, primed: false };
      const ending = [...episodes.values()].filter((one) => one.state !== "ended" && !keep(one));
      const untried = new Set([...notices.values()].filter(isUntried).map(({ id }) => id));
      for (const one of ending) {
        const notice = one.notice !== undefined && untried.has(one.notice) ? undefined : one.notice;
        const end = { state: "ended", end: "silent", endedAt: now.steady, until: now.wall } as const;
        episodes.set(one.id, { ...one, ...end, notice });
      }
      markStale(ending.flatMap(({ notice }) => (notice === undefined || untried.has(notice) ? [] : [notice])));
      for (const notice of [...notices.values()].filter(isUntried)) {
        const about = without(notice);
        const nobody = (about.kind === "some" || about.kind === "episodes") && about.total === 0;
        change(notice.id, nobody ? { state: "dropped" } : { about });
      }
      return ending.length;
    },
    notices: () => [...notices.values()],
    episodes: () => [...episodes.values()],
  };
}
