import type { Log, Sent } from "../../src/bot/index.ts";
import type { Card } from "../../src/cards/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createRefusals } from "../../src/platform/index.ts";
import type { Meter } from "../../src/telemetry/index.ts";
import type { Api, Asked } from "./api.ts";
import { apiLimits } from "./api-limits.ts";
import type { FailureKind } from "./codes.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import type { Failure } from "./failure.ts";
import { createOnce, type Tried } from "./once.ts";
import { type MarkdownMessage, renderMarkdown } from "./render.ts";
import { sendLimits } from "./send-limits.ts";
import { textId, unsent } from "./sent.ts";

/**
 * Sends a card as a message of markdown, whose links send the commands of its buttons. Such a message cannot be changed, and
 * has no key against doubles on the platform: this process sends one a key. Nothing rejects.
 */
export interface Fallback {
  /** What became, or will become, of the message of a key; undefined where there is none. */
  known(key: string): Promise<Sent> | undefined;
  /** A short word, through the session webhook, which costs no call. Undefined where that did not work. */
  notice(letter: Letter): Promise<Sent | undefined>;
  /** In place of a card that cannot be delivered. */
  send(letter: Letter, cause: Cause): Promise<Sent>;
}

export interface Letter {
  readonly chat: string;
  readonly conversation: Conversation;
  readonly card: Card;
  readonly key: string;
}

export interface Cause {
  readonly kind: FailureKind;
  /** Undefined where no call was made. */
  readonly failure: Failure | undefined;
  /** Whether there is time for another call. */
  readonly inTime: () => boolean;
}

export interface FallbackOptions {
  readonly api: Pick<Api, "sendWebhook" | "sendGroup" | "sendUser">;
  readonly conversations: Pick<Conversations, "expired">;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
}

/** What the log says of each reason. The operator reads there what to do, as the failure says it. */
const reasons = {
  scope: "The app lacks a permission for cards: its answers go as plain messages.",
  template: "The card template cannot be used: answers go as plain messages.",
  quota:
    "The month's API calls are spent: answers go as plain messages, and only where somebody wrote a short time ago.",
  denied: "The app may not send cards: its answers go as plain messages.",
  user: "Somebody cannot be sent cards, as an outsider of the organisation: their answers go as plain messages.",
  refused: "DingTalk did not deliver a card: the answer goes as a plain message.",
  "too-long": "A card was too long for DingTalk: the answer goes as a plain message.",
  parameter: "DingTalk did not understand a card: the answer goes as a plain message.",
  unknown: "A card could not be delivered: the answer goes as a plain message.",
} as const;

type Reason = keyof typeof reasons;

const isReason = (kind: string): kind is Reason => Object.hasOwn(reasons, kind);

/** What is said of a card that could not be delivered as one; undefined where no message goes in its place. */
export function fallbackWords(kind: FailureKind): string | undefined {
  return isReason(kind) ? reasons[kind] : undefined;
}

/** Bytes of the rest of a webhook's body, around the title and the text. */
const around = 100;

export function createFallback(options: FallbackOptions): Fallback {
  const { api, conversations } = options;
  const tell = createRefusals({
    ...options,
    count: (reason) => options.meter.count("dingtalk_fallbacks", { reason }),
    messages: reasons,
    quiet: sendLimits.outageTold,
  });
  const once = createOnce();

  /** Undefined where there is no webhook that can be used: then another way may be. */
  async function byWebhook({ chat, conversation: { webhook }, card, key }: Letter): Promise<Tried | undefined> {
    if (webhook === undefined) {
      return undefined;
    }
    const markdown = renderMarkdown(card, apiLimits.webhookBytes - around);
    const asked = await api.sendWebhook(webhook, { msgtype: "markdown", markdown });
    if (!asked.ok && asked.failure.kind === "expired") {
      conversations.expired(chat, webhook);
    }
    const tried = triedOf(asked, key);
    return tried.left ? tried : undefined;
  }

  async function byRobot(letter: Letter): Promise<Tried> {
    const { chat, conversation, card, key } = letter;
    const message = renderMarkdown(card, apiLimits.msgParamBytes);
    const asked = await sendByRobot(chat, conversation, message);
    return asked === undefined ? { sent: unreachable, left: false } : triedOf(asked, key);
  }

  async function sendByRobot(
    chat: string,
    { kind, staffId }: Conversation,
    { title, text }: MarkdownMessage,
  ): Promise<Asked<undefined> | undefined> {
    if (kind === "group") {
      return api.sendGroup(chat, "sampleMarkdown", { title, text });
    }
    return staffId === undefined ? undefined : api.sendUser(staffId, "sampleMarkdown", { title, text });
  }

  return {
    known: (key) => once.known(key),
    async notice(letter) {
      let sent: Sent | undefined;
      await once.send(letter.key, async () => {
        const tried = await byWebhook(letter);
        sent = tried?.sent;
        return tried ?? { sent: late, left: false };
      });
      return sent;
    },
    send(letter, { kind, failure, inTime }) {
      const { sentence: why, code, requestId } = failure ?? {};
      tell(isReason(kind) ? kind : "unknown", { chat: letter.chat, why, code, requestId });
      return once.send(letter.key, async () => {
        const tried = await byWebhook(letter);
        return tried ?? (inTime() ? byRobot(letter) : { sent: late, left: false });
      });
    },
  };
}

function triedOf(asked: Asked<undefined>, key: string): Tried {
  return asked.ok
    ? { sent: { ok: true, message: textId(key), certain: true }, left: true }
    : { sent: unsent(asked.failure, "unkeyed"), left: asked.failure.maybeSent };
}

const unreachable: Sent = {
  ok: false,
  recoverable: false,
  reason: "There is no way to write to this person before they write again: they are not of the organisation.",
};

const late: Sent = { ok: false, recoverable: true, reason: "The platform did not take the message in time." };
