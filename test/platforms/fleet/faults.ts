import { createFaultOrders, type WireFault } from "../faults.ts";
import type { Distortion } from "./listing.ts";

/** The parameters of a request, flattened. */
export type Parameters = Readonly<Record<string, string>>;

/** What goes wrong with a request to the API. */
export type FleetFault =
  | WireFault
  | Distortion
  /** An error of the API; `retryAfter` are milliseconds, sent as x-acs-retry-after. */
  | {
      readonly kind: "error";
      readonly status?: number | undefined;
      readonly code?: string | undefined;
      readonly retryAfter?: number | undefined;
    }
  /** Too many requests. */
  | { readonly kind: "throttle"; readonly retryAfter?: number | undefined }
  /** A page of a gateway. */
  | { readonly kind: "html"; readonly status?: number | undefined };

export interface Which {
  /** How many requests it happens to: 1 unless given, Infinity until `clear`. */
  readonly count?: number | undefined;
  readonly fits?: ((parameters: Parameters) => boolean) | undefined;
}

/** What goes wrong, to be set at any time. */
export interface FleetFaults {
  /** The next requests that fit fail; orders are served one after another. */
  next(fault: FleetFault, which?: Which): void;
  /** Everything works again. */
  clear(): void;
}

/** The faults, and what the stand-in asks of them. */
export interface FaultPlan {
  readonly knobs: FleetFaults;
  /** What goes wrong with this request; call it once for each. */
  take(parameters: Parameters): { readonly wire?: WireFault; readonly distortion?: Distortion };
}

export function createFleetFaults(): FaultPlan {
  const orders = createFaultOrders<FleetFault, Parameters>();
  return {
    knobs: {
      next: (fault, { count = 1, fits = () => true } = {}) => orders.add(fault, count, fits),
      clear: orders.clear,
    },
    take(parameters) {
      const fault = orders.next(parameters);
      if (fault === undefined) return {};
      if (fault.kind === "short" || fault.kind === "total") return { distortion: fault };
      return { wire: wireFault(fault) };
    },
  };
}

function wireFault(fault: Exclude<FleetFault, Distortion>): WireFault {
  switch (fault.kind) {
    case "error":
      return refusal(fault.status ?? 500, fault.code ?? "InternalError", fault.retryAfter);
    case "throttle":
      return refusal(400, "Throttling.User", fault.retryAfter);
    case "html":
      return {
        kind: "answer",
        status: fault.status ?? 502,
        headers: { "content-type": "text/html" },
        body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
      };
    default:
      return fault;
  }
}

function refusal(status: number, Code: string, retryAfter: number | undefined): WireFault {
  return {
    kind: "answer",
    status,
    headers: retryAfter === undefined ? {} : { "x-acs-retry-after": String(retryAfter) },
    body: { RequestId: "0A1B2C3D-0000-0000-0000-000000000000", HostId: "127.0.0.1", Code, Message: `${Code}.` },
  };
}
