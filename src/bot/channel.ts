import type { Card, Locale } from "../cards/index.ts";

/** What became of something sent. */
export type Sent =
  | {
      readonly ok: true;
      readonly message: string;
      /** This very card is shown: no earlier one of the same key can stand in its place. */
      readonly certain?: boolean | undefined;
    }
  | {
      readonly ok: false;
      /** Whether the same call may succeed later. */
      readonly recoverable: boolean;
      /** The bot is no longer in the chat, or the chat is no more: nothing can be sent there until it speaks again. */
      readonly gone?: boolean | undefined;
      /** It may have arrived nevertheless, and is not sent again. */
      readonly maybe?: boolean | undefined;
      /** It was only for the time being, and was left out to save a call. */
      readonly spared?: boolean | undefined;
      /** For the log: no text of a card, no key. */
      readonly reason: string;
    };

export interface ShowOptions {
  /** Shown for the time being, until the answer follows: a channel that has to save calls may leave it out. */
  readonly passing?: boolean | undefined;
}

export interface UpdateOptions extends ShowOptions {
  /** Aborted when another change of the same message follows for sure: this one may be left out then. */
  readonly overtaken?: AbortSignal | undefined;
}

export interface SendOptions extends ShowOptions {
  /** The message that is answered, where the platform can show that. */
  readonly replyTo?: string | undefined;
  /** Whether that message stands in a thread, and its answer belongs there. */
  readonly inThread?: boolean | undefined;
  /**
   * Idempotency key: the same key never shows two messages, where the platform can promise that. At most 50 characters of
   * A-Z, a-z, 0-9, `-` and `_`.
   */
  readonly key: string;
}

export type FileType = "csv" | "xlsx" | "zip";

/** A file on this machine that goes into a chat. */
export interface ChatFile {
  /** As people see it, with its ending. */
  readonly name: string;
  readonly type: FileType;
  readonly path: string;
  readonly bytes: number;
}

/** What files a channel takes. */
export interface FileLimits {
  readonly types: readonly FileType[];
  /** Bytes of one file. */
  readonly bytes: number;
}

/**
 * A platform where people chat. An adapter turns what arrives into `Message` and `Click` and hands them to the bot; the
 * bot hands back cards through this port. An adapter knows cards; it does not know runtimes.
 */
export interface Channel {
  /** lark, dingtalk, playground: the name that access rules use. */
  readonly name: string;
  /** Who sees the card that answers a press: where it is only who pressed, an update for everyone has to follow. */
  readonly repliesTo: "everyone" | "presser";
  readonly files: FileLimits;
  /** For how long after it was first given an idempotency key shows no second message, milliseconds. */
  readonly keyHolds: number;
  /** Whether messages can arrive now; false makes /readyz say so. */
  connected(): boolean;
  /** Whether the platform can show all that a card holds; a list that it cannot show turns to a smaller page. */
  fits(card: Card): boolean;
  /** A new message in a chat. */
  send(chat: string, card: Card, options: SendOptions): Promise<Sent>;
  /** The same message, changed for everyone who sees it. */
  update(chat: string, message: string, card: Card, options?: UpdateOptions): Promise<Sent>;
  /** A file in a chat. */
  sendFile(chat: string, file: ChatFile, options: SendOptions): Promise<Sent>;
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
  /** It holds something else than text, which cannot be read. */
  readonly unread?: boolean | undefined;
  /** Whether it stands in a thread of the chat. */
  readonly inThread?: boolean | undefined;
  /** The message that its answer goes to, where that is another one. */
  readonly replyTo?: string | undefined;
  /** Epoch milliseconds, by the platform's clock. */
  readonly writtenAt: number;
  readonly locale: Locale;
}

/** The bot was added to a chat, or taken out of it. */
export interface Joined {
  readonly channel: string;
  readonly chat: string;
  /** Who did it, empty where that is not told; what can be done here is judged as for that user. */
  readonly user: string;
  /** The platform's id of the event. */
  readonly id: string;
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
  readonly locale: Locale;
}

/** What an adapter answers to its platform for a click, always within the bot's click deadline (2 s). */
export type ClickReply =
  /** The new card, shown as `Channel.repliesTo` says. */
  | { readonly kind: "card"; readonly card: Card }
  /** Not there yet: an update of the card follows through `Channel.update`. */
  | { readonly kind: "later"; readonly text: string }
  /** Only a word to the one who pressed; the card stays. */
  | { readonly kind: "toast"; readonly text: string; readonly colour: "green" | "orange" | "red" };

/** What an adapter calls. No method rejects. */
export interface Bot {
  /**
   * Resolves as soon as the message is on disk, not yet answered, with whether it was accepted. True: the platform can be
   * acknowledged. False: the bot is stopping or its store fails, and the message is to be left for the platform to deliver
   * again.
   */
  receive(message: Message): Promise<boolean>;
  /** Answers within the bot's click deadline. */
  click(click: Click): Promise<ClickReply>;
  /** Says hello, once. As `receive`. */
  joined(joined: Joined): Promise<boolean>;
  /** Notes that the bot was taken out of a chat: nothing is sent there any more. As `receive`. */
  left(left: Joined): Promise<boolean>;
}
