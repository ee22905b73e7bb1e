import { tmpdir } from "node:os";
import { basename } from "node:path";
import type { Logger } from "pino";
import { createRunner, openFleet, openReader, systemClock } from "./app.ts";
import { type Exported, faultOf, operatorGrant, outcomeOf, unfiledAnswer, withTraceId } from "./bot/index.ts";
import { type Answer, type Card, type Locale, textsOf, toCardThatFits } from "./cards/index.ts";
import { type ExportCommand, isForDesk, type Parsed, parseMessage } from "./commands/index.ts";
import type { Config } from "./config/index.ts";
import { createExporter, placeFile, unwrittenReason } from "./export/index.ts";
import type { Fleet, Runtime } from "./fleet/index.ts";
import type { Proxies } from "./network/index.ts";
import { noTracer, type Tracer } from "./telemetry/index.ts";

export interface Question {
  readonly config: Config;
  readonly log: Logger;
  readonly tracer?: Tracer | undefined;
  /** What connections to the API take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  /** As it would be typed into a chat. */
  readonly text: string;
  readonly locale: Locale;
  /** Whether the card can be shown where it is meant for. */
  readonly fits: (card: Card) => boolean;
  /** Where a file goes. */
  readonly directory: string;
  /** Told every few seconds how far a file is, in a sentence. */
  readonly onProgress?: ((sentence: string) => void) | undefined;
}

export interface Asked {
  readonly card: Card;
  /** Whether the command was good and the API answered. */
  readonly good: boolean;
}

/** How long one command may take, milliseconds; reading 100,000 runtimes at one call a second takes 17 minutes. */
const deadlines = { answer: 120_000, file: 45 * 60_000 } as const;

/** Runs one command as the operator, without any chat, and closes everything that it opened. */
export async function askOnce(question: Question): Promise<Asked> {
  const answer = await tracedAnswer(question);
  return { card: toCardThatFits(answer, question.locale, question.fits), good: isGood(answer) };
}

function isGood(answer: Answer): boolean {
  const outcome = outcomeOf(answer);
  return outcome === "ok" || outcome === "nothing";
}

/** The answer as a trace; one that says what went wrong says which trace. */
function tracedAnswer(question: Question): Promise<Answer> {
  const { text, tracer = noTracer } = question;
  const parsed = parseMessage(text);
  const kind = parsed.ok ? parsed.command.kind : "none";
  return tracer.span("ask", { "deskhand.command": kind }, async (span) => {
    const answer = await answerOf(question, parsed);
    const outcome = outcomeOf(answer);
    span.set({ "deskhand.outcome": outcome });
    if (outcome === "failed" || outcome === "fault") {
      span.failed(answer.kind === "failure" ? answer.failure.kind : answer.kind);
    }
    return withTraceId(answer, tracer.traceId());
  });
}

async function answerOf(question: Question, parsed: Parsed): Promise<Answer> {
  const { config, log, tracer, proxies } = question;
  if (!parsed.ok) {
    return { kind: "problem", problem: parsed.problem };
  }
  const { command } = parsed;
  if (isForDesk(command) || ("view" in command && command.view !== undefined)) {
    return { kind: "chats-only", command };
  }
  const source = await openFleet({ config, log, tracer, proxies });
  try {
    if (command.kind === "export") {
      return await exportHere(command, question, source.fleet);
    }
    const run = createRunner(config, source.fleet);
    return await run(command, operatorGrant, { urgency: "person", signal: AbortSignal.timeout(deadlines.answer) });
  } finally {
    await source.close();
  }
}

/** Writes the whole result into a directory. */
async function exportHere(command: ExportCommand, question: Question, fleet: Fleet): Promise<Answer> {
  const { config, log, locale } = question;
  const exporter = createExporter({ reader: openReader(config, fleet), clock: systemClock, log });
  const { filters, format } = command;
  const whole = { asker: "operator", scope: {}, see: (runtime: Runtime) => runtime, showsUsers: true, files: anyFile };
  const signal = AbortSignal.timeout(deadlines.file);
  try {
    await exporter.start();
    const outcome = await exporter.write(
      { filters, format, locale, ...whole },
      { urgency: "person", signal, onProgress: tellOf(question) },
    );
    return outcome.ok
      ? await place(command, outcome.value, question)
      : { kind: "failure", command, failure: outcome.failure };
  } catch (error) {
    return unwritten(command, { error, folder: tmpdir(), temporary: true }, log);
  } finally {
    await exporter.stop();
  }
}

/** A disk takes any file. */
const anyFile = { types: ["csv", "xlsx", "zip"], bytes: Number.POSITIVE_INFINITY } as const;

async function place(command: ExportCommand, exported: Exported, { directory, log }: Question): Promise<Answer> {
  if (exported.kind !== "file") {
    return unfiledAnswer(command, exported);
  }
  const { rows, complete, unreadable } = exported;
  let path: string;
  try {
    path = await placeFile(exported.file.path, directory, exported.file.name);
  } catch (error) {
    return unwritten(command, { error, folder: directory, temporary: false }, log);
  }
  const file = { name: basename(path), bytes: exported.file.bytes, rows, complete, unreadable };
  return { kind: "exported", command, file, sent: "here", path };
}

/** What a folder does not take is for whoever asked to mend; anything else is a fault, and told to the log. */
function unwritten(
  command: ExportCommand,
  { error, ...place }: { readonly error: unknown; readonly folder: string; readonly temporary: boolean },
  log: Logger,
): Answer {
  const reason = unwrittenReason(error);
  if (reason === undefined) {
    log.error({ fault: faultOf(error) }, "A file could not be written.");
    return { kind: "export-not-sent", command, reason: "disk" };
  }
  return { kind: "export-not-sent", command, reason: "disk", unwritten: { ...place, reason } };
}

/** Milliseconds between two words on how far a file is. */
const pause = 2_000;

function tellOf({ locale, onProgress }: Question): (rows: number, total: number) => void {
  let next = systemClock.elapsed() + pause;
  return (rows, total) => {
    const now = systemClock.elapsed();
    if (now >= next) {
      next = now + pause;
      onProgress?.(textsOf(locale).exports.progress(rows, total));
    }
  };
}
