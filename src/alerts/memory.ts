import type { Locale } from "../cards/index.ts";
import type { Weekday } from "../commands/index.ts";
import type { Facets, RiskKind, RuntimeCounts } from "../fleet/index.ts";
import type { Episode } from "./episode.ts";
import type { Notice, NoticeState } from "./notice.ts";
import type { Setup } from "./sketch.ts";
import type { Place, Watch } from "./watch.ts";

/** That this process is the one that scans and sends, and for which time: what an earlier leader writes is refused. */
export interface Term {
  /** Grows with each change of the leader. */
  readonly token: number;
}

/** Of several processes one leads. */
export interface Leadership {
  /**
   * Asks to lead, or to go on leading; undefined: another does. Whether that one is alive is judged by its signs of life, which
   * are timed by this process's own monotonic clock alone. Rejects when the store fails.
   *
   * @param steady this process's steady time, epoch milliseconds; the store keeps the greatest
   */
  campaign(steady: number): Promise<Term | undefined>;
  /** The greatest steady time that a leader has written; undefined before the first. Rejects when the store fails. */
  steady(): Promise<number | undefined>;
  /** Lets another lead at once. Never rejects. */
  resign(): Promise<void>;
}

/** A write was refused, as this process does not lead any more. */
export type Fenced = "fenced";
/** A write was refused, as the watch was edited or removed meanwhile, or as a notice that it revises or drops was tried. */
export type Stale = "stale";

/** What one scan was, for one watch. */
export interface ScanRow {
  readonly watch: string;
  /** Steady and wall time of its end. */
  readonly at: number;
  readonly wall: number;
  readonly complete: boolean;
  /** Runtimes at risk that match, and how many with each kind. */
  readonly atRisk: number;
  readonly kinds: Readonly<Partial<Record<RiskKind, number>>>;
  /** Why it was not complete, in a few words; for people. */
  readonly reason: string | undefined;
  /** Observations that are not what the state of the episode lets expect, at most 100: [runtime, kind, observation]. */
  readonly odd: readonly (readonly [runtime: string, kind: RiskKind, observation: string])[];
}

/** What has to be known to judge a scan of a watch; a moment's view, all of one transaction. */
export interface WatchState {
  readonly watch: Watch;
  /** All that have not ended. */
  readonly open: readonly Episode[];
  /** Those that ended at or after the given steady time. */
  readonly ended: readonly Episode[];
  /** Notices of this watch that were never tried. */
  readonly untried: readonly Notice[];
  /** Owed notices of this watch that were tried: they are sent as they are. */
  readonly tried: readonly Notice[];
  /** Ids of those of them that the platform refuses: they have not arrived. */
  readonly refused: readonly string[];
  readonly mutes: readonly Mute[];
  /** The last complete scan and the last scan, if any. */
  readonly lastComplete: ScanRow | undefined;
  readonly last: ScanRow | undefined;
}

/** What a scan changes; written whole or not at all. */
export interface Change {
  readonly watch: string;
  readonly revision: number;
  readonly scan: ScanRow | undefined;
  /** Made or changed, without `acked`, which is left as it is stored. */
  readonly episodes: readonly Episode[];
  /** New ones; `order` is given by the store, in the order of this list. */
  readonly notices: readonly NewNotice[];
  /** What untried notices say now. */
  readonly revised: readonly Pick<Notice, "id" | "about">[];
  /** Untried notices that nobody needs any more. */
  readonly dropped: readonly string[];
  /** Notices whose cards do not show how things are any more. */
  readonly stale: readonly string[];
  /** What of the watch changes; a pause included. */
  readonly patch: Partial<Pick<Watch, "primed" | "paused" | "blindSince">>;
  /** How runtimes were set up while nothing was at risk: takes the place of what was known. */
  readonly setups: readonly (Setup & { readonly runtime: string })[];
}

export type NewNotice = Pick<
  Notice,
  "id" | "channel" | "chat" | "watch" | "kind" | "about" | "target" | "madeAt" | "owedSince"
>;

/** A runtime, or everything, that a chat does not want to hear of for a time. */
export interface Mute extends Place {
  /** A runtime's id, or `everything` of the commands. */
  readonly target: string;
  /** How people call it. */
  readonly label: string;
  /** Steady, and wall. */
  readonly until: number;
  readonly untilWall: number;
  readonly by: string;
  /** What narrowed what they may see, in canonical text. */
  readonly scope: string;
  /** Wall. */
  readonly at: number;
}

