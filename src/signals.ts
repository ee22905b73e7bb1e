import { closeSync, openSync } from "node:fs";
import process from "node:process";

/** How soon a second signal is still the first one: a terminal signals npm and this process, and npm passes it on. */
const sameSignal = 1_000;

/**
 * Resolves with the name of the first signal that asks to stop: SIGTERM, SIGINT, or SIGHUP of a terminal that was closed. A
 * second one, later, ends the process at once.
 */
export function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: string) => {
      first ??= performance.now();
      resolve(signal);
      if (performance.now() - first > sameSignal) {
        process.stderr.write(`${signal} again: stopping at once.\n`);
        process.exit(1);
      }
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
    process.on("SIGHUP", (signal) => {
      if (isTerminalGone()) {
        stop(signal);
      }
    });
  });
}

/** Calls back at each SIGHUP that somebody sent to have the configuration read again, and not a terminal that was closed. */
export function onReloadSignal(callback: () => void): void {
  process.on("SIGHUP", () => {
    if (!isTerminalGone()) {
      callback();
    }
  });
}

const hadTerminal = hasTerminal();

/** A daemon never had a terminal, so that it cannot lose one. */
function isTerminalGone(): boolean {
  return hadTerminal && !hasTerminal();
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
