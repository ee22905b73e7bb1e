import { noMeter, noTracer } from "../telemetry/index.ts";
import { createAttempt } from "./attempt.ts";
import { problemOfThrown } from "./errors.ts";
import { createLimiter } from "./limiter.ts";
import type { AppStream, AppStreamOptions, Counters } from "./options.ts";
import { createRetry } from "./retry.ts";
import { scanPages } from "./scan.ts";
import { createSdk, hostOf } from "./sdk.ts";
import { createShare } from "./share.ts";
import { boundedSize, toQuery } from "./wire.ts";

/** Requests under way at once; the rate keeps them fewer, unless the API is slow. */
const concurrency = 8;
/** Requests of one urgency that may wait for their turn. */
const queueLimit = 200;
/** Pages that are kept for reuse. */
const keptPages = 100;
/** Milliseconds that the start waits for credentials. */
const warmUp = 2_000;
const defaultReuse = 5_000;

/** A fleet behind the real API. Holds no connection and no timer before the first call; never throws for a call. */
export function createAppStream(options: AppStreamOptions): AppStream {
  const { clock, random, log, timeout, attempts, requestsPerSecond, pageSize, reuse = defaultReuse } = options;
  const { meter = noMeter, tracer = noTracer } = options;
  const counters: Counters = { calls: 0, retries: 0, throttled: 0, abandoned: 0, shared: 0, reused: 0 };
  const sdk = createSdk(options);
  const limiter = createLimiter({ requestsPerSecond, concurrency, queueLimit, clock });
  const attempt = createAttempt({ sdk, host: hostOf(options), limiter, timeout, clock, counters, meter, tracer });
  const answer = createRetry({
    attempt,
    attempts,
    renew: sdk.renew,
    clock,
    random,
    counters,
    meter,
    log,
    say: options.say,
  });
  const share = createShare({ answer, reuse, entries: keptPages, clock, counters, meter, tracer, log });
  const stopping = new AbortController();
  meter.gauge("api_queue", () => [
    [{ urgency: "person" }, limiter.waiting("person")],
    [{ urgency: "scan" }, limiter.waiting("scan")],
  ]);
  meter.gauge("api_under_way", limiter.underWay);
  meter.gauge("api_rate", limiter.rate);
  meter.gauge("api_rate_limit", () => requestsPerSecond);

  async function warm(): Promise<void> {
    try {
      await sdk.warm();
      log.info({ provider: sdk.provider() }, "the client of the API is ready");
    } catch (error) {
      const { failure } = problemOfThrown(error, sdk.secrets());
      const words = options.say?.(failure);
      log.warn({ failure, todo: words?.todo }, words?.says ?? "there are no credentials for the API");
    }
  }

  return {
    page(request, callOptions) {
      const question = { query: toQuery(request), size: boundedSize(request.size), reusable: true };
      return share.ask(question, callOptions);
    },
    scan({ provider, filters, limit }, fold, callOptions) {
      const size = boundedSize(pageSize);
      return scanPages({
        ask: (page) => {
          const query = toQuery({ provider, filters, page, size });
          return share.ask({ query, size, reusable: false }, callOptions);
        },
        fold,
        limit,
      });
    },
    async start() {
      const warmed = new AbortController();
      const signal = AbortSignal.any([warmed.signal, stopping.signal]);
      const patience = clock.sleep(warmUp, signal).catch(() => undefined);
      await Promise.race([warm(), patience]);
      warmed.abort();
    },
    async stop() {
      stopping.abort();
      share.close();
      limiter.close();
    },
    stats: () => ({ ...counters }),
    credentialProvider: () => sdk.provider(),
  };
}
