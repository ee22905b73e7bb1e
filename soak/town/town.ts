/** A message of the bot in a chat. */
export interface Shown {
  readonly id: string;
  readonly title: string;
  /** Its words as people read them, those on its buttons included. */
  readonly words: string;
  readonly labels: readonly string[];
}

/** A message that somebody wrote. */
export interface Written {
  readonly chat: string;
  readonly id: string;
  readonly text: string;
  /** Whether it was written so long ago that it must not be executed. */
  readonly late: boolean;
}

export interface Writing {
  readonly chat: string;
  readonly user: string;
  readonly text: string;
  readonly late?: boolean | undefined;
}

/**
 * What a press came to for whoever pressed: another card, a word while the page is fetched, another word (it was refused), or
 * nothing in time.
 */
export type Pressed = "card" | "wait" | "refused" | "silent";

/** Something that can go wrong at a platform, or between it and the bot. */
export interface Trouble {
  readonly name: string;
  /** Milliseconds in which what the platform delivers may vanish, without anybody's mistake; none unless given. */
  readonly loses?: number | undefined;
  /** Begins it. Gives the milliseconds that it should last; it ends by `clear` of the town then. */
  begin(random: () => number): number;
}

/** A platform with people in chats, who write, press and read. */
export interface Town {
  readonly name: "lark" | "dingtalk";
  /** Chats that are told of alerts by the configuration, and where nobody quiets anything. */
  readonly watched: readonly string[];
  /** Chats whose people set up watches, mute them, and put the bot out and in again. */
  readonly restless: readonly string[];
  /** Chats where people only ask. */
  readonly asking: readonly string[];
  /** Its section below `channels`. Known from `start` on. */
  readonly section: string;
  readonly troubles: readonly Trouble[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends all trouble. */
  clear(): void;
  write(writing: Writing): Written;
  /** It is delivered once more. */
  again(written: Written): void;
  /** The bot's answers to a message, files aside. */
  answersTo(written: Written): readonly Shown[];
  /** Whether there is any answer: quicker than to read it. */
  isAnswered(written: Written): boolean;
  /** What the bot has said of its own accord in a chat, as it was when it was sent; oldest first. */
  told(chat: string): readonly Shown[];
  /** A message as everybody sees it now. */
  see(id: string): Shown;
  /** What everybody has seen of a message lately, a word each for when, how and what: for whoever looks into what is wrong. */
  historyOf(id: string): string;
  /** The cards in chats where people ask, newest last, at most so many. */
  cards(most: number): readonly string[];
  press(id: string, label: string, user: string): Promise<Pressed>;
  /** The bot is put out of a chat, or in again. */
  member(chat: string, isIn: boolean): void;
  /** Messages that are neither acknowledged nor given up. */
  readonly underWay: number;
  readonly connections: number;
  /** Ids of messages that were given up by the platform. */
  lost(): readonly string[];
  /** What the bot did that the platform refuses or loses; what a bot that stood still could not help is left out. */
  complaints(): readonly string[];
}

/** A state of a message in a word or two. */
export function stateOf({
  at,
  how,
  words,
}: {
  readonly at: number;
  readonly how: string;
  readonly words: string;
}): string {
  const [what = words.slice(0, 20)] = /Page \d+ of \d+/.exec(words) ?? [];
  return `${at} ${how}: ${what}`;
}

/** Milliseconds that a message is old when it is too late. */
export const lateBy = 11 * 60_000;

/** Deliveries of a message that is not taken: for twenty minutes. */
export const stubborn = Array.from({ length: 4_800 }, () => 250);
