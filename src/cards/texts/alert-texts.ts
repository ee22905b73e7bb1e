import type { AlertReason, InCommon } from "../desk-views.ts";
import type { Advice, Told } from "./advice.ts";

/** What notices say. Times, durations and names come as they are to be read. */
export interface AlertTexts {
  /** "42 min", of milliseconds. */
  readonly duration: (milliseconds: number) => string;
  readonly labels: {
    readonly acknowledge: string;
    readonly acknowledged: string;
    readonly mute: string;
    readonly unmute: string;
    readonly unmuteAll: string;
    readonly why: string;
    readonly status: string;
    readonly test: string;
    readonly off: string;
    /** Sets a watch up. */
    readonly watch: string;
  };
  readonly columns: { readonly when: string; readonly change: string; readonly state: string };
  readonly card: {
    /** So many of so many runtimes are at risk. */
    readonly title: (reason: AlertReason, open: number, count: number) => string;
    readonly ended: (count: number) => string;
    readonly passed: (count: number) => string;
    readonly did: (what: "acked" | "muted" | "unmuted", count: number, until: string | undefined) => string;
    readonly since: (time: string) => string;
    readonly over: (lasted: string, since: string) => string;
    readonly gone: (since: string) => string;
    readonly unwatched: (since: string) => string;
    readonly change: (was: string, now: string) => string;
    readonly now: (now: string) => string;
    readonly pending: string;
    /** Of a runtime that the last scans did not list. */
    readonly unlisted: string;
    /** Which time it is that the same came within an hour. */
    readonly again: (times: number) => string;
    readonly acked: (by: string) => string;
    readonly muted: (until: string) => string;
    readonly common: (shared: readonly string[]) => string;
    readonly shared: (facet: InCommon["facet"], value: string, count: number, of: number) => string;
    readonly todo: string;
    readonly people: string;
    /** Where the card stands: a runtime with several kinds of risk has an alert for each. */
    readonly page: (page: number, pages: number, alerts: number) => string;
    /** So many runtimes of this page are not named. */
    readonly left: (count: number) => string;
    /** `filter` empty: everything. */
    readonly watch: (filter: string) => string;
    /** Of what day and zone the times are that stand there alone. */
    readonly times: (day: string, offset: string) => string;
    readonly mayRepeat: string;
  };
  readonly over: {
    readonly one: (name: string, risk: string) => string;
    readonly many: (count: number) => string;
    readonly oneGone: (name: string) => string;
    readonly ended: (count: number) => string;
    readonly gone: string;
    readonly open: (count: number) => string;
    readonly more: (count: number) => string;
  };
  readonly blind: (since: string) => Told;
  /** Why no scan was complete. */
  readonly because: (reason: string) => string;
  readonly sight: (since: string, until: string, lasted: string) => Told;
  readonly paused: Readonly<Record<"right" | "filter" | "chat", Told>>;
  readonly budget: {
    readonly title: { readonly calls: string; readonly pushes: string };
    readonly callsOptional: Advice;
    readonly callsSlower: (interval: string) => Advice;
    readonly pushesOptional: Advice;
    readonly pushesSpent: Advice;
  };
  readonly test: {
    readonly title: string;
    readonly arrives: string;
    readonly asked: (by: string, time: string, offset: string) => string;
    readonly begun: Told;
  };
}
