import type { AuditDetail, AuditHow, AuditOutcome } from "../audit-views.ts";
import type { Advice } from "./advice.ts";

/** What is said of an audit. Times, sizes and names come as they are to be read. */
export interface AuditTexts {
  readonly title: string;
  readonly columns: { readonly when: string; readonly who: string; readonly what: string; readonly outcome: string };
  /** Labels of counts. */
  readonly entries: (count: number) => string;
  readonly people: (count: number) => string;
  readonly refused: string;
  /** `total`: entries of the list; `newer`: entries that were written since it was begun. */
  readonly page: (where: Record<"page" | "pages" | "total" | "newer", number>) => string;
  /** There are more entries than are counted. */
  readonly pageOfMany: (page: number, counted: number) => string;
  readonly outcomes: Readonly<Record<AuditOutcome, string>>;
  /** Beside a command that was not typed. */
  readonly how: Readonly<Record<Exclude<AuditHow, "typed">, string>>;
  /** Of nobody: what the configuration did, and what the platform told without a user. */
  readonly nobody: Readonly<Record<"configuration" | "unknown", string>>;
  /** A command that may not be shown. */
  readonly concealed: string;
  /** What was changed; `until` where it ends by itself. */
  readonly detail: (detail: AuditDetail, until: string | undefined) => string;
  /** The day that times without one are of, and how far their zone is from Greenwich. */
  readonly times: (day: string, offset: string) => string;
  /** For how long entries are kept. */
  readonly kept: (duration: string) => string;
  /** More was asked for than is kept. */
  readonly keptOnly: (duration: string) => string;
  /** Nothing is written down. */
  readonly off: Advice;
  readonly none: string;
  /** There is nothing on this page. */
  readonly beyond: string;
  readonly newest: string;
  readonly days: string;
  readonly dayCount: (days: number) => string;
  readonly who: string;
  readonly everybody: string;
}
