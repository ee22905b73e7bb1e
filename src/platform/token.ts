import type { Clock } from "../fleet/index.ts";

export type TokenResult<Failure> =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly failure: Failure };

/** An app's access to its platform, which ends after some time. */
export interface Tokens<Failure> {
  /** One that is good for minutes at least. Asks the platform at most once at a time; never rejects. */
  get(): Promise<TokenResult<Failure>>;
  /** The platform called this token stale. The next `get` asks for another, once for all that had it. */
  drop(token: string): void;
}

/** What the platform gave. */
export type Granted<Failure> =
  /** `life`: milliseconds. */
  | { readonly ok: true; readonly token: string; readonly life: number }
  /** `lasting`: only a person can mend it, so that asking again soon is of no use. */
  | { readonly ok: false; readonly failure: Failure; readonly lasting: boolean };

export interface TokensOptions<Failure> {
  /** Asks the platform once. Must not reject. */
  readonly ask: () => Promise<Granted<Failure>>;
  /** What it is called when the platform gives out a token again that it called stale. */
  readonly givenAgain: Failure;
  /** Milliseconds before its end at which a token is asked for anew, while the old one is still used. */
  readonly renewal: number;
  /** Milliseconds before its end at which a token is used no more, as it has to arrive. */
  readonly margin: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told of each failure, for the log. */
  readonly onFailure: (failure: Failure) => void;
}

interface Held {
  readonly token: string;
  /** By the clock's `elapsed`. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** Milliseconds for which a failure stands, so that a storm of calls does not become one of requests for tokens. */
const standing = { first: 500, longest: 30_000 } as const;

export function createTokens<Failure>(options: TokensOptions<Failure>): Tokens<Failure> {
  const { clock, random } = options;
  let held: Held | undefined;
  let dropped: string | undefined;
  let asking: Promise<TokenResult<Failure>> | undefined;
  let failed: { readonly failure: Failure; readonly until: number } | undefined;
  let failures = 0;

  /** One request for all who want a token meanwhile; after a failure, none for a while. */
  function ask(): Promise<TokenResult<Failure>> {
    if (asking === undefined && failed !== undefined && clock.elapsed() < failed.until) {
      return Promise.resolve({ ok: false, failure: failed.failure });
    }
    asking ??= request().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function request(): Promise<TokenResult<Failure>> {
    const askedAt = clock.elapsed();
    const granted = await options.ask();
    if (!granted.ok) {
      return fail(granted.failure, granted.lasting);
    }
    const { token, life } = granted;
    if (token === dropped) {
      // It may have been called stale by mistake: after a pause it is taken.
      dropped = undefined;
      return fail(options.givenAgain, false);
    }
    held = {
      token,
      renewAt: askedAt + life - Math.min(options.renewal, life / 2),
      endsAt: askedAt + life - Math.min(options.margin, life / 4),
    };
    failed = undefined;
    failures = 0;
    return { ok: true, token };
  }

  function fail(failure: Failure, lasting: boolean): TokenResult<Failure> {
    const span = lasting ? standing.longest : Math.min(standing.first * 2 ** failures, standing.longest);
    failures += 1;
    failed = { failure, until: clock.elapsed() + span * (0.5 + random() / 2) };
    options.onFailure(failure);
    return { ok: false, failure };
  }

  return {
    async get() {
      const now = clock.elapsed();
      if (held === undefined || now >= held.endsAt) {
        return ask();
      }
      if (now >= held.renewAt) {
        void ask();
      }
      return { ok: true, token: held.token };
    },
    drop(token) {
      if (held?.token === token) {
        held = undefined;
        dropped = token;
      }
    },
  };
}
