import type {
  AlertsOnCommand,
  Command,
  DigestOnCommand,
  TrendCommand,
  Weekday,
  WhyCommand,
} from "../commands/index.ts";
import type { FacetKey, Facets, FleetFailure, RiskKind, RuntimeCounts } from "../fleet/index.ts";

// Times are epoch milliseconds of the wall clock; `zone` is a name of the time zone database in which they are written.

/** One runtime at risk, as an alert shows it. Users are those that may be shown. */
export interface Alerted {
  /** The alert's id. */
  readonly id: string;
  readonly runtime: string;
  readonly name: string | undefined;
  readonly kind: RiskKind;
  readonly state: "pending" | "told" | "gone" | "ended";
  readonly since: number;
  readonly users: readonly string[];
  readonly now: AlertedSetup;
  /** How it was set up before, where that is known. */
  readonly before: AlertedSetup | undefined;
  /** How it ended, and when. */
  readonly end:
    | { readonly how: "resolved" | "gone" | "silent"; readonly at: number; readonly lasted: number }
    | undefined;
  readonly acked: { readonly by: string; readonly at: number } | undefined;
  readonly mutedUntil: number | undefined;
  /** What has to be unmuted for it to be heard: everything, where that is muted, or else its runtime. */
  readonly mutedBy: "runtime" | "everything" | undefined;
  /** Where the same came again within an hour: which time this is. 1: it did not. */
  readonly times: number;
}

export interface AlertedSetup {
  readonly template: string | undefined;
  readonly channels: readonly string[];
}

/** One of several runtimes that may be meant, with what it is at risk of. */
export interface RuntimeChoice extends Pick<Alerted, "runtime" | "name"> {
  readonly kinds: readonly RiskKind[];
}

/** What several runtimes of an alert have in common: so many of so many. */
export interface InCommon {
  readonly facet: "group" | "template" | "version" | "user" | "region";
  readonly value: string;
  readonly count: number;
  readonly of: number;
}

/** What an alert card tells of. */
export type AlertReason = "summary" | "firing" | "again" | "reminder" | "unmuted" | "passed";

/** How a watch reads to people. */
export interface WatchView {
  /** Canonical text of its filters; empty for everything. */
  readonly filter: string;
  readonly origin: "command" | "configuration";
  /** Empty for the configuration. */
  readonly author: string;
}

/** A scan, as people are told of it. */
export interface ScanView {
  readonly at: number;
  readonly complete: boolean;
  readonly reason: string | undefined;
  /** Undefined where more was counted than may be seen. */
  readonly atRisk: number | undefined;
}

export interface MuteView {
  readonly target: string;
  readonly label: string;
  readonly until: number;
  readonly by: string;
}

/** How a watch is doing. */
export interface WatchStatus {
  readonly watch: WatchView;
  readonly paused: "right" | "filter" | "chat" | undefined;
  readonly lastComplete: ScanView | undefined;
  readonly last: ScanView | undefined;
  readonly blindSince: number | undefined;
  /** Open alerts, worst first: some, and how many in all. */
  readonly open: readonly Alerted[];
  readonly total: number;
}

export interface BudgetView {
  readonly used: number;
  /** 0: no limit. */
  readonly of: number;
}

/** A point of a trend. */
export interface TrendPoint {
  readonly at: number;
  readonly value: number | undefined;
}

export interface TrendSeries {
  /** A value of the facet; undefined with `of: "facet"` for no value. */
  readonly of: "total" | "at-risk" | "facet";
  readonly label: string | undefined;
  readonly points: readonly TrendPoint[];
}

export interface DigestView {
  /** Minutes after midnight. */
  readonly at: number;
  readonly days: readonly Weekday[];
  readonly zone: string;
  readonly filter: string;
  readonly author: string;
}

export interface NoticeView {
  readonly id: string;
  readonly kind: string;
  readonly state: "owed" | "sent" | "dropped" | "failed";
  readonly madeAt: number;
  readonly sentAt: number | undefined;
  readonly attempts: number;
  /** Of the platform. */
  readonly message: string | undefined;
  readonly reason: string | undefined;
}

/** Everything that is known of one alert. */
export interface WhyEpisode {
  readonly alerted: Alerted;
  readonly watch: WatchView;
  readonly notices: readonly NoticeView[];
  /** What the last scans observed, latest first. */
  readonly observed: readonly {
    readonly at: number;
    readonly complete: boolean;
    readonly observation: WhyObservation;
  }[];
  readonly next: WhyNext;
}

