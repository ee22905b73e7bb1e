import { z } from "zod";
import type { FileType } from "../../src/bot/index.ts";
import type { Card } from "../../src/cards/index.ts";

const chat = z.string().regex(/^play_[A-Za-z0-9_-]{22,64}$/, "chat is not an id of a playground chat");
const requestId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "id has 8 to 64 letters, digits, - or _");
const locale = z.enum(["en", "zh"]);

/** A text that a person typed. The id is the browser's: a repeated request is the same message. */
export const MessageBody = z.object({
  chat,
  id: requestId,
  text: z.string().refine((text) => text.trim() !== "", "text is empty"),
  locale,
});

/** A press on something that carries a command. */
export const ClickBody = z.object({
  chat,
  id: requestId,
  message: z.string().regex(/^m[A-Za-z0-9_-]{1,80}$/, "message is not an id of a card"),
  text: z.string().min(1).max(20_000),
  locale,
});

export const CompleteBody = z.object({ text: z.string(), cursor: z.int().min(0), locale });

export const HistoryQuery = z.object({ chat });

/** `after`: the id of the last event that the page has; a Last-Event-ID header goes before it. */
export const EventsQuery = z.object({
  chat,
  after: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional(),
});

/**
 * One thing in a chat. `at` (epoch milliseconds, unique in its chat) is when it came and where it stands; `changed` grows
 * with every change of it, also over a restart of the process, and is the id of the event that tells of it.
 */
export type Entry = PersonEntry | CardEntry | FileEntry;

export interface PersonEntry {
  readonly kind: "person";
  readonly id: string;
  readonly at: number;
  readonly changed: number;
  readonly text: string;
}

export interface CardEntry {
  readonly kind: "card";
  readonly id: string;
  readonly at: number;
  readonly changed: number;
  readonly card: Card;
  /** The message that this answers. */
  readonly replyTo?: string | undefined;
  /** Set while a new picture of the card is being made: what to say meanwhile. */
  readonly busy?: string | undefined;
}

/** A file that can be fetched at /playground/files/ and its `file`, for a while. */
export interface FileEntry {
  readonly kind: "file";
  readonly id: string;
  readonly at: number;
  readonly changed: number;
  readonly file: string;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
}

/** GET /playground/history */
export interface HistoryAnswer {
  readonly entries: readonly Entry[];
  /** What to give as `after` when the stream is opened. */
  readonly last: string;
}

/** POST /playground/messages */
export interface MessageAnswer {
  readonly message: string;
}

/** POST /playground/clicks. `entry` is the card as it stands now; the stream tells the other pages. */
export type ClickAnswer =
  | { readonly kind: "card"; readonly entry: CardEntry }
  | { readonly kind: "later"; readonly text: string }
  | { readonly kind: "toast"; readonly text: string; readonly colour: "green" | "orange" | "red" };
