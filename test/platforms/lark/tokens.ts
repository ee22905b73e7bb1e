import type { ApiAnswer } from "../server.ts";
import { refusal } from "./answers.ts";

/** Tenant access tokens of the app. */
export interface Tokens {
  /** Gives the token that lives longest, or a new one when that ends within half an hour, as the platform does. */
  issue(): { readonly token: string; readonly seconds: number };
  /** What is wrong with an Authorization header; undefined when nothing is. */
  refuse(authorization: string | undefined): ApiAnswer | undefined;
  /** Every token given out so far is refused as expired (99991664), or as never issued (99991663). */
  end(how: "expired" | "revoked"): void;
  /** How many different tokens were given out. */
  readonly issued: number;
}

/** A token with less than this left is not given out again (document of tenant_access_token). */
const fresh = 30 * 60_000;

export function createTokens(options: {
  readonly ids: (prefix: string) => string;
  readonly now: () => number;
  readonly seconds: number;
}): Tokens {
  const ends = new Map<string, number>();
  let current: string | undefined;
  let issued = 0;
  return {
    get issued() {
      return issued;
    },
    issue() {
      const now = options.now();
      const left = current === undefined ? 0 : (ends.get(current) ?? 0) - now;
      if (current !== undefined && left >= fresh) return { token: current, seconds: Math.floor(left / 1000) };
      current = options.ids("t-");
      issued += 1;
      ends.set(current, now + options.seconds * 1000);
      return { token: current, seconds: options.seconds };
    },
    refuse(authorization) {
      if (authorization === undefined) return refusal(99991661);
      const token = /^Bearer (t-\S+)$/.exec(authorization)?.[1];
      const end = token === undefined ? undefined : ends.get(token);
      if (end === undefined) return refusal(99991663);
      return end > options.now() ? undefined : refusal(99991664);
    },
    end(how) {
      if (how === "revoked") ends.clear();
      else for (const token of ends.keys()) ends.set(token, 0);
      current = undefined;
    },
  };
}
