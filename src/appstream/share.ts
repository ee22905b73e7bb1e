import { LRUCache } from "lru-cache";
import type { CallOptions, Clock, Outcome, Page, Wait } from "../fleet/index.ts";
import { conclude, type Meter, type Place, type Tracer } from "../telemetry/index.ts";
import type { Job } from "./attempt.ts";
import { givenUp } from "./errors.ts";
import type { Urgency } from "./limiter.ts";
import type { Counters, Log } from "./options.ts";
import type { Query } from "./wire.ts";

export interface ShareOptions {
  /** Answers a job; does not reject. */
  readonly answer: (job: Job) => Promise<Outcome<Page>>;
  /** Milliseconds that a page is kept; 0 keeps none. */
  readonly reuse: number;
  /** Pages that are kept at most. */
  readonly entries: number;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly meter: Meter;
  readonly tracer: Tracer;
  readonly log: Log;
}

export interface Question {
  readonly query: Query;
  /** The page size that the query asks for. */
  readonly size: number;
  /** Whether a kept page is good enough, and whether the answer is kept. Scans say no. */
  readonly reusable: boolean;
}

/**
 * Lets those who ask the same thing share one request, and a page of a few seconds ago.
 *
 * A question joins a request under way for the same query. A `fresh` one joins it only while no attempt of it is on the
 * wire, so that its answer was never begun before it was asked; otherwise it starts a request of its own, which later
 * questions join. A person who joins makes the request urgent. Whoever gives up leaves the others alone; the request
 * itself is given up with its last waiter. Failures are never kept.
 */
export interface Share {
  ask(question: Question, options: CallOptions): Promise<Outcome<Page>>;
  /** Gives up all requests under way and refuses further questions, as `stopped`. */
  close(): void;
}

/** One request under way and those who wait for it. */
interface Flight {
  urgency: Urgency;
  /** An attempt is on the wire. */
  begun: boolean;
  attempts: number;
  /** When the attempt on the wire went out, and how long those before it took, milliseconds. */
  wire: { since: number; took: number };
  waiters: number;
  /** What the flight waits for now; told to those who join. */
  waiting: Wait | undefined;
  readonly listeners: Set<(wait: Wait) => void>;
  readonly controller: AbortController;
  outcome: Promise<Outcome<Page>>;
  /** Where its trace has it. */
  place: Place | undefined;
}

