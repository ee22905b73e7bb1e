import type { Ended } from "./connection.ts";
import { linkLimits } from "./limits.ts";

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
        const { firstRefusedWait, longestRefusedWait } = linkLimits;
        // At least the span and at most half as much again, so that the longest wait is never passed.
        const span = Math.min(firstRefusedWait * 2 ** refusals, longestRefusedWait / 1.5);
        refusals = Math.min(refusals + 1, 20);
        return span * (1 + random() / 2);
      }
      if (kind === "lost") refusals = 0;
      if (kind === "lost" && lived >= linkLimits.lived) failures = 0;
      const { shortestWait, firstWait, longestWait } = linkLimits;
      const span = Math.min(firstWait * 2 ** failures, longestWait);
      failures = Math.min(failures + 1, 20);
      return shortestWait + random() * (span - shortestWait);
    },
  };
}
