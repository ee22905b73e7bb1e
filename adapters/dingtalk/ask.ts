import type { Log } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import {
  createInsist,
  type Exchange,
  type Http,
  type Obstacle,
  type Pace,
  type Tokens,
} from "../../src/platform/index.ts";
import { conclude, type Meter, noTracer, type Tracer } from "../../src/telemetry/index.ts";
import { apiLimits } from "./api-limits.ts";
import type { MonthCalls } from "./calls.ts";
import { type Dialect, type Failure, failureOf, failureOfAnswer, failureOfThrown } from "./failure.ts";
import type { DingTalkLane } from "./pace.ts";

export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

/** One call, as often as it takes. */
export interface Call<Value> {
  readonly lane: DingTalkLane;
  readonly dialect: Dialect;
  /** What is asked, with the access token; made anew for each try. */
  exchange(token: string): Exchange;
  /** What the answer to a success holds. */
  read(data: unknown): Asked<Value>;
  /** It needs no token, and counts against no quota. */
  readonly free?: boolean | undefined;
  /** Milliseconds that the request may take on its way beside the usual patience. */
  readonly time?: number | undefined;
}

export interface AskOptions {
  readonly http: Pick<Http, "ask">;
  readonly tokens: Tokens<Failure>;
  readonly calls: MonthCalls;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
  /** How often a call is made at most; 6 unless given. */
  readonly tries?: number | undefined;
}

/** Makes calls to DingTalk. */
export interface Ask {
  /** Asks until the platform takes it, within bounds; a stale token is renewed once a try. Never rejects. */
  ask<Value>(call: Call<Value>): Promise<Asked<Value>>;
  /** Gives up what is under way, and whatever comes later. */
  stop(): void;
}

/** The calls that may arrive twice: a card has its outTrackId, and of two uploads nobody sees the one that is not used. */
const repeatable: ReadonlySet<DingTalkLane["api"]> = new Set(["create", "update", "upload"]);

/** Whether a call must not be made again when it is not known what became of it. */
export function isOnce({ api }: DingTalkLane): boolean {
  return !repeatable.has(api);
}

export function createAsk({ http, tokens, calls, log, meter, tracer = noTracer, ...about }: AskOptions): Ask {
  const insist = createInsist<Failure, DingTalkLane>({
    ...about,
    patience: apiLimits.patience,
    tries: about.tries ?? apiLimits.tries,
    obstacle: obstacleOf,
    late(last = failureOf("unavailable", "DingTalk did not take the call in time."), underWay) {
      return { ...last, maybeSent: last.maybeSent || underWay };
    },
    full: failureOf("rate", "Too many calls wait for their turn."),
    onAgain({ kind, code, requestId, sentence }, { api }, made) {
      log.info({ call: api, kind, code, requestId, reason: sentence, try: made }, "A call to DingTalk is made again.");
    },
  });

  function traced<Value>(call: Call<Value>, token: string): Promise<Asked<Value>> {
    const request = call.exchange(token);
    // The address of a session webhook is secret, its host is not.
    const about = { "deskhand.call": call.lane.api, "server.address": request.url.host } as const;
    return tracer.span("dingtalk.call", about, async (span) => {
      const asked = await exchange(call, request);
      conclude(span, asked.ok ? undefined : asked.failure.kind);
      return asked;
    });
  }

  async function exchange<Value>(call: Call<Value>, request: Exchange): Promise<Asked<Value>> {
    try {
      const answer = await http.ask(request);
      noteCall(call);
      const failure = failureOfAnswer(answer, call.dialect);
      return failure === undefined ? call.read(answer.data) : { ok: false, failure };
    } catch (error) {
      const failure = failureOfThrown(error);
      if (failure.maybeSent) {
        noteCall(call);
      }
      return { ok: false, failure };
    }
  }

  function noteCall({ free }: Call<unknown>): void {
    if (free !== true) {
      calls.called();
    }
  }

  function noteOutcome({ lane: { api }, free }: Call<unknown>, asked: Asked<unknown>): void {
    meter.count("dingtalk_calls", { call: api, outcome: asked.ok ? "ok" : asked.failure.kind });
    if (asked.ok && free !== true) {
      calls.succeeded();
    } else if (!asked.ok && asked.failure.kind === "quota") {
      calls.spent();
    }
  }

  async function once<Value>(call: Call<Value>): Promise<Asked<Value>> {
    const token = call.free === true ? { ok: true as const, token: "" } : await tokens.get();
    if (!token.ok) {
      // What may have arrived is the request for a token, and not this call.
      return { ok: false, failure: { ...token.failure, maybeSent: false } };
    }
    const began = about.clock.elapsed();
    const asked = await traced(call, token.token);
    const took = (about.clock.elapsed() - began) / 1_000;
    meter.observe("dingtalk_call_duration_seconds", took, { call: call.lane.api });
    noteOutcome(call, asked);
    if (!asked.ok && asked.failure.kind === "token") {
      tokens.drop(token.token);
    }
    return asked;
  }

  async function renewed<Value>(call: Call<Value>): Promise<Asked<Value>> {
    const asked = await once(call);
    return !asked.ok && asked.failure.kind === "token" && call.free !== true ? once(call) : asked;
  }

  return {
    async ask(call) {
      let maybeSent = false;
      const attempt = async () => {
        const asked = await renewed(call);
        maybeSent ||= !asked.ok && asked.failure.maybeSent;
        return asked;
      };
      const asked = await insist.within((signal) => insist.call(call.lane, attempt, signal), call.time);
      if (asked.ok) {
        return asked;
      }
      const { kind, code, requestId, sentence } = asked.failure;
      if (kind === "refused" || kind === "parameter") {
        log.error({ call: call.lane.api, kind, code, requestId, reason: sentence }, "DingTalk did not take a call.");
      }
      return { ok: false, failure: { ...asked.failure, maybeSent: maybeSent || asked.failure.maybeSent } };
    },
    stop: () => insist.stop(),
  };
}

/** What another try may get over. A call without a key against doubles is tried again only where it surely was not taken. */
function obstacleOf({ kind, limited, reset, maybeSent }: Failure, lane: DingTalkLane): Obstacle | undefined {
  if (maybeSent && isOnce(lane)) {
    return undefined;
  }
  if (kind === "rate") {
    return { limit: limited === "api" && lane.api !== "webhook" ? "api" : "key", reset };
  }
  return kind === "unavailable" ? "trouble" : undefined;
}
