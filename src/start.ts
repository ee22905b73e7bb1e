import { flushCompileCache } from "node:module";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { App } from "./app.ts";
import { configPath, readConfig } from "./read-config.ts";
import { nextSignal, onReloadSignal } from "./signals.ts";
import { complain, type ExitCode, say } from "./terminal.ts";
import { usage } from "./usage.ts";

/** `start`: runs the bot until a signal ends it. */
export async function runStart(argv: readonly string[]): Promise<ExitCode> {
  // Before anything else, so that a signal while starting ends it in good order as well.
  const stopped = nextSignal();
  let app: App | undefined;
  let isReloadAsked = false;
  onReloadSignal(() => {
    isReloadAsked = true;
    app?.reread();
  });
  const call = readCall(argv);
  if (typeof call === "string") {
    complain(`${call}\n${usage()}`);
    return 2;
  }
  const path = configPath(call.config);
  const { stampOf } = await import("./config/index.ts");
  const stamp = await stampOf(path);
  const config = await readConfig(path);
  if (config === undefined) {
    return 2;
  }
  const [{ createApp }, { observe }, { takeOverOutput }] = await Promise.all([
    import("./app.ts"),
    import("./observe.ts"),
    import("./last-words.ts"),
  ]);
  const relieve = collector();
  const observed = await observe(config);
  const { log, tracer, proxies, secrets } = observed;
  const running = createApp({ config, path, stamp, secrets, log, tracer, proxies, relieve });
  app = running;
  if (isReloadAsked) {
    running.reread();
  }
  const stop = () => running.stop().finally(observed.stop);
  takeOverOutput({ log, stop });
  const started = await running.start();
  if (!started.ok) {
    complain(started.reason);
    await stop();
    // What is not there yet, such as a database, may be there later: who manages the process may try again.
    return 1;
  }
  if (config.channels.playground.enabled) {
    say(`Deskhand is ready. Playground: ${started.url}`);
  } else {
    say(`Deskhand is ready on ${started.url}. The playground is off (channels.playground.enabled).`);
  }
  const endGivingBack = relieve && (await giveBack(relieve));
  const farewell = `${await stopped}: answering what was accepted, then stopping.`;
  if (config.log.format === "json") {
    // Whoever collects the lines reads each as an object.
    log.info({}, farewell);
  } else {
    say(farewell);
  }
  endGivingBack?.();
  await stop();
  // npm passes on what the whole group was sent already: the second signal must still find its handler.
  await setTimeout(200);
  // A request of an SDK that cannot be given up may go on for seconds; nobody waits for it. Where a fault came up while
  // the bot was ending, the exit code says so: src/last-words.ts has set it.
  process.exit();
}

/** Hands memory that is not used back to the system; undefined where Node was not started with --expose-gc. */
function collector(): (() => Promise<void>) | undefined {
  const { gc } = globalThis;
  return gc && (async () => gc({ type: "major", flavor: "last-resort", execution: "async" }));
}

/** Keeps memory small while nobody asks anything. */
async function giveBack(relieve: () => Promise<void>): Promise<() => void> {
  const [{ startGivingBack }, { systemClock }] = await Promise.all([import("./give-back.ts"), import("./app.ts")]);
  let seen = performance.eventLoopUtilization();
  return startGivingBack({
    clock: systemClock,
    busy() {
      const last = seen;
      seen = performance.eventLoopUtilization();
      return performance.eventLoopUtilization(seen, last).utilization;
    },
    memory: () => process.memoryUsage.rss(),
    async collect() {
      // What is kept for the next start is in memory until it is written.
      flushCompileCache();
      await relieve();
    },
  });
}

/** The options of a call; a sentence when they make none. */
function readCall(argv: readonly string[]): { readonly config: string | undefined } | string {
  try {
    return { config: parseArgs({ args: [...argv], options: { config: { type: "string" } } }).values.config };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
