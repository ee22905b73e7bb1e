import type { Clock, Page, Wait } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
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
  /** Aborted when nobody waits any more, or at the stop. */
  readonly signal: AbortSignal;
  /** A request goes out now. */
  readonly onBegin: () => void;
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
  readonly limiter: Limiter;
  /** Milliseconds from the turn to the last byte. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly meter: Meter;
}

type Ending =
  | { readonly kind: "body"; readonly body: unknown }
  | { readonly kind: "thrown"; readonly thrown: unknown }
  | { readonly kind: "deadline" }
  | { readonly kind: "given-up" };

/** Makes one attempt: waits for a turn, sends, and waits for the answer no longer than its deadline. Never rejects. */
export function createAttempt({ sdk, limiter, timeout, clock, counters, meter }: AttemptOptions) {
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
    const generation = sdk.generation();
    const ending = await send(job, acquired.turn);
    meter.observe("api_call_duration_seconds", (clock.elapsed() - acquired.turn.startedAt) / 1_000, {});
    if (ending.kind === "given-up") {
      const failure = givenUp(signal.reason, 1);
      meter.count("api_calls", { outcome: failure.kind });
      return { kind: "ended", failure };
    }
    const result = problemOf(ending, job);
    meter.count("api_calls", { outcome: "runtimes" in result ? "ok" : result.failure.kind });
    if ("runtimes" in result) return { kind: "page", page: result };
    if (result.failure.kind === "throttled") {
      counters.throttled += 1;
      limiter.slowDown(acquired.turn.startedAt);
    }
    return { kind: "problem", problem: result, generation };
  };
}
