import { z } from "zod";
import type { Click, Joined, Message } from "./channel.ts";

/** Something that a platform delivered, and that is owed an answer. `at`: when it reached the bot, epoch milliseconds. */
export type Arrival =
  | { readonly kind: "message"; readonly at: number; readonly message: Message }
  | { readonly kind: "click"; readonly at: number; readonly click: Click }
  | { readonly kind: "joined"; readonly at: number; readonly joined: Joined }
  | { readonly kind: "left"; readonly at: number; readonly left: Joined };

const where = { channel: z.string(), chat: z.string(), user: z.string(), id: z.string(), locale: z.enum(["en", "zh"]) };

/** An arrival as it stands in the store. */
export const arrivalSchema: z.ZodType<Arrival> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("message"),
    at: z.number(),
    message: z.object({
      ...where,
      text: z.string(),
      unread: z.boolean().optional(),
      inThread: z.boolean().optional(),
      replyTo: z.string().optional(),
      writtenAt: z.number(),
    }),
  }),
  z.object({
    kind: z.literal("click"),
    at: z.number(),
    click: z.object({ ...where, message: z.string(), text: z.string() }),
  }),
  z.object({ kind: z.literal("joined"), at: z.number(), joined: z.object(where) }),
  z.object({ kind: z.literal("left"), at: z.number(), left: z.object(where) }),
]);

/** What tells an arrival from every other: deliveries of the same one have the same key. */
export function arrivalKey(arrival: Arrival): string {
  const { channel, chat, id } = whereOf(arrival);
  return JSON.stringify([arrival.kind, channel, chat, id]);
}

/** Where an arrival came from, and from whom. */
export function whereOf(arrival: Arrival): Joined {
  switch (arrival.kind) {
    case "message":
      return arrival.message;
    case "click":
      return arrival.click;
    case "joined":
      return arrival.joined;
    case "left":
      return arrival.left;
  }
}

/**
 * What was delivered: on disk before the platform is told that it arrived, so that a second delivery is known as one, and so
 * that whatever a process did not get to answer is answered by the next.
 */
export interface Inbox {
  /** Resolves when it is on disk. `known`: it was delivered before. Rejects when the store fails. */
  take(arrival: Arrival): Promise<"new" | "known">;
  /** It was answered, and is not taken up again. Written soon after; never rejects. */
  settle(arrival: Arrival): void;
  /**
   * It could not be answered: it is free for whoever looks for it after `pause` milliseconds, this process included. Rejects
   * when the store fails; then it is free when this process is no more.
   */
  release(arrival: Arrival, pause: number): Promise<void>;
  /** What was released, or left by processes that no longer live, oldest first. Each is given to one process only. */
  adopt(limit: number): Promise<readonly Arrival[]>;
}

/** Which message of a chat shows which command. */
export interface ShownCards {
  /** Written soon after; never rejects. `command` undefined: what the message shows is no command's answer. */
  record(shown: ShownCard): void;
  /** What a message shows, as last recorded. */
  shown(channel: string, chat: string, message: string): Promise<Showing | undefined>;
}

export interface Showing {
  readonly command: string | undefined;
  /** When it began to be shown, or when what it answers was pressed, epoch milliseconds. */
  readonly at: number;
}

export interface ShownCard {
  readonly channel: string;
  readonly chat: string;
  readonly message: string;
  readonly command: string | undefined;
  /** See `Showing`; now, unless given. */
  readonly at?: number | undefined;
}

/** The chats that the bot is in, and those that it is in no longer. */
export interface Chats {
  joined(channel: string, chat: string): Promise<void>;
  /** @param reason for the operator */
  gone(channel: string, chat: string, reason: string): Promise<void>;
  isGone(channel: string, chat: string): Promise<boolean>;
}

/** What the bot remembers over a restart. */
export interface Memory {
  readonly inbox: Inbox;
  readonly cards: ShownCards;
  readonly chats: Chats;
}

/** A small text that a channel keeps under a name, such as which button of a card means which command. */
export interface Note {
  readonly channel: string;
  /** What sort of note it is: keys of two sorts have nothing to do with each other. */
  readonly kind: string;
  readonly key: string;
  /** At most 20,000 characters. */
  readonly text: string;
}

/** Notes outlive a restart, and are forgotten 90 days after they were last written. */
export interface Notes {
  /** Takes the place of an earlier one of the same name. Written soon after; never rejects. */
  put(note: Note): void;
  /** As last put, by any process. Rejects when the store fails. */
  get(channel: string, kind: string, key: string): Promise<string | undefined>;
}

/** What is counted by all processes together over a period, such as the calls of a month. */
export interface Tallies {
  /** Written within a second or so; what a crash loses is no more than that. Never rejects. */
  add(name: string, period: string, amount: number): void;
  /** What was counted so far, with what this process has not written yet. Rejects when the store fails. */
  count(name: string, period: string): Promise<number>;
}

/** What channels remember over a restart. */
export interface ChannelMemory {
  readonly notes: Notes;
  readonly tallies: Tallies;
}
