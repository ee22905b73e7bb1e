import type { Clock } from "../fleet/index.ts";

/** One thing to do later. */
export interface Alarm {
  /** Does it after so many milliseconds; in place of what was set before. */
  set(milliseconds: number, ring: () => void): void;
  isSet(): boolean;
  stop(): void;
}

export function createAlarm(clock: Clock): Alarm {
  let current: AbortController | undefined;

  function stop(): void {
    current?.abort();
    current = undefined;
  }

  return {
    set(milliseconds, ring) {
      stop();
      const mine = new AbortController();
      current = mine;
      clock.sleep(milliseconds, mine.signal).then(
        () => {
          if (current === mine) {
            current = undefined;
            ring();
          }
        },
        () => undefined,
      );
    },
    isSet: () => current !== undefined,
    stop,
  };
}
