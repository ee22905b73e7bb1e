import process from "node:process";
import { readAskCall } from "./ask-call.ts";
import { openFormat } from "./ask-format.ts";
import type { Locale } from "./cards/index.ts";
import type { Config } from "./config/index.ts";
import { configPath, readConfig } from "./read-config.ts";
import { complain, type ExitCode, say } from "./terminal.ts";
import { usage } from "./usage.ts";

/** How long an answered call waits for a collector of traces, milliseconds. */
const askPatience = 2_000;

/** `ask "<command>"`: answers one command as the operator, and prints the answer. */
export async function runAsk(argv: readonly string[]): Promise<ExitCode> {
  const call = readAskCall(argv);
  if (typeof call === "string") {
    complain(`${call}\n${usage()}`);
    return 2;
  }
  const config = await readConfig(configPath(call.config));
  if (config === undefined) {
    return 2;
  }
  const [{ askOnce }, { observe }] = await Promise.all([import("./ask.ts"), import("./observe.ts")]);
  const quiet = { ...config, log: { ...config.log, level: "warn" } } as const;
  const observed = await observe(quiet, { stream: "stderr", patience: askPatience });
  const { log, tracer, proxies } = observed;
  const { terminalHints } = await import("./config/index.ts");
  const { locale, ...hints } = terminalHints();
  const { fits, show } = await openFormat(call.format, config, hints);
  const { card, good } = await askOnce({
    ...{ config, log, tracer, proxies, fits, text: call.text },
    locale: call.locale ?? ownLocale(config, locale),
    directory: process.cwd(),
    onProgress: process.stderr.isTTY ? complain : undefined,
  });
  say(show(card));
  await observed.stop();
  return good ? 0 : 1;
}

/** The configured language, or else the terminal's. */
function ownLocale(config: Config, terminal: Locale): Locale {
  return config.locale === "auto" ? terminal : config.locale;
}
