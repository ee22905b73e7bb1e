import { enableCompileCache, flushCompileCache } from "node:module";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Card } from "./cards/index.ts";
import type { Config, TerminalHints } from "./config/index.ts";
import { ownVersion } from "./own-files.ts";
import { configPath, readConfig } from "./read-config.ts";
import { nextSignal, onReloadSignal } from "./signals.ts";
import { complain, type ExitCode, say } from "./terminal.ts";
import { usage } from "./usage.ts";

// Does nothing where npm starts this: scripts/keep-compiled.js has done it earlier.
enableCompileCache();

// Whoever reads the answer may stop reading: `… | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
});

interface Call {
  readonly words: readonly string[];
  readonly config: string;
  readonly locale: "en" | "zh" | undefined;
  readonly format: "text" | "json" | "lark" | "dingtalk";
}

/** The words and options of a call; a sentence when they make none. */
function readCall(argv: readonly string[], takes: "options" | "words"): Call | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: takes === "words",
      options: {
        config: { type: "string" },
        ...(takes === "words" && { locale: { type: "string" }, format: { type: "string", default: "text" } }),
      },
    });
    const { config, locale, format = "text" } = values as { config?: string; locale?: string; format?: string };
    if (locale !== undefined && locale !== "en" && locale !== "zh") {
      return `--locale is en or zh, not ${locale}.`;
    }
    if (format !== "text" && format !== "json" && format !== "lark" && format !== "dingtalk") {
      return `--format is text, json, lark or dingtalk, not ${format}.`;
    }
    return { words: positionals, config: configPath(config), locale, format };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function start(argv: readonly string[]): Promise<ExitCode> {
  // Before anything else, so that a signal while starting ends it in good order as well.
  const stopped = nextSignal();
  const call = readCall(argv, "options");
  if (typeof call === "string") {
    complain(`${call}\n${usage()}`);
    return 2;
  }
  const config = await readConfig(call.config);
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
  const { log, tracer, proxies } = observed;
  const app = createApp({ config, path: call.config, log, tracer, proxies, relieve });
  const stop = () => app.stop().finally(observed.stop);
  takeOverOutput({ log, stop });
  const started = await app.start();
  if (!started.ok) {
    complain(started.reason);
    await stop();
    return 2;
  }
  if (config.channels.playground.enabled) {
    say(`Deskhand is ready. Playground: ${started.url}`);
  } else {
    say(`Deskhand is ready on ${started.url}. The playground is off (channels.playground.enabled).`);
  }
  const endGivingBack = relieve && (await giveBack(relieve));
  onReloadSignal(app.reread);
  say(`${await stopped}: answering what was accepted, then stopping.`);
  endGivingBack?.();
  await stop();
  // npm passes on what the whole group was sent already: the second signal must still find its handler.
  await setTimeout(200);
  // A request of an SDK that cannot be given up may go on for seconds; nobody waits for it.
  process.exit(0);
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

/** How long an answered call waits for a collector of traces, milliseconds. */
const askPatience = 2_000;

async function ask(argv: readonly string[]): Promise<ExitCode> {
  const call = readCall(argv, "words");
  if (typeof call === "string" || call.words.length === 0) {
    complain(`${typeof call === "string" ? call : "Which command?"}\n${usage()}`);
    return 2;
  }
  const config = await readConfig(call.config);
  if (config === undefined) {
    return 2;
  }
  const [{ askOnce }, { observe }] = await Promise.all([import("./ask.ts"), import("./observe.ts")]);
  const text = call.words.join(" ");
  const quiet = { ...config, log: { ...config.log, level: "warn" } } as const;
  const observed = await observe(quiet, { stream: "stderr", patience: askPatience });
  const { log, tracer, proxies } = observed;
  const { terminalHints } = await import("./config/index.ts");
  const { locale, ...hints } = terminalHints();
  const { fits, show } = await openFormat(call.format, config, hints);
  const { card, good } = await askOnce({
    ...{ config, log, tracer, proxies, text, fits },
    locale: call.locale ?? ownLocale(config, locale),
    directory: process.cwd(),
    onProgress: process.stderr.isTTY ? complain : undefined,
  });
  say(show(card));
  await observed.stop();
  return good ? 0 : 1;
}

/** What a format can hold, and how it is printed. */
interface Format {
  readonly fits: (card: Card) => boolean;
  readonly show: (card: Card) => string;
}

async function openFormat(
  format: Call["format"],
  config: Config,
  hints: Omit<TerminalHints, "locale">,
): Promise<Format> {
  if (format === "lark") {
    const { renderLark } = await import("../adapters/lark/index.ts");
    return { fits: (card) => renderLark(card).whole, show: (card) => renderLark(card).content };
  }
  if (format === "dingtalk") {
    const { cardBody, renderDingTalk, templateOf } = await import("../adapters/dingtalk/index.ts");
    const { cardTemplateId } = config.channels.dingtalk;
    const render = (card: Card) => renderDingTalk(card, templateOf(cardTemplateId));
    return {
      fits: (card) => render(card).whole,
      show: (card) => JSON.stringify(cardBody(render(card).params, cardTemplateId)),
    };
  }
  const { colourWanted, renderJson, renderText } = await import("../adapters/terminal/index.ts");
  const { isTTY, columns } = process.stdout;
  const style = { width: isTTY ? columns : 120, colour: colourWanted({ isTerminal: isTTY === true, ...hints }) };
  return { fits: () => true, show: format === "json" ? renderJson : (card) => renderText(card, style) };
}

/** The configured language, or else the terminal's. */
function ownLocale(config: Config, terminal: "en" | "zh"): "en" | "zh" {
  return config.locale === "auto" ? terminal : config.locale;
}

async function simulate(argv: readonly string[]): Promise<ExitCode> {
  const { runSimulate } = await import("./simulator/index.ts");
  const { exitCode } = await runSimulate(argv, {
    write: (text) => process.stdout.write(text),
    onStop: (callback) => {
      void nextSignal().then(callback);
    },
  });
  return exitCode === 0 ? 0 : exitCode === 1 ? 1 : 2;
}

async function main(): Promise<ExitCode> {
  const [name, ...rest] = process.argv.slice(2);
  switch (name) {
    case "start":
      return start(rest);
    case "ask":
      return ask(rest);
    case "simulate":
      return simulate(rest);
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
    default:
      complain(usage());
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
