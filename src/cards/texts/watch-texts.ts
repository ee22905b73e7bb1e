import type { Told } from "./advice.ts";

/** What is said of a chat's watches, by who asks for them. Times, durations and names come as they are to be read. */
export interface WatchTexts {
  /** Why a scan is not complete. */
  readonly troubles: Readonly<Record<string, string>>;
  /** Notices by their kinds. */
  readonly notices: Readonly<Record<string, string>>;
  /** Why a watch stands still. */
  readonly stands: Readonly<Record<"right" | "filter" | "chat", string>>;
  readonly every: (interval: string) => string;
  /** `of` undefined: without limit. */
  readonly budgetUsed: (used: string, of: string | undefined) => string;
  readonly watching: {
    readonly title: Readonly<Record<"new" | "edited" | "preview", string>>;
    readonly summary: string;
    readonly goOn: string;
    readonly previewed: string;
    readonly ended: (count: number) => string;
    readonly unanswered: (preview: boolean) => string;
    readonly filter: string;
    readonly everything: string;
    readonly kinds: string;
    readonly interval: string;
    readonly hold: string;
    readonly held: (hold: string) => string;
    readonly atOnce: string;
    readonly reminders: string;
    readonly never: string;
    readonly end: string;
    readonly told: string;
    readonly untold: string;
    readonly limit: string;
    readonly named: (count: number) => string;
  };
  readonly unwatchable: Told;
  readonly withoutRisk: string;
  readonly off: {
    readonly was: Told;
    readonly wasNot: Told;
    /** Watches that a chat cannot turn off. */
    readonly configured: (count: number) => string;
  };
  readonly status: {
    readonly title: string;
    readonly none: string;
    readonly open: (count: number) => string;
    readonly owed: string;
    readonly owedSince: (count: number, since: string) => string;
    readonly author: string;
    readonly configuration: string;
    readonly lastComplete: string;
    readonly atRisk: (time: string, count: number) => string;
    readonly notYet: string;
    readonly last: string;
    readonly incomplete: (time: string, reason: string) => string;
    readonly blind: (since: string) => string;
    readonly mutes: string;
    readonly everything: string;
    readonly mute: (until: string, by: string) => string;
    readonly more: (count: number) => string;
    readonly failed: string;
    readonly means: string;
    readonly interval: string;
    readonly calls: string;
    readonly pushes: string;
  };
  /** `target` undefined: all runtimes. */
  readonly quieted: {
    readonly title: Readonly<Record<"acked" | "muted" | "unmuted", string>>;
    readonly nothing: string;
    readonly acked: (target: string | undefined, count: number) => string;
    readonly ackedMeans: string;
    readonly muted: (target: string | undefined, until: string | undefined) => string;
    readonly mutedMeans: (count: number) => string;
    readonly unmuted: (target: string | undefined, count: number) => string;
  };
  readonly noAlert: (target: string) => Told;
  readonly which: { readonly title: string; readonly question: (target: string) => string; readonly choose: string };
  readonly chatsOnly: Told;
  readonly storeFailed: Told;
}
