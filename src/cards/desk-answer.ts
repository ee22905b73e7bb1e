import type {
  AlertsOnCommand,
  AuditCommand,
  Command,
  DigestOnCommand,
  TrendCommand,
  WhyCommand,
} from "../commands/index.ts";
import type { FacetKey, Facets, FleetFailure, RiskKind, RuntimeCounts } from "../fleet/index.ts";
import type { Actor, AuditCounts, AuditLine } from "./audit-views.ts";
import type {
  Alerted,
  AlertReason,
  BudgetView,
  DigestView,
  InCommon,
  MuteView,
  NoticeView,
  RuntimeChoice,
  TrendSeries,
  WatchStatus,
  WatchView,
  WhyEpisode,
} from "./desk-views.ts";

// Times are epoch milliseconds of the wall clock; `zone` is a name of the time zone database in which they are written.

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
  /** A page of what was done in a chat, newest first. */
  | {
      readonly kind: "audit";
      readonly command: AuditCommand;
      readonly zone: string;
      readonly entries: readonly AuditLine[];
      /** The place of the first entry of the next page; undefined: there is none. */
      readonly next: string | undefined;
      /** How many entries are older than these. */
      readonly older: number;
      /** The places of the entries before this page, nearest first; no more than a page of them. */
      readonly newer: readonly string[];
      /** Of all pages. */
      readonly counts: AuditCounts;
      /** Who did the most, whoever was asked for. */
      readonly people: readonly (Actor & { readonly count: number })[];
      /** For how long entries are kept, milliseconds; 0: nothing is written down. */
      readonly kept: number;
    }
  /** What can only be asked in a chat was asked elsewhere. */
  | { readonly kind: "chats-only"; readonly command: Command }
  /** The store failed: nothing is known or changed. */
  | { readonly kind: "store-failed"; readonly command: Command };