export interface Digest extends Place {
  readonly author: string;
  readonly locale: Locale;
  /** Minutes after midnight. */
  readonly at: number;
  readonly days: readonly Weekday[];
  readonly zone: string;
  readonly filter: string;
  readonly revision: number;
  /** The slot that was told or skipped last, wall time; when it was set up, before the first. */
  readonly lastSlot: number;
  readonly last: { readonly slot: number; readonly counts: RuntimeCounts } | undefined;
  /** Slots that were left out since the last one that was told, at most 10. */
  readonly skipped: readonly number[];
  readonly paused: "right" | "filter" | "chat" | undefined;
}

/** A filter that a chat has saved under a name. */
export interface View extends Place {
  readonly name: string;
  readonly filter: string;
  readonly by: string;
  readonly at: number;
}

/** What a list looked like at a time, for trends. */
export interface Sample {
  /** What stands for the list: its filters in canonical text. */
  readonly list: string;
  /** Wall time. */
  readonly at: number;
  readonly counts: RuntimeCounts;
  readonly facets: Facets;
}

/** How the sending of a notice ended. */
export type Outcome =
  /** `staleness`: of the notice as it was drawn. Another try of it may have been claimed since, of what has changed. */
  | { readonly kind: "sent"; readonly message: string; readonly staleness?: number | undefined }
  /** To be tried again at a steady time. `refused`: for good so far, so that the chat's others do not wait for it any more. */
  | { readonly kind: "again"; readonly nextAt: number; readonly reason: string; readonly refused?: boolean }
  /** Not tried after all, and looked at again at a steady time. `aside`: the chat's others do not wait for it any more. */
  | { readonly kind: "held"; readonly nextAt: number; readonly reason: string; readonly aside: boolean }
  /** `retell`: what it was to tell is told anew by the next scan that sees it. */
  | { readonly kind: "failed"; readonly reason: string; readonly retell: boolean }
  /** The card of a sent notice could not be changed, and is looked at again at a steady time. */
  | { readonly kind: "stale"; readonly nextAt: number }
  /** The card of a stale notice shows how things are now, or cannot be changed any more. */
  | { readonly kind: "fresh"; readonly staleness: number };

/**
 * What alerts remember. Reads and writes reject when the store fails. Writes that take a `Term` are refused as `fenced` when
 * another process leads; each is one transaction.
 */
export interface AlertMemory {
  readonly leadership: Leadership;
  readonly watches: Watches;
  readonly episodes: Episodes;
  readonly outbox: Outbox;
  readonly mutes: Mutes;
  readonly digests: Digests;
  readonly views: Views;
  readonly languages: Languages;
  readonly samples: Samples;
}

export interface Watches {
  all(): Promise<readonly Watch[]>;
  of(place: Place): Promise<readonly Watch[]>;
  /** @param endedSince steady time; see `WatchState.ended` */
  state(watch: string, endedSince: number): Promise<WatchState | undefined>;
  /** The ids of the runtimes of which an episode is open. */
  openRuntimes(watch: string): Promise<ReadonlySet<string>>;
  /**
   * Makes a watch, or edits the one of the same id: then its revision grows, it is not primed any more, and the open episodes that
   * `keep` does not want end silently. Notices of it that were never tried are dropped with their last episode. Resolves with how
   * many ended.
   */
  save(
    watch: Omit<Watch, "revision" | "primed" | "paused" | "blindSince">,
    keep: (episode: Episode) => boolean,
    now: { readonly steady: number; readonly wall: number },
  ): Promise<{ readonly edited: boolean; readonly ended: number }>;
  /** Removes a watch, and ends its episodes silently; untried notices of it are dropped. False: there was none. */
  remove(id: string, now: { readonly steady: number; readonly wall: number }): Promise<boolean>;
  commit(term: Term, change: Change): Promise<"done" | Fenced | Stale>;
  /** The last scans of a watch, latest first. */
  scans(watch: string, limit: number): Promise<readonly ScanRow[]>;
  lastComplete(watch: string): Promise<ScanRow | undefined>;
  /** Scans of some watches that ended at or after a wall time, in order. */
  history(watches: readonly string[], since: number): Promise<readonly ScanRow[]>;
}

