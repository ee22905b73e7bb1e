import type { Card, Locale } from "../cards/index.ts";

/** What became of something sent. `recoverable`: the same call may succeed later. */
export type Sent =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly recoverable: boolean; readonly reason: string };

export interface SendOptions {
  /** The message that is answered, where the platform can show that. */
  readonly replyTo?: string | undefined;
  /**
   * Idempotency key: the same key never shows two messages, where the platform can promise that. At most 50 characters of
   * A-Z, a-z, 0-9, `-` and `_`.
   */
  readonly key: string;
}

/**
 * A platform where people chat. An adapter turns what arrives into `Message` and `Click` and hands them to the bot; the
 * bot hands back cards through this port. An adapter knows cards; it does not know runtimes.
 */
export interface Channel {
  /** lark, dingtalk, playground: the name that access rules use. */
  readonly name: string;
  /** Whether messages can arrive now; false makes /readyz say so. */
  connected(): boolean;
  /** A new message in a chat. */
  send(chat: string, card: Card, options: SendOptions): Promise<Sent>;
  /** The same message, changed for everyone who sees it. */
  update(chat: string, message: string, card: Card): Promise<Sent>;
  /** Begins to receive. Rejects when it cannot, with a sentence for the operator. */
  start(bot: Bot): Promise<void>;
  /** Stops receiving, at once. What was received may still be answered. */
  quiesce(): Promise<void>;
  /** Closes everything it holds. */
  stop(): Promise<void>;
}

/** A text that a person wrote. */
export interface Message {
  readonly channel: string;
  readonly chat: string;
  readonly user: string;
  /** The platform's id of the message: what deliveries are told apart by. */
  readonly id: string;
  /** As the person wrote it, without the mention of the bot. */
  readonly text: string;
  /** Epoch milliseconds, by the platform's clock. */
  readonly writtenAt: number;
  readonly locale: Locale;
}

/** A press on a button of a card. `text` is the command that the button carried. */
export interface Click {
  readonly channel: string;
  readonly chat: string;
  readonly user: string;
  /** The platform's id of this press. */
  readonly id: string;
  /** The message whose card was pressed: it is the one that changes. */
  readonly message: string;
  readonly text: string;
  /** The card shows this very command already: it is to be asked anew, not answered from what was read a moment ago. */
  readonly again: boolean;
  readonly locale: Locale;
}

/** What an adapter answers to its platform for a click, always within the bot's click deadline (2 s). */
export type ClickReply =
  /** The new card; the adapter shows it for everyone. */
  | { readonly kind: "card"; readonly card: Card }
  /** Not there yet: an update of the card follows through `Channel.update`. */
  | { readonly kind: "later"; readonly text: string }
  /** Only a word to the one who pressed; the card stays. */
  | { readonly kind: "toast"; readonly text: string; readonly colour: "green" | "orange" | "red" };

/** What an adapter calls. Neither method rejects. */
export interface Bot {
  /**
   * Resolves at once with whether the message was accepted, not yet answered. True: the platform can be acknowledged.
   * False: the bot is stopping, and the message is to be left for the platform to deliver again.
   */
  receive(message: Message): Promise<boolean>;
  click(click: Click): Promise<ClickReply>;
}
