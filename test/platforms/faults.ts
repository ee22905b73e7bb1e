import type { Gate } from "./gate.ts";

/** What goes wrong on the way of a request to a platform. */
export type WireFault =
  /** This answer instead of the right one, before anything was done. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body?: object | string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** There is never an answer, and nothing was done. */
  | { readonly kind: "hang" }
  /** The connection is reset, and nothing was done. */
  | { readonly kind: "reset" }
  /** It was done, and the connection is cut before the answer: whoever tries again needs a key against doubles. */
  | { readonly kind: "cut" }
  /** It was done, and the answer ends in its middle. */
  | { readonly kind: "truncated" }
  /** The right answer, so many milliseconds later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The right answer once the gate is open; what it says was done before that, or is done then, unless the client has gone. */
  | { readonly kind: "held"; readonly gate: Gate; readonly done: boolean };

/** Faults that were ordered: each for so many of the requests that it is meant for, one order after another. */
export interface FaultOrders<Fault, Asked> {
  add(fault: Fault, count: number, fits: (asked: Asked) => boolean): void;
  /** What goes wrong with this request; call it once for each. */
  next(asked: Asked): Fault | undefined;
  clear(): void;
}

export function createFaultOrders<Fault, Asked>(): FaultOrders<Fault, Asked> {
  const orders: { left: number; readonly fault: Fault; readonly fits: (asked: Asked) => boolean }[] = [];
  return {
    add(fault, count, fits) {
      orders.push({ left: count, fault, fits });
    },
    next(asked) {
      const index = orders.findIndex(({ fits }) => fits(asked));
      const order = orders[index];
      if (order === undefined) return undefined;
      order.left -= 1;
      if (order.left <= 0) orders.splice(index, 1);
      return order.fault;
    },
    clear() {
      orders.length = 0;
    },
  };
}
