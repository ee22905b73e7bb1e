import { z } from "zod";
import type { Log } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import {
  type AppRefusals,
  createTokens,
  type Granted,
  type Http,
  jsonBody,
  type Tokens,
} from "../../src/platform/index.ts";
import { conclude, type Meter, noTracer, type Tracer } from "../../src/telemetry/index.ts";
import { apiLimits } from "./api-limits.ts";
import { type Failure, failureOf, failureOfAnswer, failureOfThrown } from "./failure.ts";
import { createDingTalkRefusals, type LinkRefusal } from "./link-refusal.ts";

export interface DingTalkTokensOptions {
  readonly clientId: string;
  readonly clientSecret: () => string;
  /** Base URL of the API, without a slash at its end. */
  readonly apiBase: string;
  readonly http: Pick<Http, "ask">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Is told that the app is refused; of its own unless given. */
  readonly refusals?: AppRefusals<LinkRefusal> | undefined;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
}

const grantSchema = z.object({
  accessToken: z.string().regex(/^[\x21-\x7e]{1,2000}$/),
  expireIn: z.number().positive(),
});

/**
 * The app's access to its organisation. Asking for it is no call of the month's (document "APIs that are not included in the
 * limit of calls").
 */
export function createDingTalkTokens(options: DingTalkTokensOptions): Tokens<Failure> {
  const { clientId, clientSecret, apiBase, http, clock, random, log, meter, tracer = noTracer } = options;
  const { refusals = createDingTalkRefusals(log) } = options;

  async function ask(): Promise<Granted<Failure>> {
    const fail = (failure: Failure): Granted<Failure> => ({
      ok: false,
      failure,
      lasting: failure.kind === "credentials" || failure.kind === "denied",
    });
    try {
      const answer = await http.ask({
        url: new URL(`${apiBase}/v1.0/oauth2/accessToken`),
        method: "POST",
        headers: { accept: "application/json" },
        body: jsonBody({ appKey: clientId, appSecret: clientSecret() }),
      });
      const failure = failureOfAnswer(answer, "token");
      if (failure !== undefined) {
        return fail(failure);
      }
      const grant = grantSchema.safeParse(answer.data);
      if (!grant.success) {
        return fail(failureOf("unavailable", "DingTalk gave no access token."));
      }
      meter.count("dingtalk_calls", { call: "token", outcome: "ok" });
      refusals.forget();
      return { ok: true, token: grant.data.accessToken, life: grant.data.expireIn * 1_000 };
    } catch (error) {
      return fail(failureOfThrown(error));
    }
  }

  const about = { "deskhand.call": "token", "server.address": new URL(apiBase).host } as const;
  const traced = (): Promise<Granted<Failure>> =>
    tracer.span("dingtalk.call", about, async (span) => {
      const granted = await ask();
      conclude(span, granted.ok ? undefined : granted.failure.kind);
      return granted;
    });

  return createTokens({
    ask: traced,
    givenAgain: failureOf("token", "DingTalk calls an access token stale, and gives it out again."),
    renewal: apiLimits.tokenRenewal,
    margin: apiLimits.tokenMargin,
    clock,
    random,
    onFailure({ kind, code, requestId, sentence }) {
      meter.count("dingtalk_calls", { call: "token", outcome: kind });
      if (kind === "credentials") {
        refusals.tell("credentials", { code, requestId });
        return;
      }
      log.warn({ kind, code, requestId, reason: sentence }, "No access token could be had from DingTalk.");
    },
  });
}
