import type { Facets, RiskKind, RuntimeCounts } from "../fleet/index.ts";
import type { Pause, Place } from "./watch.ts";

/**
 * A message owed to a chat. Its id is its idempotency key.
 *
 * - `summary`: the present state, of a watch's first complete scan.
 * - `firing`: new risks of one scan.
 * - `again`: risks that came back soon; shown on the card that told them first (`target`), or else as a new one.
 * - `reminder`: risks that last.
 * - `unmuted`: a mute is over, and these last or were never told.
 * - `passed`: risks that came and went before they could be told.
 * - `resolved`: risks that are over, seen to be or no longer listed.
 * - `blind`, `sight`: no scan has been complete since; scans are complete again.
 * - `paused`: the watch stands still, and why.
 * - `budget`: what was left out to stay within what is configured.
 * - `test`: what somebody asked for, to see that it arrives.
 * - `digest`: a summary on a schedule.
 */
export type NoticeKind =
  | "summary"
  | "firing"
  | "again"
  | "reminder"
  | "unmuted"
  | "passed"
  | "resolved"
  | "blind"
  | "sight"
  | "paused"
  | "budget"
  | "test"
  | "digest";

/**
 * - `owed`: to be sent, or tried again.
 * - `sent`: the platform has it.
 * - `dropped`: nobody needs it any more, and it was never tried.
 * - `failed`: given up.
 */
export type NoticeState = "owed" | "sent" | "dropped" | "failed";

/** Notices whose runtimes are the episodes that point at them; those of the others stand in `about`. */
export interface Notice extends Place {
  readonly id: string;
  /** Order within the chat. */
  readonly order: number;
  /** Undefined where it is no watch's. */
  readonly watch: string | undefined;
  readonly kind: NoticeKind;
  readonly about: About;
  /** Wall time. */
  readonly madeAt: number;
  readonly state: NoticeState;
  /** How often its sending began. */
  readonly attempts: number;
  /** When it was tried first, wall time: platforms know a key for some time only. */
  readonly triedAt: number | undefined;
  /** Not to be tried before, steady. */
  readonly nextAt: number;
  /** When it was made, steady. */
  readonly owedSince: number;
  readonly sentAt: number | undefined;
  /** The platform's id of the message that shows it. */
  readonly message: string | undefined;
  /** Why it failed, or failed last; for the operator. */
  readonly reason: string | undefined;
  /** The notice whose card it changes. */
  readonly target: string | undefined;
  /** The card that was sent does not show how things are now. */
  readonly stale: boolean;
  /** Which of its changes was the last: what is shown is as new as the number that was read before it was drawn. */
  readonly staleness: number;
}

/** What a notice says beside the episodes that point at it. */
export type About =
  | { readonly kind: "episodes"; readonly total: number; readonly kinds: Readonly<Partial<Record<RiskKind, number>>> }
  /** Some of those that it is about, worst first, and how many there are. */
  | { readonly kind: "some"; readonly episodes: readonly string[]; readonly total: number }
  | { readonly kind: "blind"; readonly since: number; readonly reason: string }
  | { readonly kind: "sight"; readonly since: number; readonly until: number }
  | { readonly kind: "paused"; readonly why: Pause; readonly filter: string }
  | {
      readonly kind: "budget";
      readonly what: BudgetWord;
      readonly used: number;
      readonly of: number;
      readonly interval: number;
    }
  | { readonly kind: "test"; readonly by: string; readonly at: number }
  | DigestAbout;

/** What a budget does: leaves out what is optional, scans less often, or sends nothing more this month. */
export type BudgetWord = "calls-optional" | "calls-slower" | "pushes-optional" | "pushes-spent";

export interface DigestAbout {
  readonly kind: "digest";
  /** When it was due, wall time. */
  readonly slot: number;
  readonly zone: string;
  readonly filter: string;
  /** Undefined when the fleet did not answer. */
  readonly summary: DigestSummary | undefined;
  /** The one before. */
  readonly last: { readonly slot: number; readonly counts: RuntimeCounts } | undefined;
  /** The slots that were left out since, wall time. */
  readonly skipped: readonly number[];
}

export interface DigestSummary {
  readonly counts: RuntimeCounts;
  readonly facets: Facets;
  readonly counted: "runtimes" | "totals";
  readonly unreadable: number;
  readonly complete: boolean;
}
