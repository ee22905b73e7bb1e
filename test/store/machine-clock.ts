import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../src/fleet/index.ts";

/** The machine's own time, where several stores have to wait for each other. */
export const machineClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      throw signal?.aborted === true ? signal.reason : error;
    });
  },
};
