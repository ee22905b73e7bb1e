import { createFaultOrders, type WireFault } from "../faults.ts";
import { type Code, refusal } from "./answers.ts";
import type { Api } from "./routes.ts";

/** What goes wrong with a request to the platform. */
export type ApiFault =
  | WireFault
  /** One of the refusals of the newer API, before anything was done. */
  | { readonly kind: "refuse"; readonly code: Code }
  /** An error of the older API (webhooks, uploads): HTTP 200 and this. */
  | { readonly kind: "errcode"; readonly errcode: number; readonly errmsg?: string | undefined }
  /** A page of something that stands between, as for an address that asks too often (document "Call frequency"). */
  | { readonly kind: "html"; readonly status: number };

export interface Which {
  /** How many requests it happens to; 1 unless given, Infinity until `clear`. */
  readonly count?: number | undefined;
  /** Every interface unless given. */
  readonly api?: Api | readonly Api[] | undefined;
}

/** What goes wrong, to be set at any time. */
export interface Faults {
  /** The next requests of this kind fail; orders are served one after another. */
  api(fault: ApiFault, which?: Which): void;
  /** The next cards are made and not delivered: 200, and a deliverResult that says so. */
  failDelivery(count: number, errorMsg?: string): void;
  /** The next robot messages arrive twice: two frames, one msgId. */
  duplicate(count: number): void;
  /** Milliseconds before a frame is sent. */
  delayFrames: number;
  /** Milliseconds until what a client says by its socket arrives, while what it says by HTTP is there at once. */
  delayReplies: number;
  /** Who is not written to by the robot for now: flowControlledStaffIdList. */
  readonly throttled: Set<string>;
  /** How a request to become a WebSocket ends. */
  sockets: "accept" | "refuse" | "hang";
  /** Sockets are refused for so many milliseconds, and accepted then. */
  refuseSockets(milliseconds: number): void;
  /** Everything works again. */
  clear(): void;
}

/** The faults, and what the stand-in asks of them. */
export interface FaultPlan {
  readonly knobs: Faults;
  /** What goes wrong with this request; call it once for each. */
  next(api: Api): WireFault | undefined;
  /** The error of a delivery that is to fail; call it once for each. */
  failure(): string | undefined;
  /** Whether this message arrives twice; call it once for each. */
  double(): boolean;
}

const page =
  "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center></body></html>";

function wireFault(fault: ApiFault): WireFault {
  switch (fault.kind) {
    case "refuse":
      return { kind: "answer", ...refusal(fault.code) };
    case "errcode":
      return { kind: "answer", status: 200, body: { errcode: fault.errcode, errmsg: fault.errmsg ?? "error" } };
    case "html":
      return { kind: "answer", status: fault.status, body: page, headers: { "content-type": "text/html" } };
    default:
      return fault;
  }
}

/** Everything works until something is said. */
export function createFaults(after: (milliseconds: number, task: () => void) => void, changed: () => void): FaultPlan {
  const orders = createFaultOrders<WireFault, Api>();
  let failures = { left: 0, errorMsg: "" };
  let doubles = 0;

  const knobs: Faults = {
    api(fault, { count = 1, api } = {}) {
      const apis = api === undefined ? undefined : [api].flat();
      orders.add(wireFault(fault), count, (asked) => apis === undefined || apis.includes(asked));
    },
    failDelivery(count, errorMsg = "SYSTEM_ERROR") {
      failures = { left: count, errorMsg };
    },
    duplicate(count) {
      doubles = count;
    },
    delayFrames: 0,
    delayReplies: 0,
    throttled: new Set(),
    sockets: "accept",
    refuseSockets(milliseconds) {
      knobs.sockets = "refuse";
      after(milliseconds, () => {
        knobs.sockets = "accept";
        changed();
      });
    },
    clear() {
      orders.clear();
      failures = { left: 0, errorMsg: "" };
      doubles = 0;
      knobs.delayFrames = 0;
      knobs.delayReplies = 0;
      knobs.throttled.clear();
      knobs.sockets = "accept";
    },
  };

  return {
    knobs,
    next: (api) => orders.next(api),
    failure() {
      if (failures.left <= 0) return undefined;
      failures.left -= 1;
      return failures.errorMsg;
    },
    double() {
      if (doubles <= 0) return false;
      doubles -= 1;
      return true;
    },
  };
}
