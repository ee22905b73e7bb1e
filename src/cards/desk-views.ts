import type { Weekday } from "../commands/index.ts";
import type { RiskKind } from "../fleet/index.ts";

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
