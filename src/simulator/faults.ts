import { createRandom, mix, pick } from "./random.ts";

/**
 * What goes wrong with a request.
 *
 * - `error`: the API's error body with `code` and `message` and the status (500 unless given).
 * - `deny`: RAM refuses, status 403, with AccessDeniedDetail.
 * - `error-in-200`: an error body with status 200.
 * - `html`: a page of some gateway (502 unless given).
 * - `truncated`: the answer, cut in the middle. `empty`: no body. `body`: the text in `body`, as it is.
 * - `reset`: the connection is reset. `hang`: there is never an answer.
 */
export type FailureKind =
  | "error"
  | "deny"
  | "error-in-200"
  | "html"
  | "truncated"
  | "empty"
  | "body"
  | "reset"
  | "hang";

/** A failure and how it looks; the kind is `error` unless given. */
export interface Failure {
  readonly kind?: FailureKind | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly body?: string | undefined;
  /** Milliseconds, sent as x-acs-retry-after. */
  readonly retryAfter?: number | undefined;
}

/** Knobs with which a simulator starts. */
export interface FaultSettings {
  /** Milliseconds before each answer. */
  readonly latency?: number | undefined;
  /** Share of requests that fail in some way of every day, 0 to 1; which ones is decided by the seed. */
  readonly errorRate?: number | undefined;
  /** After every so many answers the list shifts; 0 is never. */
  readonly shift?: number | undefined;
  /** `front`: the first row goes and comes back in turn. `rotate`: the first row goes to the end, the total stays. */
  readonly shiftKind?: "front" | "rotate" | undefined;
  /** Rows that a page has at most. */
  readonly maxPageSize?: number | undefined;
}

/** What goes wrong, to be set at any time. */
export interface Faults {
  latency: number;
  errorRate: number;
  shift: number;
  shiftKind: "front" | "rotate";
  maxPageSize: number;
  /** The next requests are throttled: status 400, Throttling.User, `retryAfter` milliseconds (1,000 unless given). */
  throttle(count: number, retryAfter?: number): void;
  /** The next requests fail. Requests that fail their signature are not among them. Orders are served one after another. */
  fail(count: number, failure: Failure): void;
  /** Everything works again; the page limit stays. */
  clear(): void;
}

/** Knobs, and what the server asks of them. */
export interface FaultPlan {
  readonly knobs: Faults;
  /** What goes wrong with this request; call it once for each. */
  next(): Failure | undefined;
}

/** What a service does on a bad day. */
const everyday: readonly [Failure, ...Failure[]] = [
  { status: 500, code: "InternalError", message: "The request processing has failed due to some unknown error." },
  {
    status: 503,
    code: "ServiceUnavailable",
    message: "The request has failed due to a temporary failure of the server.",
  },
  { status: 400, code: "Throttling.User", message: "Request was denied due to user flow control.", retryAfter: 500 },
  { kind: "html", status: 502 },
  { kind: "truncated" },
  { kind: "reset" },
];

/** Orders of failures that may wait; more are a mistake of the caller. */
const orderLimit = 1000;

/** Everything works unless the settings say otherwise. */
export function createFaults(settings: FaultSettings, seed: number, maxPageSize: number): FaultPlan {
  let orders: { left: number; readonly failure: Failure }[] = [];
  const random = createRandom(mix(seed, 0, 300));
  const knobs: Faults = {
    latency: settings.latency ?? 0,
    errorRate: settings.errorRate ?? 0,
    shift: settings.shift ?? 0,
    shiftKind: settings.shiftKind ?? "front",
    maxPageSize: settings.maxPageSize ?? maxPageSize,
    throttle(count, retryAfter = 1000) {
      const message = "Request was denied due to user flow control.";
      knobs.fail(count, { status: 400, code: "Throttling.User", message, retryAfter });
    },
    fail(count, failure) {
      if (orders.length >= orderLimit) throw new RangeError(`more than ${orderLimit} orders of failures are waiting`);
      if (count > 0) orders.push({ left: count, failure });
    },
    clear() {
      orders = [];
      knobs.latency = 0;
      knobs.errorRate = 0;
      knobs.shift = 0;
    },
  };
  return {
    knobs,
    next() {
      const order = orders[0];
      if (order === undefined) return random() < knobs.errorRate ? pick(everyday, random()) : undefined;
      order.left -= 1;
      if (order.left <= 0) orders.shift();
      return order.failure;
    },
  };
}
