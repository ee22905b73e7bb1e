import type { DeskCall } from "../../bot/index.ts";
import type { Answer, WhyEpisode, WhyNext, WhyObservation } from "../../cards/index.ts";
import { printFilters, type WhyCommand } from "../../commands/index.ts";
import { watchViewOf } from "../alert-views.ts";
import { alertedOf, mostSifted } from "../alerted.ts";
import type { Episode } from "../episode.ts";
import type { AlertMemory, Mute, ScanRow } from "../memory.ts";
import type { Notice } from "../notice.ts";
import type { Rules } from "../rules.ts";
import type { Time } from "../time.ts";
import type { Watch } from "../watch.ts";
import { noticeViewOf, type Status } from "./status.ts";
import { findTarget, sightOf, type Target } from "./targets.ts";

export interface WhyOptions {
  readonly memory: Pick<AlertMemory, "episodes" | "outbox" | "watches" | "mutes">;
  readonly status: Status;
  readonly rules: Rules;
  readonly zone: string;
  readonly time: Time;
}

/** How many alerts, and how many scans of each, are told of. */
const most = { episodes: 5, scans: 8, notices: 10 } as const;

/** Tells what was observed, decided and sent about a runtime or an alert, and what comes next. Rejects when the store fails. */
export function createWhy({ memory, status, rules, zone, time }: WhyOptions) {
  return async (command: WhyCommand, call: DeskCall): Promise<Answer> => {
    const { asker, grant } = call;
    const [watches, mutes] = await Promise.all([memory.watches.of(asker), memory.mutes.of(asker)]);
    const target = await findTarget(memory, { asker, grant, watches }, command.target);
    const watchOf = new Map(watches.map((watch) => [watch.id, watch]));
    // What is in sight may stand behind much that is not.
    const limit = printFilters(grant.scope) === "" ? most.episodes : mostSifted;
    const seen = (await episodesOf(target, limit)).filter(sightOf({ watches, grant }));
    const stories = seen
      .slice(0, most.episodes)
      .map((episode) => tell(episode, watchOf.get(episode.watch), mutes, call));
    return {
      ...{ kind: "why", command, zone, target: nameOf(target) ?? command.target },
      showsUsers: grant.show !== "hidden",
      episodes: await Promise.all(stories),
      watches: await status.ofWatches(call),
    };
  };

  async function episodesOf(target: Target, limit: number): Promise<readonly Episode[]> {
    switch (target.kind) {
      case "card": {
        const { id, about, target: changed } = target.notice;
        return about.kind === "some"
          ? memory.episodes.some(about.episodes)
          : (await memory.episodes.ofNotice(changed ?? id, 0, limit)).episodes;
      }
      case "everything":
        return (
          await memory.episodes.open(
            target.watches.map(({ id }) => id),
            limit,
          )
        ).episodes;
      case "runtime":
      case "several":
        return target.episodes;
      case "nothing":
        return [];
    }
  }

  async function tell(
    episode: Episode,
    watch: Watch | undefined,
    mutes: readonly Mute[],
    { grant }: DeskCall,
  ): Promise<WhyEpisode> {
    const { steady } = time.now();
    const alerted = alertedOf(episode, grant, mutes, steady);
    const [notices, scans] = await Promise.all([noticesOf(episode), memory.watches.scans(episode.watch, most.scans)]);
    return {
      alerted,
      watch: watchViewOf(watch, grant),
      notices: notices.map(noticeViewOf),
      observed: scans.flatMap((scan) => observedIn(scan, episode)),
      next: nextOf(episode, watch, notices, alerted.mutedUntil),
    };
  }

  /** Those that told it and its end, and the later ones that speak of it. */
  async function noticesOf({ id, watch, notice, endNotice }: Episode): Promise<readonly Notice[]> {
    const own = await Promise.all(
      [notice, endNotice].flatMap((one) => (one === undefined ? [] : [memory.outbox.get(one)])),
    );
    const later = (await memory.outbox.last({ watch }, 100)).filter(
      ({ about, target }) =>
        (about.kind === "some" && about.episodes.includes(id)) || (target !== undefined && target === notice),
    );
    const all = new Map([...own, ...later].flatMap((one) => (one === undefined ? [] : [[one.id, one] as const])));
    return [...all.values()].toSorted((one, other) => one.order - other.order).slice(-most.notices);
  }

  function nextOf(
    episode: Episode,
    watch: Watch | undefined,
    notices: readonly Notice[],
    mutedUntil: number | undefined,
  ): WhyNext {
    if (episode.state === "ended") {
      return { kind: "over" };
    }
    if (watch?.paused !== undefined) {
      return { kind: "paused", why: watch.paused };
    }
    if (mutedUntil !== undefined) {
      return { kind: "muted", until: mutedUntil, acked: episode.acked !== undefined };
    }
    if (episode.state === "pending") {
      return { kind: "held", left: Math.max(0, rules.hold - episode.held) };
    }
    if (notices.some(({ state }) => state === "owed")) {
      return { kind: "owed", nextAt: undefined };
    }
    if (episode.state === "gone") {
      return { kind: "not-listed", scansLeft: Math.max(1, 3 - episode.missed) };
    }
    const { remindAt, acked } = episode;
    const { steady, wall } = time.now();
    return remindAt === undefined || acked !== undefined || rules.repeat === 0
      ? { kind: "end-only" }
      : { kind: "reminder", at: wall + (remindAt - steady) };
  }
}

function nameOf(target: Target): string | undefined {
  return target.kind === "runtime" ? target.name : undefined;
}

/** What a scan saw of an episode: as its state lets expect, unless the scan says otherwise. */
function observedIn(scan: ScanRow, episode: Episode) {
  const { at, wall, complete, odd } = scan;
  const isBefore = at < episode.beganAt;
  const isAfter = episode.endedAt !== undefined && at > episode.endedAt;
  if (isBefore || isAfter) {
    return [];
  }
  const said = odd.find(([runtime, kind]) => runtime === episode.runtime && kind === episode.kind)?.[2];
  const isEnd = episode.endedAt !== undefined && at >= episode.endedAt;
  const expected: WhyObservation = isEnd
    ? episode.end === "gone"
      ? "not-seen"
      : "clear"
    : complete
      ? "risk"
      : "unknown";
  return [{ at: wall, complete, observation: observationOf(said) ?? expected }];
}

const observations: readonly WhyObservation[] = ["risk", "clear", "not-seen", "unknown"];

function observationOf(word: string | undefined): WhyObservation | undefined {
  return observations.find((one) => one === word);
}
