import type { Clock } from "../../src/fleet/index.ts";
import type { FailureKind } from "./codes.ts";
import { sendLimits } from "./send-limits.ts";

/** Failures that every card of the app meets, until somebody changes the app or the month ends. */
const ofTheApp: ReadonlySet<FailureKind> = new Set(["scope", "template", "quota"]);
/** Failures that say nothing of the app: the platform did not get as far as to judge the card. */
const open: ReadonlySet<FailureKind> = new Set(["rate", "unavailable", "token", "credentials", "unknown"]);

/**
 * Whether cards are worth a call. After a failure that is about the app none is tried for some minutes; then one is, and what
 * becomes of it decides for all.
 */
export interface Outage {
  /** Why no card is tried now; undefined where one may be. Who then gets to try after a pause is the only one to. */
  stops(act: CardAct): FailureKind | undefined;
  /** The same without taking a turn. */
  lasts(act: CardAct): boolean;
  took(act: CardAct): void;
  failed(act: CardAct, kind: FailureKind): void;
}

/** An update needs no template. */
export type CardAct = "create" | "update";

export function createOutage(clock: Pick<Clock, "elapsed">): Outage {
  let state: { readonly kind: FailureKind; until: number } | undefined;
  const concerns = (act: CardAct) => state !== undefined && (act === "create" || state.kind !== "template");

  return {
    stops(act) {
      if (state === undefined || !concerns(act)) {
        return undefined;
      }
      if (clock.elapsed() < state.until) {
        return state.kind;
      }
      state.until = clock.elapsed() + sendLimits.outage;
      return undefined;
    },
    lasts: (act) => state !== undefined && concerns(act) && clock.elapsed() < state.until,
    took(act) {
      if (concerns(act)) {
        state = undefined;
      }
    },
    failed(act, kind) {
      if (ofTheApp.has(kind)) {
        state = { kind, until: clock.elapsed() + sendLimits.outage };
      } else if (state !== undefined && concerns(act)) {
        state = open.has(kind) ? { ...state, until: clock.elapsed() } : undefined;
      }
    },
  };
}
