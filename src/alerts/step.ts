import type { Episode, Observation } from "./episode.ts";

/** What one observation does to one episode, or to the want of one. */
export type Step =
  | { readonly kind: "none" }
  /** Seen for the first time: a pending episode begins. */
  | { readonly kind: "begin" }
  /** It stays pending; milliseconds for which it has lasted. */
  | { readonly kind: "hold"; readonly held: number; readonly holding: boolean }
  /** It has lasted for long enough, and becomes told: as a new episode or as a pending one. */
  | { readonly kind: "tell"; readonly held: number }
  /** Pending, and over before anybody was to be told. */
  | { readonly kind: "forget" }
  /** Told before, and seen at risk again. */
  | { readonly kind: "last" }
  /** Told before, and not listed for so many complete scans. */
  | { readonly kind: "miss"; readonly missed: number }
  | { readonly kind: "end"; readonly end: "resolved" | "gone" };

/** Milliseconds. */
export interface StepContext {
  /** Steady time. */
  readonly now: number;
  /** Since the last scan of this watch. */
  readonly gap: number;
  /** How long a risk must last before it is told. */
  readonly hold: number;
}

type Standing = Pick<Episode, "state" | "beganAt" | "held" | "holding" | "missed">;

/** After so many complete scans without a row it is taken as no longer listed. */
const missesToEnd = 3;

/** A pending one that is not listed is forgotten that long after its hold, milliseconds: it would be looked up for ever. */
const forgottenAfter = 24 * 60 * 60_000;

const none: Step = { kind: "none" };

/** The life of one runtime's risk of one kind in one watch. An ended episode stands for none. */
export function step(episode: Standing | undefined, observation: Observation, context: StepContext): Step {
  switch (episode?.state) {
    case undefined:
    case "ended":
      return stepQuiet(observation, context);
    case "pending":
      return stepPending(episode, observation, context);
    case "told":
    case "gone":
      return stepTold(episode, observation, context);
  }
}

function stepQuiet(observation: Observation, { hold }: StepContext): Step {
  switch (observation) {
    case "risk":
      return hold <= 0 ? { kind: "tell", held: 0 } : { kind: "begin" };
    case "clear":
    case "not-seen":
    case "unknown":
      return none;
  }
}

function stepPending(episode: Standing, observation: Observation, { now, gap, hold }: StepContext): Step {
  const { beganAt, held, holding } = episode;
  const paused: Step = holding ? { kind: "hold", held, holding: false } : none;
  switch (observation) {
    case "risk": {
      const lasted = holding ? held + Math.max(0, gap) : held;
      return lasted >= hold ? { kind: "tell", held: lasted } : { kind: "hold", held: lasted, holding: true };
    }
    case "clear":
      return { kind: "forget" };
    case "not-seen":
      return now - beganAt > hold + forgottenAfter ? { kind: "forget" } : paused;
    case "unknown":
      return paused;
  }
}

function stepTold({ state, missed }: Standing, observation: Observation, { gap }: StepContext): Step {
  switch (observation) {
    case "risk":
      return { kind: "last" };
    case "clear":
      return { kind: "end", end: "resolved" };
    case "not-seen": {
      if (state === "told") {
        return { kind: "miss", missed: 1 };
      }
      if (gap <= 0) {
        // The same scan once more.
        return none;
      }
      return missed + 1 >= missesToEnd ? { kind: "end", end: "gone" } : { kind: "miss", missed: missed + 1 };
    }
    case "unknown":
      return none;
  }
}
