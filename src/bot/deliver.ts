import { createHash } from "node:crypto";
import type { Card } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { LabelsOf, Meter, Span, Tracer } from "../telemetry/index.ts";
import type { Channel, ChatFile, SendOptions, Sent, UpdateOptions } from "./channel.ts";
import { faultOf, type Log } from "./log.ts";
import type { ShownCards } from "./memory.ts";
import type { Presence } from "./presence.ts";
import { within } from "./within.ts";

/**
 * Hands cards to a channel, and remembers which message shows which command and which chats are gone. Never rejects, never
 * waits without end, and logs what failed without what was on the card.
 */
export interface Delivery {
  send(channel: Channel, chat: string, card: Card, options: SendOptions): Promise<Sent>;
  update(channel: Channel, chat: string, message: string, card: Card, options?: ChangeOptions): Promise<Sent>;
  sendFile(channel: Channel, chat: string, file: ChatFile, options: SendOptions): Promise<Sent>;
}

export interface ChangeOptions extends UpdateOptions {
  /** When the press that the card answers reached the bot, epoch milliseconds: that decides which of two cards is the newer. */
  readonly pressedAt?: number | undefined;
}

export interface DeliveryOptions {
  readonly cards: ShownCards;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer: Tracer;
  /** After how long a channel is not waited for any more, milliseconds. */
  readonly patience: number;
}

type Act = "send" | "update" | "file";

/** What a file may take beside a card, milliseconds for each megabyte. */
const fileTime = 10_000;

const late: Sent = { ok: false, recoverable: true, reason: "The channel did not answer in time." };
const gone: Sent = { ok: false, recoverable: false, gone: true, reason: "The bot is not in this chat any more." };

export function createDelivery(options: DeliveryOptions): Delivery {
  const { cards, presence, clock, log, meter, tracer, patience } = options;

  function deliver(channel: Channel, chat: string, delivering: Delivering): Promise<Sent> {
    const about = { "deskhand.channel": channel.name, "deskhand.act": delivering.act } as const;
    return tracer.span("send", about, async (span) => {
      const sent = await hand(channel, chat, delivering);
      tellOf(sent, span);
      return sent;
    });
  }

  async function hand(channel: Channel, chat: string, { act, time = patience, call }: Delivering): Promise<Sent> {
    const began = clock.elapsed();
    const sent = await attempt(channel, chat, act, () => within(clock, time, call(), late));
    meter.observe("send_duration_seconds", (clock.elapsed() - began) / 1_000, { channel: channel.name });
    meter.count("sends", { channel: channel.name, act, outcome: outcomeOf(sent) });
    if (!sent.ok && sent.gone === true) {
      await presence.gone({ channel: channel.name, chat }, sent.reason);
    }
    return sent;
  }

  async function deliverCard(channel: Channel, chat: string, card: Card, delivering: Delivering): Promise<Sent> {
    // From when the channel begins: people see the card, and press it, before the platform's answer is here, and such a press
    // is newer than what it was made on.
    const { pressedAt: at = clock.now() } = delivering;
    const sent = await deliver(channel, chat, delivering);
    if (sent.ok) {
      cards.record({ channel: channel.name, chat, message: sent.message, command: card.command, at });
    }
    return sent;
  }

  async function attempt(channel: Channel, chat: string, act: Act, call: () => Promise<Sent>): Promise<Sent> {
    try {
      const sent = await call();
      if (!sent.ok && sent.spared !== true) {
        log.warn(
          { channel: channel.name, chat, act, reason: sent.reason },
          `${act === "file" ? "A file" : "A card"} could not be sent.`,
        );
      }
      return sent;
    } catch (error) {
      log.error({ channel: channel.name, chat, act, fault: faultOf(error) }, "A channel failed to send a card.");
      return { ok: false, recoverable: false, reason: "The channel failed." };
    }
  }

  return {
    async send(channel, chat, card, options) {
      // Whoever wrote in the chat shows that it is there; anything else is not tried for ever where it cannot arrive.
      if (options.replyTo === undefined && (await presence.isGone({ channel: channel.name, chat }))) {
        return gone;
      }
      return deliverCard(channel, chat, card, { act: "send", call: () => channel.send(chat, card, options) });
    },
    update: (channel, chat, message, card, { pressedAt, ...options } = {}) =>
      deliverCard(channel, chat, card, {
        act: "update",
        pressedAt,
        call: () => channel.update(chat, message, card, options),
      }),
    sendFile: (channel, chat, file, options) =>
      deliver(channel, chat, {
        act: "file",
        time: patience + (file.bytes / 1_000_000) * fileTime,
        call: () => channel.sendFile(chat, file, options),
      }),
  };
}

interface Delivering {
  readonly act: Act;
  /** After how long the channel is not waited for any more, milliseconds. */
  readonly time?: number | undefined;
  readonly pressedAt?: number | undefined;
  readonly call: () => Promise<Sent>;
}

function outcomeOf(sent: Sent): LabelsOf<"sends">["outcome"] {
  return sent.ok ? "ok" : sent.spared === true ? "spared" : sent.recoverable ? "recoverable" : "final";
}

/** What a trace tells of a send. */
function tellOf(sent: Sent, span: Span<"send">): void {
  const outcome = outcomeOf(sent);
  span.set({ "deskhand.outcome": outcome });
  if (outcome === "recoverable" || outcome === "final") {
    span.failed(outcome);
  }
}

/** The idempotency key of what answers something, whatever ids a platform has: always the same for the same. */
export function sendKey(...about: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(about)).digest("base64url");
}
