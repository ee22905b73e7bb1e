import { faultOf, type Log } from "../bot/index.ts";
import { type Changes, type Config, formatProblem, type Loaded, loadConfig, stampOf } from "../config/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";

export interface ReloadingOptions {
  /** The file of the configuration. */
  readonly path: string;
  /** What `stampOf` gave before the configuration in use was read; as it is now unless given. */
  readonly since?: string | undefined;
  /** Takes a configuration into use that has passed all checks. */
  readonly apply: (config: Config) => Promise<Pick<Changes, "live" | "waiting">>;
  readonly clock: Pick<Clock, "sleep">;
  readonly log: Log;
  readonly meter: Meter;
}

export interface Reloading {
  /** Reads the file now, changed or not. */
  ask(): void;
  stop(): void;
}

/**
 * Milliseconds between two looks at the file. Asking for its time works everywhere; being told of changes does not on network
 * file systems, and not for files that are put in place of one another, as editors and Kubernetes do.
 */
const lookEvery = 2_000;

/** Follows the file of the configuration. A wrong one is refused whole, and the one before stays in force. */
export function startReloading({ path, since, apply, clock, log, meter }: ReloadingOptions): Reloading {
  const stopping = new AbortController();
  let pause = new AbortController();
  let asked = false;

  async function keepLooking(): Promise<void> {
    let last = await stampOf(path);
    let known = since ?? last;
    while (!stopping.signal.aborted) {
      await clock.sleep(lookEvery, AbortSignal.any([stopping.signal, pause.signal])).catch(() => undefined);
      pause = new AbortController();
      const stamp = await stampOf(path);
      // A file that is still being written is left until it rests.
      if (!stopping.signal.aborted && (asked || (stamp !== known && stamp === last))) {
        asked = false;
        known = stamp;
        await read().catch((error) =>
          log.error({ fault: faultOf(error) }, "A changed configuration was not taken, by a fault of the bot."),
        );
      }
      last = stamp;
    }
  }

  async function read(): Promise<void> {
    // An empty file would take all rights away, and is what a save leaves for a moment.
    const loaded = await loadConfig({ path, emptyIsWrong: true });
    meter.count("config_readings", { outcome: loaded.ok ? "taken" : "refused" });
    meter.gauge("config_refused", () => Number(!loaded.ok));
    if (!loaded.ok) {
      refuse(loaded);
      return;
    }
    const { live, waiting } = await apply(loaded.config);
    if (waiting.length > 0) {
      log.warn({ keys: waiting }, "The configuration changed in keys that take effect at the next start.");
    }
    if (live.length > 0) {
      log.info({ keys: live }, "The changed configuration is in use.");
    } else if (waiting.length === 0) {
      log.info({}, "Nothing to change was found.");
    }
  }

  function refuse({ problems }: Extract<Loaded, { ok: false }>): void {
    for (const problem of problems) {
      log.error({ key: problem.key }, formatProblem(problem));
    }
    log.error(
      { problems: problems.length },
      "The configuration is wrong, and was not taken: the one before stays in use.",
    );
  }

  meter.gauge("config_refused", () => 0);
  void keepLooking();
  return {
    ask() {
      asked = true;
      pause.abort();
    },
    stop: () => stopping.abort(),
  };
}
