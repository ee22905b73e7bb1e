import type { Answer } from "../cards/index.ts";
import { type Parsed, print } from "../commands/index.ts";
import type { Asker, Grant } from "./access.ts";
import { type Scrub, typedText } from "./audit-of.ts";
import { concealAsker, concealCommand } from "./conceal.ts";
import type { Log } from "./log.ts";
import { outcomeOf } from "./outcome.ts";

/** How much is logged of a command, characters. */
const longest = 500;

/** What a command has taken, and how it came. */
export interface Taken {
  readonly pressed: boolean;
  /** From when its turn had come until its answer was there. */
  readonly milliseconds: number;
  /** What it has asked of the API, where it has asked. */
  readonly asked: object;
}

/** Gives each command its line of the log; docs/logs.md says what is in it. `grant`: of who asked. */
export interface CommandLog {
  /** It was answered, whatever came of it. */
  answered(asker: Asker, grant: Grant, parsed: Parsed, answer: Answer, taken: Taken): void;
  /** It came too late to be run. */
  late(asker: Asker, grant: Grant, parsed: Parsed, pressed: boolean): void;
}

export function createCommandLog(log: Pick<Log, "info">, scrub: Scrub): CommandLog {
  function asking({ channel, chat, user }: Asker, { show }: Grant, parsed: Parsed, pressed: boolean) {
    return {
      ...{ channel, chat, user: concealAsker(user, show) },
      ...(pressed && { press: true }),
      ...(parsed.ok
        ? { command: scrub(print(concealCommand(parsed.command, show))).slice(0, longest) }
        : // What cannot be read may name anybody.
          { typed: show === "full" ? typedText(parsed.problem, scrub) : undefined }),
    };
  }

  return {
    answered(asker, grant, parsed, answer, { pressed, milliseconds, asked }) {
      log.info(
        {
          ...asking(asker, grant, parsed, pressed),
          outcome: outcomeOf(answer),
          answer: answer.kind,
          ...(answer.kind === "failure" && { failure: answer.failure.kind }),
          milliseconds: Math.round(milliseconds),
          ...asked,
        },
        "command",
      );
    },
    late: (asker, grant, parsed, pressed) =>
      log.info({ ...asking(asker, grant, parsed, pressed), outcome: "late" }, "command"),
  };
}
