import { LRUCache } from "lru-cache";
import type { Sent } from "../../src/bot/index.ts";
import { sendLimits } from "./send-limits.ts";

/** What became of a message that has no key against doubles on the platform. */
export interface Tried {
  readonly sent: Sent;
  /** Whether the platform has it, or may have it: then it is not sent again. */
  readonly left: boolean;
}

/**
 * Keeps this process from sending the same message twice where the platform does not: while it is under way, and once it may
 * have arrived.
 */
export interface Once {
  /** What became, or will become, of the message of a key; undefined where it was not sent. */
  known(key: string): Promise<Sent> | undefined;
  /** Does the work unless that is known. `work` must not reject. */
  send(key: string, work: () => Promise<Tried>): Promise<Sent>;
}

export function createOnce(): Once {
  const messages = new LRUCache<string, Promise<Sent>>({ max: sendLimits.onceCount });

  function begin(key: string, work: () => Promise<Tried>): Promise<Sent> {
    const sending = work().then(({ sent, left }) => {
      if (!left) {
        messages.delete(key);
      }
      return sent;
    });
    messages.set(key, sending);
    return sending;
  }

  return {
    known: (key) => messages.get(key),
    send: (key, work) => messages.get(key) ?? begin(key, work),
  };
}
