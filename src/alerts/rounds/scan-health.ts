import type { Meter } from "../../telemetry/index.ts";
import type { Time } from "../time.ts";

/** Whether scans see what they should, for /metrics. */
export interface ScanHealth {
  /** There are so many watches in all. */
  counted(watches: number): void;
  /** These are scanned now; with `isWhole` no others are. */
  scanning(watches: readonly string[], isWhole: boolean): void;
  /** A scan for a watch has ended. */
  scanned(watch: string, isComplete: boolean): void;
  /** A scan for all of them took so long, milliseconds. */
  took(milliseconds: number): void;
  /** This process does not scan any more. */
  forget(): void;
}

export function createScanHealth({ meter, time }: { readonly meter: Meter; readonly time: Time }): ScanHealth {
  let watches: number | undefined;
  /** Steady time of the last complete scan of each watch, or of when it was scanned first. */
  const completeAt = new Map<string, number>();
  meter.gauge("watches", () => watches);
  meter.gauge("last_complete_scan_age_seconds", () =>
    completeAt.size === 0 ? undefined : Math.max(0, time.now().steady - Math.min(...completeAt.values())) / 1_000,
  );

  return {
    counted(all) {
      watches = all;
    },
    scanning(some, isWhole) {
      const now = time.now().steady;
      for (const watch of some) {
        completeAt.set(watch, completeAt.get(watch) ?? now);
      }
      for (const watch of isWhole ? [...completeAt.keys()].filter((one) => !some.includes(one)) : []) {
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
