import type { Grant } from "../bot/index.ts";
import type { AlertReason, DeskAnswer, WatchView } from "../cards/index.ts";
import { alertedOf, isInScope, mostSifted } from "./alerted.ts";
import { commonTo } from "./common.ts";
import type { Episode } from "./episode.ts";
import type { AlertMemory, Mute } from "./memory.ts";
import type { About, Notice } from "./notice.ts";
import type { People } from "./people.ts";
import { shownFilter } from "./shown-filter.ts";
import type { Time } from "./time.ts";
import type { Watch } from "./watch.ts";

export type AlertAnswer = Extract<DeskAnswer, { kind: "alert" }>;
export type OverAnswer = Extract<DeskAnswer, { kind: "over" }>;

/** Who looks at an alert card, and where. */
export interface Viewing {
  readonly grant: Grant;
  /** From 1. */
  readonly page: number;
  readonly mayRepeat?: boolean | undefined;
  readonly did?: AlertAnswer["did"];
}

/** Alert cards as they are now. Rejects when the store fails. */
export interface AlertViews {
  /** A page of the runtimes that a notice told; undefined where whoever looks may see none of them. */
  alert(notice: Notice, viewing: Viewing): Promise<AlertAnswer | undefined>;
  /** The runtimes whose end a notice told. */
  over(notice: Notice, viewing: Viewing): Promise<OverAnswer | undefined>;
}

export interface AlertViewsOptions {
  readonly memory: Pick<AlertMemory, "episodes" | "mutes" | "watches">;
  readonly people: People;
  readonly zone: string;
  readonly groupLimit: number;
  readonly time: Time;
}

interface Members {
  readonly episodes: readonly Episode[];
  readonly total: number;
}

export function createAlertViews({ memory, people, zone, groupLimit, time }: AlertViewsOptions): AlertViews {
  async function watchOf(notice: Notice): Promise<Watch | undefined> {
    return (await memory.watches.of(notice)).find(({ id }) => id === notice.watch);
  }

  /** Those on a page, and how many there are; read whole where some of them are hidden. */
  async function pageOf(notice: Notice, watch: Watch | undefined, { grant, page }: Viewing): Promise<Members> {
    const offset = (page - 1) * groupLimit;
    const sees = (episode: Episode) => isInScope(episode, grant.scope, watch);
    const { about } = notice;
    if (about.kind === "some") {
      const some = (await memory.episodes.some(about.episodes)).filter(sees);
      const hidden = about.episodes.length - some.length;
      return { episodes: some.slice(offset, offset + groupLimit), total: Math.max(some.length, about.total - hidden) };
    }
    const of = notice.target ?? notice.id;
    const all = await memory.episodes.ofNotice(of, 0, mostSifted);
    const seen = all.episodes.filter(sees);
    if (offset + groupLimit <= mostSifted) {
      const beyond = all.total - all.episodes.length;
      return { episodes: seen.slice(offset, offset + groupLimit), total: seen.length + beyond };
    }
    const far = await memory.episodes.ofNotice(of, offset, groupLimit);
    return { episodes: far.episodes.filter(sees), total: seen.length + (all.total - all.episodes.length) };
  }

  return {
    async alert(notice, viewing) {
      const { grant, page, mayRepeat = false, did } = viewing;
      const watch = await watchOf(notice);
      const pages = ({ total }: Members) => Math.max(1, Math.ceil(total / groupLimit));
      let members = await pageOf(notice, watch, viewing);
      const shownPage = Math.min(page, pages(members));
      if (shownPage !== page) {
        members = await pageOf(notice, watch, { ...viewing, page: shownPage });
      }
      if (members.total === 0) {
        return undefined;
      }
      const whole = await wholeOf(memory, notice, (episode) => isInScope(episode, grant.scope, watch));
      const { wide, open, kinds, counted } = whole;
      const mutes = await memory.mutes.of(notice);
      const shown = members.episodes.map((episode) => alertedOf(episode, grant, mutes, time.now().steady));
      return {
        kind: "alert",
        id: notice.target ?? notice.id,
        reason: reasonOf(notice, wide),
        zone,
        watch: watchViewOf(watch, grant),
        runtimes: shown,
        total: members.total,
        ...{ kinds, open, counted, page: shownPage, pages: pages(members) },
        common: commonTo(
          wide.map(({ seen }) => seen),
          grant.show === "full",
        ),
        showsUsers: grant.show !== "hidden",
        // A mention names a person in full.
        owners:
          grant.mention && grant.show === "full"
            ? people(
                notice.channel,
                members.episodes.flatMap(({ seen }) => seen.users),
              )
            : [],
        mayRepeat,
        did,
      };
    },
    async over(notice, { grant, mayRepeat = false }) {
      const watch = await watchOf(notice);
      const sees = (episode: Episode) => isInScope(episode, grant.scope, watch);
      const ended = await memory.episodes.endedWith(notice.id, mostSifted);
      const seen = ended.episodes.filter(sees);
      if (seen.length === 0) {
        return undefined;
      }
      const open = notice.watch === undefined ? 0 : (await memory.episodes.open([notice.watch], 0)).total;
      const none: readonly Mute[] = [];
      return {
        kind: "over",
        zone,
        watch: watchViewOf(watch, grant),
        runtimes: seen.slice(0, groupLimit).map((episode) => alertedOf(episode, grant, none, time.now().steady)),
        total: seen.length + (ended.total - ended.episodes.length),
        open,
        mayRepeat,
      };
    },
  };
}