export function createShare({ answer, reuse, entries, clock, counters, meter, tracer, log }: ShareOptions): Share {
  const flights = new Map<string, Flight>();
  const underWay = new Set<Flight>();
  const kept = new LRUCache<string, Page>({
    max: entries,
    ttl: Math.max(reuse, 1),
    ttlResolution: 0,
    // The cache takes a start at 0 for "no time to live".
    perf: { now: () => clock.elapsed() + 1 },
  });
  let closed = false;

  function tell(listener: (wait: Wait) => void, wait: Wait): void {
    try {
      listener(wait);
    } catch (error) {
      log.warn({ wait, reason: String(error) }, "a listener for waits failed");
    }
  }

  function launch(key: string, { query, size, reusable }: Question, urgency: Urgency): Flight {
    const flight: Flight = {
      urgency,
      begun: false,
      attempts: 0,
      wire: { since: 0, took: 0 },
      waiters: 0,
      waiting: undefined,
      listeners: new Set(),
      controller: new AbortController(),
      outcome: Promise.resolve({ ok: false, failure: givenUp(undefined, 0) }),
      place: undefined,
    };
    const job: Job = {
      query,
      size,
      urgency: () => flight.urgency,
      made: 0,
      signal: flight.controller.signal,
      onBegin() {
        flight.begun = true;
        flight.attempts += 1;
        flight.waiting = undefined;
        flight.wire.since = clock.elapsed();
      },
      onEnd() {
        flight.wire.took += clock.elapsed() - flight.wire.since;
      },
      onWait(wait) {
        flight.begun = false;
        flight.waiting = wait;
        for (const listener of flight.listeners) tell(listener, wait);
      },
    };
    flights.set(key, flight);
    underWay.add(flight);
    const about = { "deskhand.answer": "asked", "deskhand.urgency": urgency } as const;
    const answering = tracer.span("api.page", about, async (span) => {
      flight.place = tracer.place();
      const outcome = await answer(job);
      conclude(span, outcome.ok ? undefined : outcome.failure.kind);
      return outcome;
    });
    flight.outcome = answering.then((outcome) => {
      // A flight that a fresh one took the place of has the older page: it is not kept.
      if (outcome.ok && reusable && reuse > 0 && flights.get(key) === flight) kept.set(key, outcome.value);
      land(key, flight);
      return outcome;
    });
    return flight;
  }

  /** Waits for a flight of one's own, or of somebody else, and says what that took. */
  async function ride(key: string, flight: Flight, options: CallOptions, own: boolean): Promise<Outcome<Page>> {
    const began = clock.elapsed();
    const outcome = await join(key, flight, options);
    const api = own ? flight.wire.took : 0;
    const requestId = outcome.ok ? outcome.value.requestId : outcome.failure.requestId;
    options.onAsked?.({ api, waited: Math.max(0, clock.elapsed() - began - api), requestId });
    return outcome;
  }

  function land(key: string, flight: Flight): void {
    underWay.delete(flight);
    if (flights.get(key) === flight) flights.delete(key);
  }

  function join(key: string, flight: Flight, { signal, onWait }: CallOptions): Promise<Outcome<Page>> {
    const listener = (wait: Wait): void => onWait?.(wait);
    flight.waiters += 1;
    flight.listeners.add(listener);
    if (flight.waiting !== undefined) tell(listener, flight.waiting);
    return new Promise((resolve) => {
      const leave = (outcome: Outcome<Page>): void => {
        signal.removeEventListener("abort", giveUp);
        flight.listeners.delete(listener);
        flight.waiters -= 1;
        resolve(outcome);
      };
      const giveUp = (): void => {
        leave({ ok: false, failure: givenUp(signal.reason, flight.attempts) });
        if (flight.waiters > 0) return;
        land(key, flight);
        flight.controller.abort();
      };
      signal.addEventListener("abort", giveUp, { once: true });
      // After a `giveUp` the promise is settled, and this must not count the waiter twice.
      flight.outcome.then((outcome) => {
        if (flight.listeners.has(listener)) leave(outcome);
      });
    });
  }

  return {
    async ask(question, options) {
      if (closed || options.signal.aborted) {
        return { ok: false, failure: givenUp(closed ? undefined : options.signal.reason, 0) };
      }
      const key = JSON.stringify(question.query);
      const fresh = options.fresh === true;
      const page = question.reusable && !fresh ? kept.get(key) : undefined;
      if (page !== undefined) {
        counters.reused += 1;
        meter.count("api_questions", { answer: "reused" });
        return { ok: true, value: page };
      }
      const current = flights.get(key);
      if (current === undefined || (fresh && current.begun)) {
        meter.count("api_questions", { answer: "asked" });
        return ride(key, launch(key, question, options.urgency), options, true);
      }
      counters.shared += 1;
      meter.count("api_questions", { answer: "shared" });
      if (options.urgency === "person") current.urgency = "person";
      const about = { "deskhand.answer": "shared", "deskhand.urgency": options.urgency } as const;
      return tracer.span("api.page", about, async (span) => {
        if (current.place !== undefined) span.link(current.place);
        const outcome = await ride(key, current, options, false);
        conclude(span, outcome.ok ? undefined : outcome.failure.kind);
        return outcome;
      });
    },
    close() {
      closed = true;
      for (const flight of underWay) flight.controller.abort();
      kept.clear();
    },
  };
}
