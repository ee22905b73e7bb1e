import type { Answer, AuditDetail } from "../cards/index.ts";
import { type Command, type CommandProblem, type Parsed, print } from "../commands/index.ts";

/** How much is kept of what is no command, characters. */
const longestBad = 200;

/** A text without the secrets of this bot. */
export type Scrub = (text: string) => string;

/** What of a text goes into an audit: a command in canonical text, anything else as it was typed, cut. */
export function auditText(parsed: Parsed, scrub: Scrub): string {
  return parsed.ok ? scrub(print(parsed.command)) : typedText(parsed.problem, scrub);
}

/** What is kept of what is no command: the first characters as they were typed. Nothing is left of a secret that is cut. */
export function typedText({ text }: Pick<CommandProblem, "text">, scrub: Scrub): string {
  return scrub(text).slice(0, longestBad);
}

/** What was changed, or went out, where that is more than the command says. */
export function auditDetail(answer: Answer): AuditDetail | undefined {
  switch (answer.kind) {
    case "exported":
      return { kind: "file", name: answer.file.name, rows: answer.file.rows };
    case "alert":
      return answer.did && { kind: "quieted", ...answer.did };
    case "quieted": {
      const { what, count, target, until } = answer;
      return { kind: "quieted", what, count, target, until };
    }
    case "watching":
      return answer.saved === "preview" ? undefined : { kind: "watch", what: answer.saved };
    case "watch-off":
      return { kind: "watch", what: answer.was ? "off" : "none" };
    case "digest-set":
      return { kind: "digest", what: answer.edited ? "edited" : "new" };
    case "digest-off":
      return { kind: "digest", what: answer.was ? "off" : "none" };
    case "views":
      return answer.did && { kind: "view", ...answer.did };
    case "language":
      return answer.changed ? { kind: "language", locale: answer.locale } : undefined;
    default:
      return undefined;
  }
}

/** Whether a command changes something, or brings something out: its entry is on disk before anybody sees the answer. */
export function changes(command: Command): boolean {
  switch (command.kind) {
    case "alerts-on":
      return !command.preview;
    case "lang":
      return command.locale !== undefined;
    case "export":
    case "alerts-off":
    case "alerts-test":
    case "alerts-ack":
    case "alerts-mute":
    case "alerts-unmute":
    case "digest-on":
    case "digest-off":
    case "view-save":
    case "view-drop":
      return true;
    case "list":
    case "show":
    case "summary":
    case "trend":
    case "why":
    case "audit":
    case "alerts-status":
    case "alerts-show":
    case "digest-status":
    case "view-list":
    case "help":
      return false;
  }
}
