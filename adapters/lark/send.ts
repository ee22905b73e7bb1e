import { createHash } from "node:crypto";
import type { ChatFile, Log, SendOptions, Sent } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createInsist, type Obstacle, type Pace, uploadTime } from "../../src/platform/index.ts";
import type { Api, Called, Content } from "./api.ts";
import type { FailureKind } from "./codes.ts";
import { type Failure, failureOf } from "./failure.ts";
import { limits } from "./limits.ts";
import type { LarkLane } from "./pace.ts";

/** Sends cards, and changes them. No method rejects; each resolves within its patience. */
export interface Sender {
  /**
   * `content` is the JSON text of a card. A message that cannot be answered any more is followed by one in the chat. However
   * often the same key is sent within an hour, the platform shows one message.
   */
  send(chat: string, content: string, options: SendOptions): Promise<Sent>;
  /** As `send`, after the file is uploaded; a larger one has more time. */
  sendFile(chat: string, file: ChatFile, options: SendOptions): Promise<Sent>;
  update(message: string, content: string): Promise<Sent>;
  /** Gives up what is under way; it counts as recoverable. */
  stop(): void;
}

export interface SenderOptions {
  readonly api: Pick<Api, "create" | "reply" | "patch" | "upload">;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Milliseconds for all tries of one message, beside the time that a file takes on its way. */
  readonly patience?: number | undefined;
  readonly tries?: number | undefined;
}

export function createSender(options: SenderOptions): Sender {
  const { api, pace, clock, random, log, patience = limits.sendPatience, tries = limits.sendTries } = options;
  const { within, call, stop } = createInsist<Failure, LarkLane>({
    ...{ pace, clock, random, patience, tries },
    obstacle: obstacleOf,
    late: (last) => last ?? failureOf("unavailable", "The platform did not take the message in time."),
    full: failureOf("rate", "Too many messages wait for their turn."),
    onAgain({ kind, code, logId, sentence }, { api: word }, made) {
      log.info({ call: word, kind, code, logId, reason: sentence, try: made }, "A call to Lark is made again.");
    },
  });

  async function reply(chat: string, message: string, content: Content, options: SendOptions, signal: AbortSignal) {
    const lane: LarkLane = { api: "reply", key: chat };
    const answer = (inThread: boolean) =>
      call(lane, () => api.reply(message, content, uuidOf(options.key), inThread), signal);
    const called = await answer(options.inThread === true);
    return failedWith(called, "no-thread") && options.inThread === true ? answer(false) : called;
  }

  function create(chat: string, content: Content, uuid: string, signal: AbortSignal): Promise<Called> {
    return call({ api: "create", key: chat }, () => api.create(chat, content, uuid), signal);
  }

  async function put(chat: string, content: Content, options: SendOptions, signal: AbortSignal): Promise<Called> {
    const { replyTo, key } = options;
    if (replyTo === undefined) {
      return create(chat, content, uuidOf(key), signal);
    }
    const replied = await reply(chat, replyTo, content, options, signal);
    // Under a key of its own: the platform may hold the other one for the reply that it did not send.
    return failedWith(replied, "recalled") ? create(chat, content, derived(key), signal) : replied;
  }

  return {
    async send(chat, content, options) {
      return sentOf(await within((signal) => put(chat, content, options, signal)), lasting);
    },
    async sendFile(chat, file, options) {
      // Of a chat, but not with its messages: an upload is none.
      const lane: LarkLane = { api: "upload", key: `files of ${chat}` };
      const called = await within(async (signal) => {
        const uploaded = await call(lane, () => api.upload(file), signal);
        return uploaded.ok ? put(chat, { file: uploaded.file }, options, signal) : uploaded;
      }, uploadTime(file.bytes));
      return sentOf(called, lasting);
    },
    async update(message, content) {
      const lane: LarkLane = { api: "patch", key: message };
      const called = await within((signal) => call(lane, () => api.patch(message, content), signal));
      return sentOf(called, lastingOfUpdate);
    },
    stop,
  };
}

/** Worth another try within seconds, with the same key. A locked card is free within 3 s. */
const passing: ReadonlySet<FailureKind> = new Set(["rate", "locked", "unavailable"]);

function obstacleOf({ kind, limited, reset }: Failure): Obstacle | undefined {
  if (limited !== undefined) {
    return { limit: limited === "chat" ? "key" : "api", reset };
  }
  return passing.has(kind) ? "trouble" : undefined;
}

/**
 * Failures of a send that the same send will meet for ever, or until somebody changes the app or the chat; by then nobody
 * waits for the message any more.
 */
const lasting: ReadonlySet<FailureKind> = new Set([
  "scope",
  "denied",
  "forbidden",
  "gone",
  "recalled",
  "no-thread",
  "too-old",
  "too-long",
  "audit",
  "refused",
  "parameter",
]);

/** A change that failed in these ways as well is better made up for by a new message than tried again. */
const lastingOfUpdate: ReadonlySet<FailureKind> = new Set([...lasting, "unknown"]);

function sentOf(called: Called, last: ReadonlySet<FailureKind>): Sent {
  if (called.ok) {
    return called;
  }
  const { kind, sentence } = called.failure;
  return { ok: false, recoverable: !last.has(kind), gone: kind === "gone" ? true : undefined, reason: sentence };
}

function failedWith(called: Called, kind: FailureKind): boolean {
  return !called.ok && called.failure.kind === kind;
}

function uuidOf(key: string): string {
  return key.length > 0 && key.length <= limits.uuid && /^[\w-]+$/.test(key) ? key : digest(key);
}

/** Always the same for a key, and not the key. */
function derived(key: string): string {
  return digest(`in the chat:${key}`);
}

/** 43 characters. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
