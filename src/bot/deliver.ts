import { createHash } from "node:crypto";
import type { Card } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Channel, SendOptions, Sent } from "./channel.ts";
import { type Count, faultOf, type Log } from "./log.ts";
import type { Memory } from "./memory.ts";
import { within } from "./within.ts";

/**
 * Hands cards to a channel, and remembers which message shows which command and which chats are gone. Never rejects, never
 * waits without end, and logs what failed without what was on the card.
 */
export interface Delivery {
  send(channel: Channel, chat: string, card: Card, options: SendOptions): Promise<Sent>;
  update(channel: Channel, chat: string, message: string, card: Card): Promise<Sent>;
}

export interface DeliveryOptions {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: Count;
  /** After how long a channel is not waited for any more, milliseconds. */
  readonly patience: number;
}

const late: Sent = { ok: false, recoverable: true, reason: "The channel did not answer in time." };
const gone: Sent = { ok: false, recoverable: false, gone: true, reason: "The bot is not in this chat any more." };

export function createDelivery({ memory, clock, log, count, patience }: DeliveryOptions): Delivery {
  async function deliver(
    channel: Channel,
    chat: string,
    card: Card,
    act: "send" | "update",
    call: () => Promise<Sent>,
  ) {
    const sent = await attempt(channel, chat, act, call);
    count("sends", {
      channel: channel.name,
      act,
      outcome: sent.ok ? "ok" : sent.recoverable ? "recoverable" : "final",
    });
    if (sent.ok) {
      memory.cards.record({ channel: channel.name, chat, message: sent.message, command: card.command });
      return sent;
    }
    if (sent.gone === true) {
      await remembering("A chat that is gone could not be noted.", () =>
        memory.chats.gone(channel.name, chat, sent.reason),
      );
    }
    return sent;
  }

  async function attempt(channel: Channel, chat: string, act: "send" | "update", call: () => Promise<Sent>) {
    try {
      const sent = await within(clock, patience, call(), late);
      if (!sent.ok) {
        log.warn({ channel: channel.name, chat, act, reason: sent.reason }, "A card could not be sent.");
      }
      return sent;
    } catch (error) {
      log.error({ channel: channel.name, chat, act, fault: faultOf(error) }, "A channel failed to send a card.");
      return { ok: false, recoverable: false, reason: "The channel failed." } satisfies Sent;
    }
  }

  /** What is remembered of chats helps, but nobody's answer waits or fails for it. */
  async function remembering<Value>(failed: string, work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await within(clock, patience, work(), undefined);
    } catch (error) {
      log.error({ fault: faultOf(error) }, failed);
      return undefined;
    }
  }

  return {
    async send(channel, chat, card, options) {
      // Whoever wrote in the chat shows that it is there; anything else is not tried for ever where it cannot arrive.
      if (options.replyTo === undefined) {
        const isGone = await remembering("It could not be looked up whether a chat is gone.", () =>
          memory.chats.isGone(channel.name, chat),
        );
        if (isGone === true) {
          return gone;
        }
      }
      return deliver(channel, chat, card, "send", () => channel.send(chat, card, options));
    },
    update: (channel, chat, message, card) =>
      deliver(channel, chat, card, "update", () => channel.update(chat, message, card)),
  };
}

/** The idempotency key of what answers something, whatever ids a platform has: always the same for the same. */
export function sendKey(...about: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(about)).digest("base64url");
}