interface Whole {
  /** As many as are looked at to find what they have in common. */
  readonly wide: readonly Episode[];
  readonly open: number;
  readonly kinds: AlertAnswer["kinds"];
  readonly counted: AlertAnswer["counted"];
}

async function wholeOf(
  memory: Pick<AlertMemory, "episodes">,
  notice: Notice,
  sees: (episode: Episode) => boolean,
): Promise<Whole> {
  const { about } = notice;
  const all =
    about.kind === "some"
      ? { episodes: await memory.episodes.some(about.episodes), total: about.total }
      : await memory.episodes.ofNotice(notice.target ?? notice.id, 0, mostSifted);
  const wide = all.episodes.filter(sees);
  const beyond = Math.max(0, all.total - all.episodes.length);
  const stillOpen = wide.filter(({ state }) => state !== "ended");
  // Those that are not over come first: what lies beyond one that is over is over as well.
  const openBeyond = all.episodes.at(-1)?.state === "ended" ? 0 : beyond;
  return {
    wide,
    open: stillOpen.length + openBeyond,
    kinds: beyond > 0 ? (kindsOf(about) ?? countKinds(wide)) : countKinds(wide),
    counted: { all: runtimesOf(wide) + beyond, open: runtimesOf(stillOpen) + openBeyond },
  };
}

/** One with several kinds of risk counts once. */
function runtimesOf(episodes: readonly Episode[]): number {
  return new Set(episodes.map(({ runtime }) => runtime)).size;
}

function kindsOf(about: About): AlertAnswer["kinds"] | undefined {
  return about.kind === "episodes" ? about.kinds : undefined;
}

function countKinds(episodes: readonly Episode[]): AlertAnswer["kinds"] {
  const kinds: Partial<Record<Episode["kind"], number>> = {};
  for (const { kind } of episodes) {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return kinds;
}

/** A card whose open alerts have all come back since says so, whatever it told first. */
function reasonOf({ kind }: Notice, episodes: readonly Episode[]): AlertReason {
  const open = episodes.filter(({ state }) => state !== "ended");
  switch (kind) {
    case "summary":
    case "again":
    case "reminder":
    case "unmuted":
    case "passed":
      return kind;
    default:
      return open.length > 0 && open.every(({ times }) => times > 1) ? "again" : "firing";
  }
}

export function watchViewOf(
  watch: Pick<Watch, "filter" | "origin" | "author"> | undefined,
  grant: Pick<Grant, "show">,
): WatchView {
  const { filter, origin, author } = watch ?? { filter: "", origin: "command", author: "" };
  return { filter: shownFilter(filter, grant), origin, author };
}
