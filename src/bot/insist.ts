import type { Clock } from "../fleet/index.ts";
import type { Sent } from "./channel.ts";
import { linkSignals } from "./linked.ts";

export interface InsistOptions {
  readonly clock: Clock;
  /** Each ends the waiting between two tries. */
  readonly signals: readonly AbortSignal[];
  readonly put: () => Promise<Sent>;
}

/**
 * Milliseconds before each further try: who fails for longer than this takes up no room here meanwhile. What is owed then is
 * given back to the store, and tried again from there.
 */
const pauses = [1_000, 2_000, 5_000] as const;

/** Shows something in spite of a platform that fails for a moment. Resolves with whether nothing is owed any more. */
export async function insist({ clock, signals, put }: InsistOptions): Promise<boolean> {
  for (const pause of [...pauses, undefined]) {
    const sent = await put();
    if (sent.ok || !sent.recoverable) {
      return true;
    }
    if (pause === undefined || signals.some(({ aborted }) => aborted)) {
      return false;
    }
    await sleepUnless(clock, pause, signals);
  }
  return false;
}

async function sleepUnless(clock: Clock, pause: number, signals: readonly AbortSignal[]): Promise<void> {
  const { ending, release } = linkSignals(signals);
  await clock.sleep(pause, ending.signal).catch(() => undefined);
  release();
}
