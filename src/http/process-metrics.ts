import { readdirSync } from "node:fs";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import process from "node:process";
import type { Meter } from "../telemetry/index.ts";

/** Measures the process itself. */
export interface ProcessMetrics {
  start(): void;
  stop(): void;
}

export interface ProcessMetricsOptions {
  readonly meter: Meter;
  /** The release that runs. */
  readonly version: string;
}

/** How long a window of the lag of the event loop lasts at least, milliseconds: several who ask see the same one. */
const lagWindow = 10_000;
/** Milliseconds between two looks at the lag of the event loop: each wakes the process. */
const lagResolution = 50;
const nanoseconds = 1_000_000_000;

/** Tells `meter` of memory, processor, files and event loop. Holds a timer of the platform between `start` and `stop`. */
export function createProcessMetrics({ meter, version }: ProcessMetricsOptions): ProcessMetrics {
  const lag = createLag();
  meter.gauge("event_loop_lag_p99_seconds", () => lag.read()?.p99);
  meter.gauge("event_loop_lag_max_seconds", () => lag.read()?.max);
  meter.gauge("process_cpu_seconds", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
  meter.gauge("process_resident_memory_bytes", () => process.memoryUsage.rss());
  meter.gauge("process_heap_bytes", () => process.memoryUsage().heapUsed);
  meter.gauge("process_open_fds", openFiles);
  const startedAt = performance.timeOrigin / 1_000;
  meter.gauge("process_start_time_seconds", () => startedAt);
  meter.gauge("build_info", () => [[{ version, node: process.versions.node }, 1]]);
  return lag;
}

/** The lag of the event loop, in windows: what is shown is of the one before and the one that goes on. */
function createLag() {
  const histogram = monitorEventLoopDelay({ resolution: lagResolution });
  let shown: { readonly p99: number; readonly max: number } | undefined;
  let since = performance.now();
  return {
    start: () => void histogram.enable(),
    stop: () => void histogram.disable(),
    read() {
      if (histogram.count > 0 && (shown === undefined || performance.now() - since >= lagWindow)) {
        // What is measured is the time between two looks: what is more than it should be is the lag.
        const lagOf = (measured: number) => Math.max(0, measured / nanoseconds - lagResolution / 1_000);
        shown = { p99: lagOf(histogram.percentile(99)), max: lagOf(histogram.max) };
        histogram.reset();
        since = performance.now();
      }
      return shown;
    },
  };
}

/** Undefined where the system does not say. */
function openFiles(): number | undefined {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return undefined;
  }
}
