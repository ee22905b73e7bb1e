import process from "node:process";
import { nextSignal } from "./signals.ts";
import { runSimulate as serve } from "./simulator/index.ts";
import type { ExitCode } from "./terminal.ts";

/** `simulate`: serves the simulated App Streaming API until a signal ends it. */
export async function runSimulate(argv: readonly string[]): Promise<ExitCode> {
  const { exitCode } = await serve(argv, {
    write: (text) => process.stdout.write(text),
    onStop: (callback) => {
      void nextSignal().then(callback);
    },
  });
  return exitCode === 0 ? 0 : exitCode === 1 ? 1 : 2;
}
