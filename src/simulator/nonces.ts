import { clockTolerance } from "./signature.ts";

/** Nonces that were used, forgotten when a request with them would be refused for its date anyway. */
export interface Nonces {
  /** Remembers a nonce; false when it was seen before. `now` is epoch milliseconds. */
  spend(nonce: string, now: number): boolean;
  readonly size: number;
}

/** Remembers at most `limit` nonces: beyond that the oldest are forgotten early. */
export function createNonces(limit: number): Nonces {
  // The order of insertion is the order of expiry.
  const until = new Map<string, number>();
  return {
    get size() {
      return until.size;
    },
    spend(nonce, now) {
      for (const [oldest, expiry] of until) {
        if (expiry >= now && until.size < limit) break;
        until.delete(oldest);
      }
      if (until.has(nonce)) return false;
      // A date may be as far ahead as behind: twice the tolerance covers both.
      until.set(nonce, now + 2 * clockTolerance);
      return true;
    },
  };
}
