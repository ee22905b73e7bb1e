import type { Clock, Page, Wait } from "../fleet/index.ts";
import type { Meter, Span, Tracer } from "../telemetry/index.ts";
import { parsePage } from "./envelope.ts";
import { givenUp, localProblem, overloaded, type Problem, problemOfBody, problemOfThrown } from "./errors.ts";
import type { Limiter, Turn, Urgency } from "./limiter.ts";
import type { Counters } from "./options.ts";
import type { Sdk } from "./sdk.ts";
import type { Query } from "./wire.ts";

/** One question to the API, for everyone who waits for its answer. */
export interface Job {
  readonly query: Query;
  /** The page size that the query asks for. */
  readonly size: number;
  readonly urgency: () => Urgency;
  /** Attempts that were made before. */
  readonly made: number;
  /** Aborted when nobody waits any more, or at the stop. */
  readonly signal: AbortSignal;
  /** A request goes out now, */
  readonly onBegin: () => void;
  /** and nobody waits for its answer any more, which has come or was given up. */
  readonly onEnd: () => void;
  /** There is a wait before the next request goes out. */
  readonly onWait: (wait: Wait) => void;
}

export type Attempt =
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "problem"; readonly problem: Problem; readonly generation: number }
  /** Nobody waits any more, or it was not let in; its `attempts` is 1 when a request was made, else 0. */
  | { readonly kind: "ended"; readonly failure: Problem["failure"] };

export interface AttemptOptions {
  readonly sdk: Sdk;
  /** Where the API is, for traces. */
  readonly host: string;
  readonly limiter: Limiter;
  /** Milliseconds from the turn to the last byte. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly meter: Meter;
  readonly tracer: Tracer;
}

type Ending =
  | { readonly kind: "body"; readonly body: unknown }
  | { readonly kind: "thrown"; readonly thrown: unknown }
  | { readonly kind: "deadline" }
  | { readonly kind: "given-up" };

/** Makes one attempt: waits for a turn, sends, and waits for the answer no longer than its deadline. Never rejects. */
export function createAttempt(options: AttemptOptions) {
  const { sdk, host, limiter, timeout, clock, counters, meter, tracer } = options;

  /** Sends, and keeps the turn until the SDK is really done: it cannot be called off, and its socket is still used. */
  async function send(job: Job, turn: Turn): Promise<Ending> {
    counters.calls += 1;
    const over = new AbortController();
    const giveUp = (): void => over.abort();
    job.signal.addEventListener("abort", giveUp, { once: true });
    const answer = sdk
      .call(job.query)
      .then(
        (body): Ending => ({ kind: "body", body }),
        (thrown: unknown): Ending => ({ kind: "thrown", thrown }),
      )
      .finally(() => turn.release());
    const deadline = clock.sleep(timeout, over.signal).then(
      (): Ending => ({ kind: "deadline" }),
      (): Ending => ({ kind: "given-up" }),
    );
    const ending = await Promise.race([answer, deadline]);
    job.signal.removeEventListener("abort", giveUp);
    over.abort();
    if (ending.kind === "deadline" || ending.kind === "given-up") counters.abandoned += 1;
    return ending;
  }

  function problemOf(ending: Exclude<Ending, { kind: "given-up" }>, { query, size }: Job): Page | Problem {
    if (ending.kind === "deadline") return localProblem("timeout", true, undefined, `no answer within ${timeout} ms`);
    if (ending.kind === "thrown") return problemOfThrown(ending.thrown, sdk.secrets());
    const problem = problemOfBody(ending.body, sdk.secrets());
    if (problem !== undefined) return problem;
    return (
      parsePage(ending.body, size, Number(query.PageNumber)) ??
      localProblem("unreadable", true, undefined, "an answer without a total")
    );
  }

  return async (job: Job): Promise<Attempt> => {
    const { urgency, signal } = job;
    const acquired = await limiter.acquire({ urgency, signal, onQueued: () => job.onWait("queued") });
    if (acquired.kind === "overloaded") return { kind: "ended", failure: overloaded(0) };
    if (acquired.kind === "given-up") return { kind: "ended", failure: givenUp(signal.reason, 0) };
    job.onBegin();
    return tracer.span(
      "ListDesktopAgentRuntime",
      { "http.request.method": "POST", "server.address": host, "http.request.resend_count": job.made },
      async (span) => {
        const made = await make(job, acquired.turn);
        job.onEnd();
        tellOf(made, span);
        return made;
      },
    );
  };

  async function make(job: Job, turn: Turn): Promise<Attempt> {
    const generation = sdk.generation();
    const ending = await send(job, turn);
    meter.observe("api_call_duration_seconds", (clock.elapsed() - turn.startedAt) / 1_000, {});
    if (ending.kind === "given-up") {
      const failure = givenUp(job.signal.reason, 1);
      meter.count("api_calls", { outcome: failure.kind });
      return { kind: "ended", failure };
    }
    const result = problemOf(ending, job);
    meter.count("api_calls", { outcome: "runtimes" in result ? "ok" : result.failure.kind });
    if ("runtimes" in result) return { kind: "page", page: result };
    if (result.failure.kind === "throttled") {
      counters.throttled += 1;
      limiter.slowDown(turn.startedAt);
    }
    return { kind: "problem", problem: result, generation };
  }
}

/** What a trace tells of an attempt. */
function tellOf(made: Attempt, span: Span<"ListDesktopAgentRuntime">): void {
  if (made.kind === "page") {
    span.set({ ...answered, "deskhand.request_id": made.page.requestId, "deskhand.outcome": "ok" });
    return;
  }
  const { kind, requestId } = made.kind === "problem" ? made.problem.failure : made.failure;
  span.set({
    "deskhand.outcome": kind,
    "deskhand.request_id": requestId,
    "http.response.status_code": made.kind === "problem" ? made.problem.status : undefined,
    "deskhand.throttled": kind === "throttled" || undefined,
  });
  span.failed(kind);
}

/** The SDK gives the body of a success, whatever its status was. */
const answered = { "http.response.status_code": 200 } as const;
