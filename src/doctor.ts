import process from "node:process";
import { type Logger, pino } from "pino";
import { colourWanted, inert } from "../adapters/terminal/index.ts";
import { faultOf, type Log } from "./bot/index.ts";
import { type Loaded, loadConfig, readProxies, terminalHints } from "./config/index.ts";
import { type Check, createPrinter, examine, type Finding, reportOf, type Style, summaryLine } from "./doctor/index.ts";
import { type DoctorCall, readDoctorCall } from "./doctor-call.ts";
import { createLog } from "./log.ts";
import { callOf } from "./own-files.ts";
import { openChecks, systemClock } from "./parts/index.ts";
import { configPath } from "./read-config.ts";
import { nextSignal } from "./signals.ts";
import { complain, type ExitCode, say } from "./terminal.ts";

/** `doctor`: looks at everything that is configured, and says what to do. 0 when nothing failed, else 1. */
export async function runDoctor(argv: readonly string[]): Promise<ExitCode> {
  const call = readDoctorCall(argv);
  if (typeof call === "string") {
    complain(`${call}\nUsage: ${callOf("doctor")}[--config FILE] [--json] [--chat ID [--channel lark|dingtalk]]`);
    return 2;
  }
  const stopped = new AbortController();
  void nextSignal().then(() => stopped.abort());
  const { locale: _, ...hints } = terminalHints();
  const colour = colourWanted({ isTerminal: process.stdout.isTTY === true, ...hints });
  const good = await visit(call, { style: { colour, inert }, say, signal: stopped.signal });
  return good ? 0 : 1;
}

export interface VisitOptions {
  readonly style: Style;
  /** Prints a line, or several. */
  readonly say: (text: string) => void;
  /** Ends it at once. */
  readonly signal: AbortSignal;
}

/** Looks, prints what it finds, and closes all that it opened. Gives whether nothing failed. */
export async function visit(call: DoctorCall, { style, say, signal }: VisitOptions): Promise<boolean> {
  const loaded = await loadConfig({ path: configPath(call.config) });
  const { proxies, secrets } = readProxies();
  const log = await openLog(loaded, secrets);
  const { checks, close } = await openChecks({ loaded, log, proxies, chatToTry: call.chatToTry });
  const findings: Finding[] = [];
  const line = createPrinter(checks, style);
  try {
    for await (const finding of examine({ checks, clock: systemClock, signal, onFault: faultTeller(log) })) {
      findings.push(finding);
      if (call.format === "text") {
        say(line(finding));
      }
    }
  } finally {
    await close();
  }
  if (signal.aborted) {
    return false;
  }
  const report = reportOf(findings);
  say(call.format === "json" ? JSON.stringify(report, null, 2) : `\n${summaryLine(report.count)}`);
  return report.ok;
}

/** Tells the log of checks that failed by themselves. What SDKs hang on their errors is not in it: whole requests, with keys. */
export function faultTeller(log: Pick<Log, "error">): (check: Pick<Check, "part" | "name">, error: unknown) => void {
  return ({ part, name }, error) =>
    log.error({ part, check: name, fault: faultOf(error) }, "A check failed by itself.");
}

/** Of what is found the log would say the same again: it has only what went wrong in the program. */
async function openLog(loaded: Loaded, secrets: unknown): Promise<Logger> {
  return loaded.ok
    ? createLog({
        config: { ...loaded.config, log: { ...loaded.config.log, level: "error" } },
        secrets,
        stream: "stderr",
      })
    : pino({ level: "silent" });
}
