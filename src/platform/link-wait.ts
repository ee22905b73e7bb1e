import type { Ended } from "./connection.ts";

/** Milliseconds. */
const waits = {
  /** A connection that lived so long was a good one: the next is made soon. */
  lived: 60_000,
  /** Between attempts: the shortest and longest wait, and the span that doubles. */
  shortest: 250,
  first: 1_000,
  longest: 60_000,
  /** The same where the platform refuses the app: only a person can mend that. */
  firstRefused: 30_000,
  longestRefused: 300_000,
} as const;

/** How long to wait before the next attempt. */
export interface LinkWait {
  /**
   * Milliseconds to wait after an attempt or a connection has ended.
   *
   * @param lived milliseconds for which the connection was open
   */
  after(ended: Ended, lived: number): number;
}

/**
 * Waits that grow from a second to a minute, each a random part of its span, so that the processes of an app do not come back
 * in step after the platform has cut them all. A connection that had lived well begins anew; one that was cut at once counts
 * as a failed attempt. A refused app is tried again twice a minute at first, and then every few minutes.
 */
export function createLinkWait(random: () => number): LinkWait {
  let failures = 0;
  let refusals = 0;

  return {
    after({ kind }, lived) {
      if (kind === "refused") {
        // At least the span and at most half as much again, so that the longest wait is never passed.
        const span = Math.min(waits.firstRefused * 2 ** refusals, waits.longestRefused / 1.5);
        refusals = Math.min(refusals + 1, 20);
        return span * (1 + random() / 2);
      }
      if (kind === "moved") {
        // The platform asked for it, and holds the old connection open meanwhile; not so soon that it could go round in circles.
        return lived < waits.lived ? waits.first : 0;
      }
      if (kind === "lost") refusals = 0;
      if (kind === "lost" && lived >= waits.lived) failures = 0;
      const span = Math.min(waits.first * 2 ** failures, waits.longest);
      failures = Math.min(failures + 1, 20);
      return waits.shortest + random() * (span - waits.shortest);
    },
  };
}
