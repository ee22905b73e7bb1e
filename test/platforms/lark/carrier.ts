import type { Envelope } from "./events.ts";

/** What came of one delivery. */
export type Delivered =
  /** Answered in time; 200 is well. `body` is the handler's answer, undefined when there was none. */
  | { readonly kind: "answered"; readonly code: number; readonly body: unknown; readonly ms: number }
  /** Nothing came in time. */
  | { readonly kind: "silent"; readonly ms: number }
  /** There was nobody to deliver to, or the connection went. */
  | { readonly kind: "unreachable"; readonly reason: string; readonly ms: number };

/** A way to the bot. `deliver` never rejects and always ends within `answerWithin`. */
export interface Carrier {
  deliver(envelope: Envelope): Promise<Delivered>;
}
