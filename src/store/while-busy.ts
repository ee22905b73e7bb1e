import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../fleet/index.ts";
import { sqlite, sqliteCode } from "./reasons.ts";

export interface WhileBusyOptions {
  readonly clock: Clock;
  readonly random: () => number;
}

/** For how long a lock is waited for, milliseconds, and how often it is tried. */
const patience = 5_000;
const most = 1_000;

/**
 * Repeats what another connection's lock makes fail, and lets everything else run in between. The first tries follow at once,
 * as a commit takes about a millisecond; later ones at random, so that processes do not knock in step. Rejects with the last
 * error.
 */
export async function whileBusy(work: () => void, { clock, random }: WhileBusyOptions): Promise<void> {
  const started = clock.elapsed();
  for (let tried = 1; ; tried += 1) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || tried >= most || clock.elapsed() - started >= patience) {
        throw error;
      }
    }
    await (tried <= 3 ? nextTurn() : clock.sleep(1 + random() * 20));
  }
}

function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === sqlite.busy || code === sqlite.locked;
}
