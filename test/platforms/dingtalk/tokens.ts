import type { ApiAnswer } from "../server.ts";
import { oldRefusal, refusal } from "./answers.ts";

/** Access tokens of the app. */
export interface Tokens {
  /** Gives the token that is good, or a new one when that ends soon. */
  issue(): { readonly token: string; readonly seconds: number };
  /** What is wrong with a token for the newer API; undefined when nothing is. */
  refuse(token: string | undefined): ApiAnswer | undefined;
  /** The same for the older API. */
  refuseOld(token: string | null): ApiAnswer | undefined;
  /** No token given out so far is good any more. */
  revoke(): void;
  /** How many different tokens were given out. */
  readonly issued: number;
}

/** A token with less than this left is not given out again, in milliseconds. The document only says that repeated calls give the same one. */
const fresh = 5 * 60_000;

export function createTokens(options: {
  readonly ids: (prefix: string) => string;
  readonly now: () => number;
  readonly seconds: number;
  readonly status: number;
}): Tokens {
  const ends = new Map<string, number>();
  let current: string | undefined;
  let issued = 0;
  const good = (token: string | null | undefined): boolean => (ends.get(token ?? "") ?? 0) > options.now();
  return {
    get issued() {
      return issued;
    },
    issue() {
      const now = options.now();
      const left = (ends.get(current ?? "") ?? 0) - now;
      if (current !== undefined && left >= fresh) return { token: current, seconds: Math.floor(left / 1000) };
      current = options.ids("token");
      issued += 1;
      for (const [token, end] of ends) if (end <= now) ends.delete(token);
      ends.set(current, now + options.seconds * 1000);
      return { token: current, seconds: options.seconds };
    },
    refuse: (token) => (good(token) ? undefined : { ...refusal("InvalidAuthentication"), status: options.status }),
    refuseOld: (token) => (good(token) ? undefined : oldRefusal(40014)),
    revoke() {
      ends.clear();
      current = undefined;
    },
  };
}
