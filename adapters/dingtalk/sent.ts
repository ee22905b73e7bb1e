import type { Sent } from "../../src/bot/index.ts";
import type { FailureKind } from "./codes.ts";
import type { Failure } from "./failure.ts";

/** Failures that pass by themselves, or with a token, a secret or calls that somebody sees to: the same call may succeed later. */
const passing: ReadonlySet<FailureKind> = new Set(["rate", "unavailable", "token", "credentials"]);
/** Of a message, these as well; a change is better made up for by a new message. */
const passingOfMessage: ReadonlySet<FailureKind> = new Set([...passing, "quota", "unknown"]);

/** What a failed send is to the bot. One that has a key against doubles may be repeated whatever became of it. */
export function unsent({ kind, sentence, maybeSent }: Failure, keyed: "keyed" | "unkeyed"): Sent {
  if (maybeSent && keyed === "unkeyed") {
    return {
      ok: false,
      recoverable: false,
      maybe: true,
      reason: `${sentence} It may have arrived, and is not sent again.`,
    };
  }
  return { ok: false, recoverable: passingOfMessage.has(kind), gone: goneIf(kind), reason: sentence };
}

/** What a failed change of a card is to the bot. */
export function unchanged({ kind, sentence }: Failure): Sent {
  return { ok: false, recoverable: passing.has(kind), gone: goneIf(kind), reason: sentence };
}

/** What was for the time being only, and is left out to save a call. */
export const spared: Sent = {
  ok: false,
  recoverable: false,
  spared: true,
  reason: "It was for the time being only, and was left out.",
};

export const closed: Sent = { ok: false, recoverable: true, reason: "The channel is closed." };

function goneIf(kind: FailureKind): true | undefined {
  return kind === "gone" ? true : undefined;
}

/** The message that a card was sent as where it could not be delivered as one: it cannot be changed. */
export function textId(key: string): string {
  return `text:${key}`;
}

/** The message of a file: it cannot be changed. */
export function fileId(key: string): string {
  return `file:${key}`;
}

/** Whether a message is a card; its id is the card's outTrackId then, which has no colon. */
export function isCard(message: string): boolean {
  return !message.includes(":");
}
