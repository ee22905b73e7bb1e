import { z } from "zod";
import type { Log } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { type AppRefusals, createTokens, type Granted, type Tokens } from "../../src/platform/index.ts";
import { conclude, type Meter, noTracer, type Tracer } from "../../src/telemetry/index.ts";
import { type Failure, failureOf, failureOfBody, failureOfThrown } from "./failure.ts";
import type { SdkHttp } from "./http.ts";
import { limits } from "./limits.ts";
import { createLarkRefusals, type LinkRefusal } from "./link-refusal.ts";

export interface LarkTokensOptions {
  readonly appId: string;
  readonly appSecret: () => string;
  /** Base URL of the platform, without a slash at its end. */
  readonly domain: string;
  readonly http: Pick<SdkHttp, "post">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Is told that the app is refused; of its own unless given. */
  readonly refusals?: AppRefusals<LinkRefusal> | undefined;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
}

const grantSchema = z.object({ tenant_access_token: z.string().min(1), expire: z.number().positive() });

/** The app's access to its tenant (`tenant_access_token`). */
export function createLarkTokens(options: LarkTokensOptions): Tokens<Failure> {
  const { appId, appSecret, domain, http, clock, random, log, meter, tracer = noTracer } = options;
  const { refusals = createLarkRefusals(log) } = options;

  async function ask(): Promise<Granted<Failure>> {
    const fail = (failure: Failure): Granted<Failure> => ({
      ok: false,
      failure,
      lasting: failure.kind === "credentials",
    });
    try {
      const body: unknown = await http.post(`${domain}/open-apis/auth/v3/tenant_access_token/internal`, {
        app_id: appId,
        app_secret: appSecret(),
      });
      const failure = failureOfBody(body, "token");
      if (failure !== undefined) {
        return fail(failure);
      }
      const grant = grantSchema.safeParse(body);
      if (!grant.success) {
        return fail(failureOf("unavailable", "The platform gave no access token."));
      }
      meter.count("lark_calls", { call: "token", outcome: "ok" });
      refusals.forget();
      return { ok: true, token: grant.data.tenant_access_token, life: grant.data.expire * 1_000 };
    } catch (error) {
      return fail(failureOfThrown(error, "token"));
    }
  }

  const about = { "deskhand.call": "token", "server.address": new URL(domain).host } as const;
  const traced = (): Promise<Granted<Failure>> =>
    tracer.span("lark.call", about, async (span) => {
      const granted = await ask();
      conclude(span, granted.ok ? undefined : granted.failure.kind);
      return granted;
    });

  return createTokens({
    ask: traced,
    givenAgain: failureOf("token", "The platform calls an access token stale, and gives it out again."),
    renewal: limits.tokenRenewal,
    margin: limits.tokenMargin,
    clock,
    random,
    onFailure({ kind, code, logId, sentence }) {
      meter.count("lark_calls", { call: "token", outcome: kind });
      if (kind === "credentials") {
        refusals.tell("credentials", { code, logId });
        return;
      }
      log.warn({ kind, code, logId, reason: sentence }, "No access token could be had from Lark.");
    },
  });
}
