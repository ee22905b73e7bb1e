import type { Outcome } from "../memory.ts";

/** What of the outbox is in the hands of this process, whoever reigns in it. */
export interface Sending {
  /** Notices that are being sent, by their ids. */
  readonly underWay: Map<string, Promise<void>>;
  /** What became of notices that the store did not take: they are not sent again by this process. */
  readonly unsettled: Map<string, Outcome>;
}

export function createSending(): Sending {
  return { underWay: new Map(), unsettled: new Map() };
}