export type WhyObservation = "risk" | "clear" | "not-seen" | "unknown";

/** What would have to happen for the next notice. */
export type WhyNext =
  | { readonly kind: "held"; readonly left: number }
  | { readonly kind: "owed"; readonly nextAt: number | undefined }
  /** A reminder comes then if it still lasts; at once it is over, that is told. */
  | { readonly kind: "reminder"; readonly at: number }
  | { readonly kind: "end-only" }
  /** What was acknowledged is not told again when the mute ends. */
  | { readonly kind: "muted"; readonly until: number; readonly acked: boolean }
  | { readonly kind: "not-listed"; readonly scansLeft: number }
  | { readonly kind: "over" }
  | { readonly kind: "paused"; readonly why: "right" | "filter" | "chat" };

/** Answers that concern what is kept for a chat, and notices that nobody asked for. */
export type DeskAnswer =
  /** An alert card: as a notice, and as the answer of who turns its pages, acknowledges or mutes on it. */
  | {
      readonly kind: "alert";
      /** The alert card's id. */
      readonly id: string;
      readonly reason: AlertReason;
      readonly zone: string;
      readonly watch: WatchView;
      /** A page of its runtimes, worst first. */
      readonly runtimes: readonly Alerted[];
      /** How many of them, from the first, the card has room to name; all of them when it is left out. */
      readonly named?: number | undefined;
      readonly total: number;
      /** Of all its runtimes; those that are over count. */
      readonly kinds: Readonly<Partial<Record<RiskKind, number>>>;
      /** How many have not ended. */
      readonly open: number;
      /** Runtimes on all pages, and those of them with a risk that has not ended. One with several kinds of risk counts once. */
      readonly counted: { readonly all: number; readonly open: number };
      readonly page: number;
      readonly pages: number;
      readonly common: readonly InCommon[];
      /** Whether who is authorised may be shown at all. */
      readonly showsUsers: boolean;
      /** Those of its authorised users who may be mentioned, with their ids on this platform. */
      readonly owners: readonly { readonly name: string; readonly id: string }[];
      /** Whether it may stand in the chat twice. */
      readonly mayRepeat: boolean;
      /** What was just done, with how many. */
      readonly did?: { readonly what: "acked" | "muted" | "unmuted"; readonly count: number } | undefined;
    }
  /** Risks that are over. */
  | {
      readonly kind: "over";
      readonly zone: string;
      readonly watch: WatchView;
      readonly runtimes: readonly Alerted[];
      readonly total: number;
      /** Alerts of this watch that are still open. */
      readonly open: number;
      readonly mayRepeat: boolean;
    }
  | { readonly kind: "blind"; readonly zone: string; readonly since: number; readonly reason: string }
  | { readonly kind: "sight"; readonly zone: string; readonly since: number; readonly until: number }
  | { readonly kind: "watch-paused"; readonly why: "right" | "filter" | "chat"; readonly filter: string }
  | {
      readonly kind: "budget";
      readonly what: "calls-optional" | "calls-slower" | "pushes-optional" | "pushes-spent";
      readonly used: number;
      readonly of: number;
      /** Between two scans from now on, milliseconds. */
      readonly interval: number;
    }
  | { readonly kind: "alert-test"; readonly zone: string; readonly by: string; readonly at: number }
  /** A test notice is on its way to this chat. */
  | { readonly kind: "alert-test-begun"; readonly command: Command }
  /** The answer to `/alerts on`: what it matches now, what it tells and how often. */
  | {
      readonly kind: "watching";
      readonly command: AlertsOnCommand;
      readonly saved: "new" | "edited" | "preview";
      /** Alerts of the watch before that ended with the edit. */
      readonly ended: number;
      /** What matches now; a failure of the fleet does not keep a watch from being saved. */
      readonly now:
        | { readonly ok: true; readonly total: number; readonly atRisk: number }
        | { readonly ok: false; readonly failure: FleetFailure };
      readonly kinds: readonly RiskKind[];
      readonly interval: number;
      readonly hold: number;
      /** 0: never. */
      readonly repeat: number;
      readonly resolved: boolean;
      readonly groupLimit: number;
    }
  /** There is nothing that could be watched: a filter that leaves risk out. */
  | { readonly kind: "unwatchable"; readonly command: AlertsOnCommand }
  | { readonly kind: "watch-off"; readonly command: Command; readonly was: boolean; readonly configured: number }
  | {
      readonly kind: "watch-status";
      readonly command: Command;
      readonly zone: string;
      readonly watches: readonly WatchStatus[];
      readonly mutes: readonly MuteView[];
      /** What is still owed to this chat, and since when the oldest is. */
      readonly owed: { readonly count: number; readonly since: number | undefined };
      /** What was given up lately. */
      readonly failed: readonly NoticeView[];
      readonly interval: number;
      readonly calls: BudgetView;
      readonly pushes: BudgetView;
    }
  /** What was acknowledged, muted or unmuted by a runtime's name or id, or altogether. */
  | {
      readonly kind: "quieted";
      readonly command: Command;
      readonly zone: string;
      readonly what: "acked" | "muted" | "unmuted";
      readonly target: string;
      /** How many alerts, or mutes that ended, it was. */
      readonly count: number;
      readonly until: number | undefined;
    }
  /** No alert and no runtime of this chat's watches has this id or name. */
  | { readonly kind: "no-alert"; readonly command: Command; readonly target: string }
  /** Several runtimes of this name. */
  | {
      readonly kind: "which-alert";
      readonly command: Command;
      readonly target: string;
      readonly runtimes: readonly RuntimeChoice[];
    }
  | {
      readonly kind: "why";
      readonly command: WhyCommand;
      readonly zone: string;
      readonly target: string;
      readonly showsUsers: boolean;
      /** Latest first. None: nothing was ever seen of it. */
      readonly episodes: readonly WhyEpisode[];
      /** The watches of this chat, which would have told of it. */
      readonly watches: readonly WatchStatus[];
    }
  | {
      readonly kind: "trend";
      readonly command: TrendCommand;
      readonly zone: string;
      readonly series: readonly TrendSeries[];
      /** When the first sample of this list was taken; undefined: it is not sampled. */
      readonly since: number | undefined;
      readonly samples: number;
      /** Lists that are sampled, as filters in canonical text. */
      readonly known: readonly string[];
      readonly by: FacetKey | undefined;
    }
  | {
      readonly kind: "digest";
      readonly slot: number;
      readonly zone: string;
      readonly filter: string;
      /** Minutes by which it is late, where it is. */
      readonly late: number;
      readonly summary:
        | {
            readonly counts: RuntimeCounts;
            readonly facets: Facets;
            readonly counted: "runtimes" | "totals";
            readonly unreadable: number;
            readonly complete: boolean;
          }
        | undefined;
      readonly last: { readonly slot: number; readonly counts: RuntimeCounts } | undefined;
      readonly skipped: readonly number[];
    }
  | {
      readonly kind: "digest-set";
      readonly command: DigestOnCommand;
      readonly digest: DigestView;
      readonly next: number;
      readonly edited: boolean;
    }
  | { readonly kind: "digest-off"; readonly command: Command; readonly was: boolean }
  | {
      readonly kind: "digest-status";
      readonly command: Command;
      readonly digest: DigestView | undefined;
      readonly next: number | undefined;
      readonly last: number | undefined;
      readonly skipped: readonly number[];
      readonly paused: "right" | "filter" | "chat" | undefined;
    }
  | {
      readonly kind: "views";
      readonly command: Command;
      readonly views: readonly { readonly name: string; readonly filter: string; readonly by: string }[];
      readonly did?: { readonly what: "saved" | "replaced" | "dropped"; readonly name: string } | undefined;
    }
  | { readonly kind: "too-many-views"; readonly command: Command; readonly limit: number }
  /** `nearest`: the name that was most likely meant. */
  | {
      readonly kind: "unknown-view";
      readonly command: Command;
      readonly name: string;
      readonly nearest: string | undefined;
    }
  | {
      readonly kind: "language";
      readonly command: Command;
      /** Undefined: the reader's own. */
      readonly locale: "en" | "zh" | undefined;
      readonly changed: boolean;
    }
  /** What can only be asked in a chat was asked elsewhere. */
  | { readonly kind: "chats-only"; readonly command: Command }
  /** The store failed: nothing is known or changed. */
  | { readonly kind: "store-failed"; readonly command: Command };
