import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { formatWithOptions } from "node:util";
import type { Logger } from "pino";
import { faultOf } from "./bot/index.ts";
import { scrub } from "./telemetry/index.ts";

export interface LastWordsOptions {
  readonly log: Logger;
  /** Answers what was accepted, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** How long the end may take after a fault, milliseconds. */
const deadline = 10_000;

/**
 * From now on nothing but the log writes to the streams of this process: what libraries print and what Node warns of become
 * lines of it, scrubbed; and a fault that nothing has caught is one fatal line, after which the process ends in as good an
 * order as it can, with exit code 1.
 */
export function takeOverOutput({ log, stop }: LastWordsOptions): void {
  takeConsole(log);
  // Node's own listener prints them.
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    log.warn({ warning: name, words: scrub(message, []) }, "Node warns of something.");
  });
  let ending = false;
  process.on("uncaughtException", (error, origin) => {
    log.fatal({ fault: faultOf(error), origin }, "A fault that nothing has caught: the bot stops.");
    if (!ending) {
      ending = true;
      // Also where the bot was ending already, and whoever ends it is done first.
      process.exitCode = 1;
      void leave(stop);
    }
  });
}

async function leave(stop: () => Promise<void>): Promise<void> {
  await Promise.race([stop().catch(() => undefined), setTimeout(deadline)]);
  process.exit(1);
}

/** What libraries print is of use to whoever looks for a fault in them, and to nobody else. */
function takeConsole(log: Logger): void {
  for (const method of ["debug", "log", "info", "warn", "error", "trace"] as const) {
    console[method] = (...values: unknown[]): void => {
      const words = scrub(formatWithOptions({ depth: 1, breakLength: Number.POSITIVE_INFINITY }, ...values), []);
      log.debug({ method, words }, "A library printed something.");
    };
  }
}
