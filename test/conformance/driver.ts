// What the suite asks of a platform's stand-in, in words that fit every platform.

/** Where something is said and by whom, in the test's own words; a driver makes ids of them. */
export interface Place {
  readonly chat: string;
  readonly user: string;
}

export interface Writing extends Place {
  readonly text: string;
  /** Whether a new chat is one of this person with the bot, in place of a group. */
  readonly alone?: boolean | undefined;
  /** How often it is delivered, at once; once unless given. */
  readonly copies?: number | undefined;
  /** How long ago it was written; just now unless given. */
  readonly minutesAgo?: number | undefined;
}

/** A message that a person wrote. */
export interface Written extends Writing {
  readonly id: string;
}

/** What a reader sees of a message of the bot. */
export interface Seen {
  readonly kind: "card" | "text" | "file";
  readonly title: string;
  /** As plain text, with what stands in tables, charts and on buttons. */
  readonly words: string;
  /** What can be pressed, by its words alone: arrows and icons are left out. Empty where nothing can be. */
  readonly buttons: readonly string[];
  /** What could be followed, calls somebody, or is drawn, and is nothing that a card of this product has. */
  readonly live: readonly string[];
}

export interface SeenFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What a person who pressed got within the platform's patience. */
export interface Pressed {
  /**
   * - `card`: the card that was pressed shows something else
   * - `word`: a word to who pressed; the card stays, or changes later
   * - `late`: nothing in time, or nothing that the platform takes
   */
  readonly how: "card" | "word" | "late";
  /** The word; empty when there is none. */
  readonly text: string;
  readonly ms: number;
}

/** Something that goes wrong until it is ended. */
export interface Trouble {
  /** How often the bot has met it so far; without end where it does not try again what it has met. */
  met(): number;
  end(): void;
}

/** What a platform may not have. */
export type Need =
  /** Several people in one chat whom the bot can tell apart. */
  | "several people"
  /** Messages that carry when they were written. */
  | "times of writing"
  /** Calls of the bot that can fail. */
  | "outages"
  /** Tokens that end. */
  | "tokens"
  /** Chats that the bot can be taken out of. */
  | "chats that end";

/** One platform, in one of its ways to be connected. */
export interface Driver {
  /** As the report of the tests names it. */
  readonly name: string;
  /** What the platform does not have, and why; what needs it is skipped. */
  readonly lacks: Readonly<Partial<Record<Need, string>>>;
  create(): Platform;
}

/** A stand-in with people in chats. A message of the bot is known by the platform's id of it. */
export interface Platform {
  /** As access rules and the configuration name it. */
  readonly channel: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The channel's own section of the configuration, as YAML in one line. Known from `start` on. */
  config(): string;
  /** The bot is ready, and listens there: after each of its starts. */
  connect(url: string): Promise<void>;
  /** Ids as the bot knows them. */
  idsOf(place: Place): { readonly chat: string; readonly user: string };
  write(writing: Writing): Written;
  /** The platform delivers a message once more. */
  deliverAgain(written: Written): void;
  /** Whether everything that was delivered has been taken in by the bot. */
  isQuiet(): boolean;
  /** The bot's card or text that answers a message, as soon as there is one. */
  answerTo(written: Written): string | undefined;
  /** Every message of the bot in a chat, oldest first. */
  shownIn(chat: string): readonly string[];
  see(message: string, user: string): Seen;
  /** What everybody has seen on a message so far, the first state included: each change of it counts. */
  versionsOf(message: string): number;
  fileOf(message: string): Promise<SeenFile>;
  /** Presses what has this label, as the person sees the message now. Throws when there is none. */
  press(message: string, label: string, user: string): Promise<Pressed>;
  /** The calls by which the bot has shown something, so far; those for tokens and connections are not counted. */
  calls(): number;
  /** The platform's API fails. */
  breakDown(): Trouble;
  /** The tokens that the bot has end now; `met` says how many it has been given since. */
  endTokens(): Trouble;
  /** The bot is not in the chat any more; `met` says how often it has tried to show something there since. */
  endChat(chat: string): Trouble;
  /** What must not stand anywhere: keys, tokens, addresses. */
  secrets(): Promise<readonly string[]>;
  /** Everything that people were ever shown, as the platform got it. */
  everything(): string;
  /** What the bot did that the platform would refuse or lose. */
  complaints(): readonly string[];
}
