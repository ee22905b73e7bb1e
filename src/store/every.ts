import type { Clock } from "../fleet/index.ts";

/** Work that is repeated until it is stopped. */
export interface Repeated {
  /** Waits for the work that is under way. Never rejects. */
  stop(): Promise<void>;
}

export interface EveryOptions {
  readonly clock: Clock;
  /** Between the end of one and the beginning of the next, milliseconds. */
  readonly pause: number;
  /** Whether the first begins at once, or after a pause. */
  readonly atOnce: boolean;
  /** A rejection is not told: what fails is seen where it fails. */
  readonly work: (signal: AbortSignal) => Promise<void>;
}

/** Repeats some work, one after the other, with pauses. */
export function every({ clock, pause, atOnce, work }: EveryOptions): Repeated {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    if (!atOnce) {
      await clock.sleep(pause, signal);
    }
    while (!signal.aborted) {
      await work(signal).catch(() => undefined);
      await clock.sleep(pause, signal);
    }
  }

  const running = run().catch(() => undefined);
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}
