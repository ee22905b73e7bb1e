import type { WireFault } from "../../platforms/faults.ts";

/** A message of the bot as a chat shows it now. */
export interface Visible {
  readonly id: string;
  readonly title: string;
  /** All of its words, the buttons' included. */
  readonly words: string;
  /** What can be pressed. */
  readonly labels: readonly string[];
  /** How often it was changed for everyone. */
  readonly changes: number;
}

/** What a person says it of, or where. */
export interface Speaking {
  readonly user?: string | undefined;
  readonly chat?: string | undefined;
}

/** A group of a platform in which the bot is, and what people do there. */
export interface Chat {
  readonly channel: "lark" | "dingtalk";
  /** The chat's id. */
  readonly id: string;
  /** A chat of the bot that nobody watches. */
  readonly other: string;
  /** Who writes and presses unless somebody else is named. */
  readonly somebody: string;
  /** The section of the configuration below `channels`. Known from `start` on. */
  readonly section: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Writes a message that mentions the bot, and waits for its answer, the final one. */
  ask(text: string, speaking?: Speaking): Promise<Visible>;
  /** What the bot has said of its own accord in this chat, or in another; oldest first. Each message once, as people see it. */
  notices(chat?: string): readonly Visible[];
  /** A message as it is shown now. */
  see(id: string): Visible;
  /** Presses a button by its words; resolves when that was answered. */
  press(id: string, label: string, user?: string): Promise<void>;
  /** The next so many messages that the bot sends, or changes, meet a fault. */
  disturb(what: "sends" | "changes", fault: WireFault, count?: number): void;
  /** The next so many messages are too many, in the words of the platform. */
  throttle(count: number): void;
  clearFaults(): void;
  /** How many requests the bot made that send a card, whatever came of them. */
  sends(): number;
  /** Takes the bot out of the chat; resolves when it was told so, where the platform does that. */
  leave(): Promise<void>;
  /** Takes it in again. */
  join(): void;
  /** Resolves when the condition holds, which is looked at after each change; rejects after so many milliseconds (5,000). */
  until(condition: () => boolean, milliseconds: number | undefined, what: string): Promise<void>;
  /** What the bot did that the platform refuses or loses. */
  complaints(): readonly string[];
}
