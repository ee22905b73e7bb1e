import type { Code } from "./answers.ts";

/** What goes wrong with a request to the platform. */
export type ApiFault =
  /** This answer instead of the right one, before anything was done. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body?: object | string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** One of the platform's refusals, before anything was done. */
  | { readonly kind: "refuse"; readonly code: Code; readonly ext?: string | undefined }
  /** There is never an answer, and nothing was done. */
  | { readonly kind: "hang" }
  /** The connection is reset, and nothing was done. */
  | { readonly kind: "reset" }
  /** It was done, and the connection is cut before the answer: whoever tries again needs a uuid. */
  | { readonly kind: "cut" }
  /** It was done, and the answer ends in its middle. */
  | { readonly kind: "truncated" }
  /** The right answer, so many milliseconds later. */
  | { readonly kind: "delay"; readonly ms: number };

export interface Which {
  /** How many requests it happens to; 1 unless given. */
  readonly count?: number | undefined;
  readonly method?: string | undefined;
  readonly path?: RegExp | undefined;
}

/** How a ping is answered: rightly, not at all, with bytes that are no JSON, with JSON that lacks the intervals. */
export type Pong = "answer" | "withhold" | "rubbish" | "no-config";

/** What goes wrong, to be set at any time. */
export interface Faults {
  /** The next requests of this kind fail; orders are served one after another. */
  api(fault: ApiFault, which?: Which): void;
  /** The endpoint of the long connection refuses: 514 a wrong secret, 403, 1000040343, 1 busy. */
  refuseEndpoint(code: number, msg: string, count?: number): void;
  /** The next events arrive twice: as they are, or as a new event with the same message. */
  duplicate(count: number, how: "same-event" | "new-event"): void;
  /** The next so many events are held back until all of them are there, and then arrive the last one first. */
  reorder(count: number): void;
  /** Milliseconds before an event is delivered. */
  delayEvents: number;
  pong: Pong;
  /** Fragments of an event arrive the last one first. */
  reverseFragments: boolean;
  /** Everything works again. */
  clear(): void;
}

/** The faults, and what the stand-in asks of them. */
export interface FaultPlan {
  readonly knobs: Faults;
  /** What goes wrong with this request; call it once for each. */
  next(method: string, path: string): ApiFault | undefined;
  /** Whether this event arrives twice, and how; call it once for each. */
  double(): "same-event" | "new-event" | undefined;
  /** Whether an event is to be held back; true for the last one too, which lets all of them go. */
  hold(): { readonly last: boolean } | undefined;
}

interface Order {
  left: number;
  readonly fault: ApiFault;
  readonly which: Which;
}

/** Everything works until something is said. */
export function createFaults(): FaultPlan {
  const orders: Order[] = [];
  let doubles: { left: number; readonly how: "same-event" | "new-event" } | undefined;
  let held = 0;

  const knobs: Faults = {
    api(fault, which = {}) {
      orders.push({ left: which.count ?? 1, fault, which });
    },
    refuseEndpoint(code, msg, count = 1) {
      const body = { code, msg, data: {} };
      knobs.api({ kind: "answer", status: 200, body }, { count, path: /^\/callback\/ws\/endpoint$/ });
    },
    duplicate(count, how) {
      doubles = { left: count, how };
    },
    reorder(count) {
      held = count;
    },
    delayEvents: 0,
    pong: "answer",
    reverseFragments: false,
    clear() {
      orders.length = 0;
      doubles = undefined;
      held = 0;
      knobs.delayEvents = 0;
      knobs.pong = "answer";
      knobs.reverseFragments = false;
    },
  };

  return {
    knobs,
    next(method, path) {
      const index = orders.findIndex(
        ({ which }) => (which.method ?? method) === method && (which.path === undefined || which.path.test(path)),
      );
      const order = orders[index];
      if (order === undefined) return undefined;
      order.left -= 1;
      if (order.left <= 0) orders.splice(index, 1);
      return order.fault;
    },
    double() {
      if (doubles === undefined || doubles.left <= 0) return undefined;
      doubles.left -= 1;
      return doubles.how;
    },
    hold() {
      if (held <= 0) return undefined;
      held -= 1;
      return { last: held === 0 };
    },
  };
}
