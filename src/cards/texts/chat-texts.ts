import type { Weekday } from "../../commands/index.ts";
import type { Advice } from "./advice.ts";

type Told = Advice & { readonly title: string };

/** What is said of trends, digests, saved views and the language of a chat. Times and names come as they are to be read. */
export interface ChatTexts {
  /** A label with how many more or fewer there are than before: "at risk (+3)". */
  readonly change: (label: string, more: number) => string;
  /** How many are at risk, and how many more or fewer than `than`, where that is known. */
  readonly atRisk: (count: number, more: number | undefined, than: string) => string;
  readonly than: { readonly yesterday: string; readonly on: (time: string) => string };
  /** What changes are counted from. */
  readonly comparedWith: (time: string) => string;
  readonly weekdays: Readonly<Record<Weekday, string>>;
  readonly everyDay: string;
  /** Two days with those between them. */
  readonly daysFrom: (first: string, last: string) => string;
  readonly everything: string;
  readonly trend: {
    readonly title: (days: number) => string;
    readonly total: string;
    readonly atRisk: string;
    /** The most that were at risk, and when. */
    readonly most: (count: number, time: string) => string;
    /** Since when there are counts, how many, and whether more were asked for; `offset` of the zone in which times stand. */
    readonly since: (time: string, samples: number, offset: string, isFirst: boolean) => string;
    /** Not every line can be drawn; the next count comes then. */
    readonly tooSoon: (time: string) => string;
    readonly none: Advice;
    /** What can be done about it. */
    readonly watch: string;
    /** A trend that can be shown, by its filter; empty for everything. */
    readonly of: (filter: string) => string;
    readonly days: string;
    readonly dayCount: (days: number) => string;
    readonly by: string;
    readonly sums: string;
  };
  readonly digest: {
    readonly title: string;
    /** Minutes by which it is late; 0: it is not. */
    readonly due: (time: string, offset: string, late: number) => string;
    readonly unanswered: Advice;
    readonly skipped: (times: readonly string[]) => string;
    readonly filter: (filter: string) => string;
    readonly risks: string;
    readonly set: { readonly new: string; readonly edited: string };
    readonly when: string;
    readonly at: (time: string, days: string) => string;
    readonly zone: string;
    readonly list: string;
    readonly next: string;
    readonly last: string;
    readonly status: string;
    readonly statusTitle: string;
    readonly off: string;
    readonly now: string;
    readonly ended: Told;
    readonly none: Told;
    /** Sets one up as an example, said in words. */
    readonly example: string;
    readonly paused: Readonly<Record<"right" | "filter" | "chat", string>>;
  };
  readonly views: {
    readonly title: string;
    readonly did: (what: "saved" | "replaced" | "dropped", name: string) => string;
    readonly name: string;
    readonly filters: string;
    readonly drop: string;
    readonly none: Advice;
    readonly use: string;
    readonly all: string;
    readonly tooMany: (limit: number) => Told;
    readonly unknown: (name: string) => Told;
  };
  readonly language: {
    readonly title: string;
    readonly is: Readonly<Record<"en" | "zh" | "auto", string>>;
    /** Gives everybody a language of their own. */
    readonly auto: string;
  };
}
