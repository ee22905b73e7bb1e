import type { Trouble } from "./otel-tracer.ts";

export interface TellingOptions {
  /** Steady, milliseconds. */
  readonly elapsed: () => number;
  /** Told at once, and after that with what has come together, once a minute at most. */
  readonly tell: (trouble: Trouble) => void;
}

const pause = 60_000;

/** Sums up what is told all too often. */
export function createTelling({ elapsed, tell }: TellingOptions): (trouble: Trouble) => void {
  let quietUntil = Number.NEGATIVE_INFINITY;
  let lost = 0;
  return ({ reason, spans }) => {
    lost += spans;
    if (elapsed() >= quietUntil) {
      quietUntil = elapsed() + pause;
      tell({ reason, spans: lost });
      lost = 0;
    }
  };
}
