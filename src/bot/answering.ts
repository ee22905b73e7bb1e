import type { Answer, Locale } from "../cards/index.ts";
import { type Command, isForDesk, type Parsed } from "../commands/index.ts";
import type { Asked, CallOptions, Clock, FleetFailure, Wait } from "../fleet/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";
import { type Access, type Asker, type Grant, grantOf } from "./access.ts";
import type { Origin } from "./audit.ts";
import type { Auditing } from "./auditing.ts";
import type { CommandLog } from "./command-log.ts";
import type { Desk } from "./desk.ts";
import { linkSignals } from "./linked.ts";
import { faultOf, type Log } from "./log.ts";
import { outcomeOf } from "./outcome.ts";
import { type Run, refusalOf, refuses } from "./run.ts";
import { withTraceId } from "./with-trace-id.ts";
import { within } from "./within.ts";

export interface AnswerOptions {
  /** Where it comes from, for the audit. */
  readonly origin: Origin;
  /** Each ends the command early when it is aborted. */
  readonly signals: readonly AbortSignal[];
  /** How the command is run, where it is not run as others are. */
  readonly run?: Run | undefined;
  /** After how long it is given up, milliseconds, where that is not as for others. */
  readonly deadline?: number | undefined;
  /** Whether what was read a moment ago will not do. */
  readonly fresh: boolean;
  /** Told when the command begins, and whenever it has to wait for another reason. */
  readonly onWait: (command: Command, wait: Wait | "working") => void;
}

/** Who asks, in which language, and with which message or press. */
export interface Asking extends Asker {
  readonly id: string;
  readonly locale: Locale;
}

/** Gives the answer to what somebody wrote or pressed: never rejects, never takes longer than the deadline, logs one line. */
export type Answering = (asker: Asking, parsed: Parsed, options: AnswerOptions) => Promise<Answer>;

export interface AnsweringOptions {
  readonly run: Run;
  readonly desk: Desk;
  readonly access: Access;
  readonly auditing: Pick<Auditing, "answered">;
  readonly commandLog: Pick<CommandLog, "answered">;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
  /** After how long a command is given up, milliseconds. */
  readonly deadline: number;
}

function hasView(command: Command): boolean {
  return "view" in command && command.view !== undefined;
}

/** How long a command may take to give up, milliseconds. */
const grace = 1_000;

const inVain: FleetFailure = {
  kind: "timeout",
  code: undefined,
  detail: undefined,
  requestId: undefined,
  action: undefined,
  principal: undefined,
  attempts: 0,
};

export function createAnswering(given: AnsweringOptions): Answering {
  const { run, desk, access, auditing, commandLog, clock, log, meter, tracer, deadline } = given;

  return (asker, parsed, options) => {
    const command = parsed.ok ? parsed.command.kind : "none";
    return tracer.span("command", { "deskhand.command": command }, async (span) => {
      const started = clock.elapsed();
      const grant = grantOf(access, asker);
      const tally = createTally();
      const answer = withTraceId(await answerOf(asker, grant, parsed, options, tally.add), tracer.traceId());
      await auditing.answered(asker, parsed, answer, options);
      const outcome = outcomeOf(answer);
      meter.observe("command_duration_seconds", (clock.elapsed() - started) / 1_000, { command });
      meter.count("commands", { channel: asker.channel, command, outcome });
      span.set({ "deskhand.outcome": outcome });
      if (outcome === "failed" || outcome === "fault") {
        span.failed(answer.kind === "failure" ? answer.failure.kind : answer.kind);
      }
      commandLog.answered(asker, grant, parsed, answer, {
        pressed: options.origin.how === "pressed",
        milliseconds: clock.elapsed() - started,
        asked: tally.total(),
      });
      return answer;
    });
  };

  async function answerOf(
    asker: Asking,
    grant: Grant,
    parsed: Parsed,
    options: AnswerOptions,
    onAsked: (asked: Asked) => void,
  ): Promise<Answer> {
    if (!grant.rights.has("query")) {
      return { kind: "refused", asker: { chat: asker.chat, user: asker.user } };
    }
    if (!parsed.ok) {
      return { kind: "problem", problem: parsed.problem };
    }
    const { command } = parsed;
    try {
      options.onWait(command, "working");
      return await limited(command, options, (signal) =>
        begin(asker, grant, command, options, {
          urgency: "person",
          signal,
          fresh: options.fresh,
          onWait: (wait) => options.onWait(command, wait),
          onAsked,
        }),
      );
    } catch (error) {
      log.error({ fault: faultOf(error), command: command.kind }, "A command failed by a fault of the bot.");
      return { kind: "internal", command };
    }
  }

  async function begin(
    asker: Asking,
    grant: Grant,
    command: Command,
    options: AnswerOptions,
    call: CallOptions,
  ): Promise<Answer> {
    const refusal = refusalOf(command, grant);
    if (refusal !== undefined) {
      return refusal === "users" ? { kind: "refused", because: "users" } : { kind: "refused" };
    }
    const widened = hasView(command) ? await desk.widen(command, asker) : { command };
    if ("answer" in widened) {
      return widened.answer;
    }
    // A view may hold what the command alone does not ask for.
    if (refuses(widened.command, grant)) {
      return { kind: "refused" };
    }
    if (isForDesk(widened.command)) {
      const { id: origin, locale } = asker;
      return desk.run(widened.command, { ...call, asker, grant, locale, origin });
    }
    return (options.run ?? run)(widened.command, grant, call);
  }

  /** Ends a command by the deadline, or with any of the signals, whether it heeds that or not. */
  async function limited(
    command: Command,
    { signals, deadline: most = deadline }: AnswerOptions,
    begin: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const { ending, release } = linkSignals(signals);
    try {
      const answer = begin(ending.signal);
      const inTime = await within(clock, most, answer, undefined);
      if (inTime !== undefined) {
        return inTime;
      }
      ending.abort(new DOMException("The command took too long.", "TimeoutError"));
      return await within(clock, grace, answer, { kind: "failure", command, failure: inVain });
    } finally {
      release();
    }
  }
}

/** Adds up what a command has asked of the API. Pages may be asked for side by side: their times can exceed the command's. */
function createTally() {
  let pages = 0;
  let api = 0;
  let waited = 0;
  let requestId: string | undefined;
  return {
    add(asked: Asked): void {
      pages += 1;
      api += asked.api;
      waited += asked.waited;
      requestId = asked.requestId ?? requestId;
    },
    total: () => (pages === 0 ? {} : { pages, api: Math.round(api), waited: Math.round(waited), requestId }),
  };
}