export interface Episodes {
  get(id: string): Promise<Episode | undefined>;
  /** Those told with a notice, those that are not over first, worst kind first, then by since; from an offset, and how many in all. */
  ofNotice(
    notice: string,
    offset: number,
    limit: number,
  ): Promise<{ readonly episodes: readonly Episode[]; readonly total: number }>;
  /** Those whose end a notice told. */
  endedWith(notice: string, limit: number): Promise<{ readonly episodes: readonly Episode[]; readonly total: number }>;
  some(ids: readonly string[]): Promise<readonly Episode[]>;
  /** Open ones of some watches, worst first; and how many in all. */
  open(
    watches: readonly string[],
    limit: number,
  ): Promise<{ readonly episodes: readonly Episode[]; readonly total: number }>;
  /** How many are open in all watches, of each kind that there is. */
  openByKind(): Promise<readonly { readonly kind: RiskKind; readonly count: number }[]>;
  /** Of a runtime, by its id or its name as it was seen, in some watches; latest first. */
  ofRuntime(target: string, watches: readonly string[], limit: number): Promise<readonly Episode[]>;
  /** Open ones are acknowledged; marks the cards that show them as stale. Resolves with those that were not before. */
  acknowledge(ids: readonly string[], by: string, at: number): Promise<readonly string[]>;
  /** How some runtimes were set up before, where that is known. */
  setups(runtimes: readonly string[]): Promise<ReadonlyMap<string, Setup>>;
}

export interface Outbox {
  get(id: string): Promise<Notice | undefined>;
  /** Adds a notice that belongs to no scan. The same id again changes nothing. */
  add(term: Term | undefined, notice: NewNotice): Promise<"done" | Fenced>;
  /** Those that may be tried now, of the oldest owed notice of each chat and those aside; counts that as an attempt. */
  claim(
    term: Term,
    now: { readonly steady: number; readonly wall: number },
    limit: number,
  ): Promise<readonly Notice[] | Fenced>;
  /** Sent notices whose cards are stale and may be changed now, but by nothing that is owed now, oldest first. `now`: steady. */
  stale(now: number, limit: number): Promise<readonly Notice[]>;
  settle(
    term: Term,
    id: string,
    outcome: Outcome,
    now: { readonly steady: number; readonly wall: number },
  ): Promise<"done" | Fenced>;
  /** Gives up all that is owed to a chat. What would have told of an episode that is open leaves it, so that it counts as untold. */
  giveUp(term: Term, place: Place, reason: string): Promise<"done" | Fenced>;
  owed(place: Place): Promise<{ readonly count: number; readonly since: number | undefined }>;
  /** The last notices of a chat, or of a watch, latest first. */
  last(
    of: Place | { readonly watch: string },
    limit: number,
    states?: readonly NoticeState[],
  ): Promise<readonly Notice[]>;
  /** Of all chats: how many are owed, and since when the oldest is, steady. */
  backlog(): Promise<{ readonly count: number; readonly since: number | undefined }>;
}

export interface Mutes {
  of(place: Place): Promise<readonly Mute[]>;
  /** Mutes of one place: each takes that of an earlier one of the same target. Marks cards as stale that show what they are about. */
  put(...mutes: readonly Mute[]): Promise<void>;
  /** Ends mutes; all of the place where `everything` is among the targets. Resolves with how many were there. */
  drop(place: Place, ...targets: readonly string[]): Promise<number>;
}

export interface Digests {
  all(): Promise<readonly Digest[]>;
  of(place: Place): Promise<Digest | undefined>;
  save(digest: Omit<Digest, "revision">): Promise<void>;
  remove(place: Place): Promise<boolean>;
  /** Notes a slot as told or skipped, and adds its notice, in one transaction; refused as stale when the digest was edited. */
  tell(term: Term, digest: Digest, notice: NewNotice | undefined): Promise<"done" | Fenced | Stale>;
}

/** How many views a chat can have. */
export const mostViews = 100;

export interface Views {
  of(place: Place): Promise<readonly View[]>;
  get(place: Place, name: string): Promise<View | undefined>;
  /** False: the chat has too many already. */
  save(view: View): Promise<boolean>;
  drop(place: Place, name: string): Promise<boolean>;
}

export interface Languages {
  get(place: Place): Promise<Locale | undefined>;
  /** Undefined: the reader's own again. */
  set(place: Place, locale: Locale | undefined): Promise<void>;
}

export interface Samples {
  /** @param setups how runtimes were set up while nothing was at risk; as in `Change` */
  add(
    term: Term,
    samples: readonly Sample[],
    setups: readonly (Setup & { readonly runtime: string })[],
  ): Promise<"done" | Fenced>;
  /** Of a list since a wall time, in order. */
  of(list: string, since: number): Promise<readonly Sample[]>;
  /** When a list was sampled last, wall time. */
  last(list: string): Promise<number | undefined>;
}
