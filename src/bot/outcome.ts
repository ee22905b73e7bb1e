import type { Answer } from "../cards/index.ts";
import type { LabelsOf } from "../telemetry/index.ts";

/** What became of a command, in one of a few words. */
export function outcomeOf({ kind }: Answer): LabelsOf<"commands">["outcome"] {
  switch (kind) {
    case "problem":
    case "too-large":
    case "export-too-many":
    case "export-too-large":
    case "unwatchable":
    case "chats-only":
    case "too-many-views":
      return "problem";
    case "missing":
    case "no-alert":
    case "unknown-view":
      return "nothing";
    case "refused":
      return "refused";
    case "failure":
    case "export-not-sent":
    case "store-failed":
    case "busy":
      return "failed";
    case "internal":
      return "fault";
    default:
      return "ok";
  }
}
