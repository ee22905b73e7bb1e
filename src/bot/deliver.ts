import { createHash } from "node:crypto";
import type { Card } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Channel, SendOptions, Sent } from "./channel.ts";
import { faultOf, type Log } from "./log.ts";
import { within } from "./within.ts";

/** Hands cards to a channel. Never rejects, never waits without end, and logs what failed without what was on the card. */
export interface Delivery {
  send(channel: Channel, chat: string, card: Card, options: SendOptions): Promise<Sent>;
  update(channel: Channel, chat: string, message: string, card: Card): Promise<Sent>;
}

export interface DeliveryOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** After how long a channel is not waited for any more, milliseconds. */
  readonly patience: number;
}

export function createDelivery({ clock, log, patience }: DeliveryOptions): Delivery {
  async function deliver(channel: Channel, chat: string, act: "send" | "update", call: () => Promise<Sent>) {
    const late: Sent = { ok: false, recoverable: true, reason: "The channel did not answer in time." };
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

  return {
    send: (channel, chat, card, options) => deliver(channel, chat, "send", () => channel.send(chat, card, options)),
    update: (channel, chat, message, card) =>
      deliver(channel, chat, "update", () => channel.update(chat, message, card)),
  };
}

/** The idempotency key of what answers something, whatever ids a platform has: always the same for the same. */
export function sendKey(...about: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(about)).digest("base64url");
}
