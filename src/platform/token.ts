import { z } from "zod";
import type { Count, Log } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { type Failure, failureOf, failureOfBody, failureOfThrown } from "./failure.ts";
import type { Http } from "./http.ts";
import { limits } from "./limits.ts";

export type TokenResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly failure: Failure };

/** The app's access to its tenant (`tenant_access_token`). */
export interface Tokens {
  /** One that is good for minutes at least. Asks the platform at most once at a time; never rejects. */
  get(): Promise<TokenResult>;
  /** The platform called this token stale. The next `get` asks for another, once for all that had it. */
  drop(token: string): void;
}

export interface TokensOptions {
  readonly appId: string;
  readonly appSecret: () => string;
  /** Base URL of the platform, without a slash at its end. */
  readonly domain: string;
  readonly http: Pick<Http, "post">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly count: Count;
}

interface Held {
  readonly token: string;
  /** By the clock's `elapsed`. */
  readonly renewAt: number;
  readonly endsAt: number;
}

const grantSchema = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });

/** Milliseconds for which a failure stands, so that a storm of calls does not become one of requests for tokens. */
const standing = { first: 500, longest: 30_000 } as const;

export function createTokens({ appId, appSecret, domain, http, clock, random, log, count }: TokensOptions): Tokens {
  let held: Held | undefined;
  let dropped: string | undefined;
  let asking: Promise<TokenResult> | undefined;
  let failed: { readonly failure: Failure; readonly until: number } | undefined;
  let failures = 0;

  /** One request for all who want a token meanwhile; after a failure, none for a while. */
  function ask(): Promise<TokenResult> {
    if (asking === undefined && failed !== undefined && clock.elapsed() < failed.until) {
      return Promise.resolve({ ok: false, failure: failed.failure });
    }
    asking ??= request().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function request(): Promise<TokenResult> {
    const askedAt = clock.elapsed();
    const grant = await fetchGrant();
    if ("failure" in grant) {
      return fail(grant.failure);
    }
    const { tenant_access_token: token, expire } = grant;
    if (token === dropped) {
      // It may have been called stale by mistake: after a pause it is taken.
      dropped = undefined;
      return fail(failureOf("token", "The platform calls an access token stale, and gives it out again."));
    }
    const life = expire * 1_000;
    held = {
      token,
      renewAt: askedAt + life - Math.min(limits.tokenRenewal, life / 2),
      endsAt: askedAt + life - Math.min(limits.tokenMargin, life / 4),
    };
    failed = undefined;
    failures = 0;
    count("lark_calls", { call: "token", outcome: "ok" });
    return { ok: true, token };
  }

  async function fetchGrant(): Promise<z.infer<typeof grantSchema> | { readonly failure: Failure }> {
    try {
      const body: unknown = await http.post(`${domain}/open-apis/auth/v3/tenant_access_token/internal`, {
        app_id: appId,
        app_secret: appSecret(),
      });
      const failure = failureOfBody(body, "token");
      if (failure !== undefined) {
        return { failure };
      }
      const grant = grantSchema.safeParse(body);
      return grant.data ?? { failure: failureOf("unavailable", "The platform gave no access token.") };
    } catch (error) {
      return { failure: failureOfThrown(error, "token") };
    }
  }

  function fail(failure: Failure): TokenResult {
    const { kind, code, logId, sentence } = failure;
    const span = kind === "credentials" ? standing.longest : Math.min(standing.first * 2 ** failures, standing.longest);
    failures += 1;
    failed = { failure, until: clock.elapsed() + span * (0.5 + random() / 2) };
    count("lark_calls", { call: "token", outcome: kind });
    log.warn({ kind, code, logId, reason: sentence }, "No access token could be had from Lark.");
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
