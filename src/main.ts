import { enableCompileCache } from "node:module";
import process from "node:process";
import { ownVersion } from "./own-files.ts";
import { complain, type ExitCode, say } from "./terminal.ts";
import { notKnown, usage } from "./usage.ts";

// Does nothing where npm starts this: scripts/keep-compiled.js has done it earlier.
enableCompileCache();

// Whoever reads the answer may stop reading: `… | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
});

async function main(): Promise<ExitCode> {
  const [name, ...rest] = process.argv.slice(2);
  switch (name) {
    case "start":
      return (await import("./start.ts")).runStart(rest);
    case "ask":
      return (await import("./ask-command.ts")).runAsk(rest);
    case "simulate":
      return (await import("./simulate.ts")).runSimulate(rest);
    case "doctor":
      // A request of an SDK that cannot be given up may go on for seconds; nobody waits for it.
      return process.exit(await (await import("./doctor.ts")).runDoctor(rest));
    case "backup":
      return (await import("./backup.ts")).runBackup(rest);
    case "restore":
      return (await import("./backup.ts")).runRestore(rest);
    case "init":
      return (await import("./init.ts")).runInit(rest);
    case "--version":
      say(await ownVersion());
      return 0;
    case "--help":
      say(usage().trimEnd());
      return 0;
    case undefined:
      complain(usage());
      return 2;
    default:
      complain(await notKnown(name));
      return 2;
  }
}

// It is read without being run by scripts/compile.ts.
if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    complain(`Deskhand failed: ${error instanceof Error ? error.message : String(error)}`);
    // Whatever failed may have left something open that would keep the process.
    process.exit(1);
  }
}
