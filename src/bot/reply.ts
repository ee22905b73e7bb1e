import type { Card } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Channel, Message, Sent, ShowOptions } from "./channel.ts";
import { type Delivery, sendKey } from "./deliver.ts";
import { insist } from "./insist.ts";

/**
 * The one message that answers a message: sent with the first card, changed with each later one. Cards are shown in order,
 * one at a time; one that is overtaken while another is on its way is left out.
 */
export interface Reply {
  /** Shows something for the time being. */
  show(card: Card): void;
  /**
   * Shows the answer, and resolves with whether that is done: false while the channel fails, and another process may do it
   * yet. A channel that cannot change the message gets a new one; one that fails for a moment is tried again.
   */
  finish(card: Card): Promise<boolean>;
}

export interface ReplyOptions {
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly channel: Channel;
  readonly message: Message;
  /** An earlier process may have begun to answer. */
  readonly resumed: boolean;
  /** Aborted when the bot has to end. */
  readonly ending: AbortSignal;
}

export function createReply({ delivery, clock, channel, message: asked, resumed, ending }: ReplyOptions): Reply {
  const { chat, id, inThread, replyTo = id } = asked;
  let message: string | undefined;
  let tried = resumed;
  let next: { readonly card: Card; readonly last: boolean } | undefined;
  let working: Promise<void> | undefined;
  let done = false;

  function put(card: Card, last: boolean): Promise<void> {
    next = { card, last };
    working ??= work();
    return working;
  }

  async function work(): Promise<void> {
    while (next !== undefined) {
      const { card, last } = next;
      next = undefined;
      if (last) {
        done = await insist({ clock, signals: [ending], put: () => putAnswer(card) });
      } else {
        await place(card, { passing: true });
      }
    }
    working = undefined;
  }

  const place = (card: Card, options: ShowOptions): Promise<Sent> =>
    message === undefined ? send(card, options) : change(message, card, options);

  /** The answer itself: nothing comes after it that would make up for it. */
  async function putAnswer(card: Card): Promise<Sent> {
    const sent = await place(card, {});
    if (sent.ok || sent.recoverable || message === undefined) {
      return sent;
    }
    const key = sendKey(channel.name, chat, id, "answer");
    return delivery.send(channel, chat, card, { replyTo, inThread, key });
  }

  async function send(card: Card, options: ShowOptions): Promise<Sent> {
    const key = sendKey(channel.name, chat, id);
    const sent = await delivery.send(channel, chat, card, { ...options, replyTo, inThread, key });
    if (!sent.ok) {
      tried ||= sent.spared !== true;
      return sent;
    }
    message = sent.message;
    // An earlier try may have shown its card after all; then this one, of the same key, was not shown.
    return tried && sent.certain !== true ? change(sent.message, card, options) : sent;
  }

  const change = (shown: string, card: Card, options: ShowOptions): Promise<Sent> =>
    delivery.update(channel, chat, shown, card, options);

  return {
    show: (card) => void put(card, false),
    async finish(card) {
      await put(card, true);
      return done;
    },
  };
}
