import { createFaultOrders, type WireFault } from "../faults.ts";
import { type Code, refusal } from "./answers.ts";

/** What goes wrong with a request to the platform. */
export type ApiFault =
  | WireFault
  /** One of the platform's refusals, before anything was done. */
  | { readonly kind: "refuse"; readonly code: Code; readonly ext?: string | undefined };

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
  next(method: string, path: string): WireFault | undefined;
  /** Whether this event arrives twice, and how; call it once for each. */
  double(): "same-event" | "new-event" | undefined;
  /** Whether an event is to be held back; true for the last one too, which lets all of them go. */
  hold(): { readonly last: boolean } | undefined;
}

/** Everything works until something is said. */
export function createFaults(): FaultPlan {
  const orders = createFaultOrders<WireFault, { readonly method: string; readonly path: string }>();
  let doubles: { left: number; readonly how: "same-event" | "new-event" } | undefined;
  let held = 0;

  const knobs: Faults = {
    api(fault, which = {}) {
      const wire: WireFault = fault.kind === "refuse" ? { kind: "answer", ...refusal(fault.code, fault.ext) } : fault;
      orders.add(
        wire,
        which.count ?? 1,
        ({ method, path }) =>
          (which.method ?? method) === method && (which.path === undefined || which.path.test(path)),
      );
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
      orders.clear();
      doubles = undefined;
      held = 0;
      knobs.delayEvents = 0;
      knobs.pong = "answer";
      knobs.reverseFragments = false;
    },
  };

  return {
    knobs,
    next: (method, path) => orders.next({ method, path }),
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
