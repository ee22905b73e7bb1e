import type { Meter } from "../../telemetry/index.ts";
import type { Time } from "../time.ts";
import type { Watch } from "../watch.ts";

/** Whether scans see what they should, for /metrics. */
export interface ScanHealth {
  /** There are so many watches in all. */
  counted(watches: number): void;
  /** These are scanned now; with `isWhole` no others are. Rejects when the store cannot say when they were scanned last. */
  scanning(watches: readonly Pick<Watch, "id" | "madeAt">[], isWhole: boolean): Promise<void>;
  /** A scan for a watch has ended. */
  scanned(watch: string, isComplete: boolean): void;
  /** A scan for all of them took so long, milliseconds. */
  took(milliseconds: number): void;
  /** This process does not scan any more. */
  forget(): void;
}

export interface ScanHealthOptions {
  readonly meter: Meter;
  readonly time: Time;
  /** The last complete scan of a watch, by whichever process; `at` is its steady time. */
  readonly lastComplete: (watch: string) => Promise<{ readonly at: number } | undefined>;
}

export function createScanHealth({ meter, time, lastComplete }: ScanHealthOptions): ScanHealth {
  let watches: number | undefined;
  /** Steady time of the last complete scan of each watch, or of when it was set up. */
  const completeAt = new Map<string, number>();
  meter.gauge("watches", () => watches);
  meter.gauge("last_complete_scan_age_seconds", () =>
    completeAt.size === 0 ? undefined : Math.max(0, time.now().steady - Math.min(...completeAt.values())) / 1_000,
  );

  return {
    counted(all) {
      watches = all;
    },
    async scanning(some, isWhole) {
      for (const { id, madeAt } of some.filter((watch) => !completeAt.has(watch.id))) {
        // Steady time began at the wall clock, and is close to it.
        completeAt.set(id, (await lastComplete(id))?.at ?? madeAt);
      }
      const scanned = new Set(some.map(({ id }) => id));
      for (const watch of isWhole ? [...completeAt.keys()].filter((one) => !scanned.has(one)) : []) {
        completeAt.delete(watch);
      }
    },
    scanned(watch, isComplete) {
      meter.count("scans", { complete: isComplete ? "true" : "false" });
      if (isComplete) {
        completeAt.set(watch, time.now().steady);
      }
    },
    took: (milliseconds) => meter.observe("scan_duration_seconds", milliseconds / 1_000, {}),
    forget() {
      watches = undefined;
      completeAt.clear();
    },
  };
}
