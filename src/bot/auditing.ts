import type { Answer } from "../cards/index.ts";
import type { Parsed } from "../commands/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import type { Asker } from "./access.ts";
import type { Audit, AuditEntry, Origin } from "./audit.ts";
import { auditDetail, auditText, changes, type Scrub } from "./audit-of.ts";
import type { Click, Joined, Message } from "./channel.ts";
import { faultOf, type Log } from "./log.ts";
import { auditOutcome } from "./outcome.ts";
import { within } from "./within.ts";

/** Who did something where, and what tells it from all else. */
type Doing = Pick<AuditEntry, "channel" | "chat" | "user" | "id">;

/** Writes down what is done in chats. Nothing rejects: a store that fails costs an entry and not an answer. */
export interface Auditing {
  /** A command was run. Resolves when its answer may be shown; of what changes something, when its entry is on disk. */
  answered(
    asker: Asker,
    parsed: Parsed,
    answer: Answer,
    from: { readonly origin: Origin; readonly signals: readonly AbortSignal[] },
  ): Promise<void>;
  /** A press was refused before anything was run. `why`: it may not be done, or the button carries no command. */
  refused(click: Click, parsed: Parsed, why: "refused" | "bad"): void;
  /** A message came too late to be run. */
  late(message: Message, parsed: Parsed, at: number): void;
  /** The bot was added to a chat, or taken out of it. */
  moved(joined: Joined, what: "joined" | "left", at: number): void;
}

export interface AuditingOptions {
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly scrub: Scrub;
}

/** How long an answer waits for its entry, milliseconds: a press has to be answered. */
const patience = 400;

export function createAuditing({ audit, clock, log, meter, scrub }: AuditingOptions): Auditing {
  function note(entry: AuditEntry): void {
    if (audit.kept() > 0) {
      audit.note(entry);
    }
  }

  async function keep(entry: AuditEntry): Promise<void> {
    if (audit.kept() === 0) {
      return;
    }
    try {
      if ((await within(clock, patience, audit.keep(entry), "late")) === "late") {
        tellUnwritten(entry, undefined);
      }
    } catch (error) {
      tellUnwritten(entry, error);
    }
  }

  /** It is still tried, so that it is missing only if that fails for long or this process ends. */
  function tellUnwritten({ channel, chat }: AuditEntry, error: unknown): void {
    meter.count("audit_unwritten", {});
    const fault = error === undefined ? {} : { fault: faultOf(error) };
    log.error({ channel, chat, ...fault }, "What was changed in a chat could not be written into its audit in time.");
  }

  const placeOf = ({ channel, chat, user, id }: Doing): Doing => ({ channel, chat, user, id });

  return {
    async answered(asker, parsed, answer, { origin: { id, how, at }, signals }) {
      const anew = how === "pressed" || (parsed.ok && parsed.command.kind === "export");
      if (anew && answer.kind === "failure" && signals.some(({ aborted }) => aborted)) {
        // It was overtaken, and nobody sees what came of it; or this process ends, and the next runs it again.
        return;
      }
      const entry: AuditEntry = {
        ...placeOf({ ...asker, id }),
        ...{ how, at, text: auditText(parsed, scrub), outcome: auditOutcome(answer), detail: auditDetail(answer) },
      };
      if (parsed.ok && changes(parsed.command) && entry.outcome !== "refused") {
        await keep(entry);
      } else {
        note(entry);
      }
    },
    refused: (click, parsed, why) =>
      note({
        ...placeOf(click),
        id: pressId(click),
        ...{ how: "pressed", at: clock.now(), text: auditText(parsed, scrub), outcome: why, detail: undefined },
      }),
    late: (message, parsed, at) =>
      note({
        ...placeOf(message),
        ...{ how: "typed", at, text: auditText(parsed, scrub), outcome: "late", detail: undefined },
      }),
    moved: (joined, what, at) =>
      note({ ...placeOf(joined), ...{ how: "platform", at, text: "", outcome: "ok", detail: { kind: what } } }),
  };
}

/** Ids of presses may be unique on their card alone. */
export function pressId({ message, id }: Click): string {
  return `${message} ${id}`;
}
