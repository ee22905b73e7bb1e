import type { Clock, FleetFailure, Outcome, Page } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { Attempt, Job } from "./attempt.ts";
import { givenUp } from "./errors.ts";
import type { Counters, Log, Say } from "./options.ts";

/** The longest wait before the second attempt, in milliseconds; doubled for each further one. */
const firstBackoff = { other: 250, throttled: 1_000 } as const;
const longestBackoff = 8_000;

export interface RetryOptions {
  readonly attempt: (job: Job) => Promise<Attempt>;
  /** All attempts of one job, at least 1. */
  readonly attempts: number;
  /** Asks for the credentials anew, unless that was done since the generation. */
  readonly renew: (generation: number) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly counters: Counters;
  readonly meter: Meter;
  readonly log: Log;
  readonly say?: Say | undefined;
}

/**
 * Makes attempts until one brings a page, one fails for good, or their number is used up. Between them it waits a
 * random part of a span that doubles, so that several processes do not knock in step. A security token that is over is
 * renewed once, without a wait. The job's signal ends all of it at once. Never rejects.
 */
export function createRetry({ attempt, attempts, renew, clock, random, counters, meter, log, say }: RetryOptions) {
  async function backOff(job: Job, { kind }: FleetFailure, made: number): Promise<boolean> {
    const first = kind === "throttled" ? firstBackoff.throttled : firstBackoff.other;
    const span = Math.min(first * 2 ** (made - 1), longestBackoff);
    job.onWait(kind === "throttled" ? "throttled" : "retrying");
    return clock.sleep(random() * span, job.signal).then(
      () => true,
      () => false,
    );
  }

  function failed(failure: FleetFailure, made: number): Outcome<Page> {
    const outcome = { ...failure, attempts: made };
    if (failure.kind !== "stopped") {
      const words = say?.(outcome);
      log.warn({ failure: outcome, todo: words?.todo }, words?.says ?? "a request to the API failed");
    }
    return { ok: false, failure: outcome };
  }

  return async (job: Job): Promise<Outcome<Page>> => {
    let renewed = false;
    for (let made = 1; ; made += 1) {
      const onBegin = (): void => {
        if (made > 1) {
          counters.retries += 1;
          meter.count("api_retries", {});
        }
        job.onBegin();
      };
      const tried = await attempt({ ...job, made: made - 1, onBegin });
      if (tried.kind === "page") return { ok: true, value: tried.page };
      if (tried.kind === "ended") return failed(tried.failure, made - 1 + tried.failure.attempts);
      const { problem, generation } = tried;
      const renews: boolean = problem.renewable && !renewed;
      if (made >= attempts || !(problem.retryable || renews)) return failed(problem.failure, made);
      log.debug({ failure: problem.failure, attempt: made }, "an attempt failed and is repeated");
      if (renews) {
        renewed = true;
        renew(generation);
      } else if (!(await backOff(job, problem.failure, made))) {
        return failed(givenUp(job.signal.reason, 0), made);
      }
    }
  };
}
