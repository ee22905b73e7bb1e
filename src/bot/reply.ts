import type { Card } from "../cards/index.ts";
import type { Channel, Message } from "./channel.ts";
import { type Delivery, sendKey } from "./deliver.ts";

/**
 * The one message that answers a message: sent with the first card, changed with each later one. Cards are shown in order,
 * one at a time; one that is overtaken while another is on its way is left out.
 */
export interface Reply {
  /** Shows something for the time being. */
  show(card: Card): void;
  /** Shows the answer, and resolves when that is done. A channel that cannot change the message gets a new one. */
  finish(card: Card): Promise<void>;
}

export function createReply(delivery: Delivery, channel: Channel, { chat, id }: Message): Reply {
  let message: string | undefined;
  let tried = false;
  let next: { readonly card: Card; readonly last: boolean } | undefined;
  let working: Promise<void> | undefined;

  function put(card: Card, last: boolean): Promise<void> {
    next = { card, last };
    working ??= work();
    return working;
  }

  async function work(): Promise<void> {
    while (next !== undefined) {
      const { card, last } = next;
      next = undefined;
      await (message === undefined ? send(card) : change(message, card, last));
    }
    working = undefined;
  }

  async function send(card: Card): Promise<void> {
    const sent = await delivery.send(channel, chat, card, { replyTo: id, key: sendKey(channel.name, chat, id) });
    if (sent.ok) {
      message = sent.message;
      if (tried) {
        // An earlier try may have shown its card after all; then this one, of the same key, was not shown.
        await delivery.update(channel, chat, message, card);
      }
    }
    tried = true;
  }

  async function change(shown: string, card: Card, last: boolean): Promise<void> {
    const changed = await delivery.update(channel, chat, shown, card);
    if (!changed.ok && last) {
      await delivery.send(channel, chat, card, { replyTo: id, key: sendKey(channel.name, chat, id, "answer") });
    }
  }

  return {
    show: (card) => void put(card, false),
    finish: (card) => put(card, true),
  };
}
