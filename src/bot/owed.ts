import type { Clock } from "../fleet/index.ts";
import { faultOf, type Log } from "./log.ts";
import type { Arrival, Inbox } from "./memory.ts";

/** Says to the store what became of what is owed. */
export interface Owed {
  /**
   * `answered`: nothing is owed any more. Otherwise the platform fails: it is tried again later, less often the older it gets;
   * or by the next process, at once, when this one is ending. Never rejects.
   */
  end(arrival: Arrival, answered: boolean, ending: AbortSignal): Promise<void>;
}

/** After how long what could not be answered is tried again, milliseconds. */
const shortest = 15_000;
const longest = 10 * 60_000;

export function createOwed(options: { readonly inbox: Inbox; readonly clock: Clock; readonly log: Log }): Owed {
  const { inbox, clock, log } = options;
  return {
    async end(arrival, answered, ending) {
      if (answered) {
        inbox.settle(arrival);
        return;
      }
      if (ending.aborted) {
        return;
      }
      const age = clock.now() - arrival.at;
      try {
        await inbox.release(arrival, Math.min(longest, Math.max(shortest, age / 2)));
      } catch (error) {
        log.error({ fault: faultOf(error) }, "What could not be answered is left to the next process.");
      }
    },
  };
}
