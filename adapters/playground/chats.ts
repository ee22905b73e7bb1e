import type { Card } from "../../src/cards/index.ts";
import { limits } from "./limits.ts";
import type { CardEntry, Entry, FileEntry, HistoryAnswer } from "./wire.ts";

export interface ChatsOptions {
  readonly clock: { now(): number };
  /** Told of each new or changed entry. */
  readonly onChange: (chat: string, entry: Entry) => void;
  /** Told when a chat had to make room for another. */
  readonly onForget: (chat: string) => void;
}

/** What was said in each chat: in memory, bounded, gone with the process. */
export interface Chats {
  /** A person's message; a second one with the same id changes nothing. */
  addPerson(chat: string, id: string, text: string): void;
  /** A card; a second one with the same key changes nothing. Returns the id under which the card stands. */
  addCard(chat: string, id: string, card: Card, about: { replyTo?: string | undefined; key: string }): string;
  /**
   * A file; a second one with the same key changes nothing. It is no answer by itself: a card that says what it holds is
   * still to come. Returns the id under which the file stands.
   */
  addFile(chat: string, id: string, file: NewFile, about: { key: string }): string;
  /** The id of what stands under a key. */
  keyed(chat: string, key: string): string | undefined;
  /** A card's new picture. A card that is no longer known (an earlier process sent it) is taken in again. */
  changeCard(chat: string, id: string, card: Card): CardEntry;
  /** Says that a new picture is under way, unless the card has changed since `changed`. */
  markBusy(chat: string, id: string, text: string, changed: number | undefined): void;
  /** The stamp of a card's last change. */
  changedAt(chat: string, id: string): number | undefined;
  history(chat: string): HistoryAnswer;
  /** Entries that are new or changed since the event with this id, oldest change first. */
  since(chat: string, event: string | undefined): readonly Entry[];
  /** Whether an answer or a new picture of a card is still owed. */
  isAwaited(chat: string): boolean;
}

export type NewFile = Pick<FileEntry, "file" | "name" | "type" | "bytes">;

interface Kept {
  readonly entry: Entry;
  readonly characters: number;
  readonly key: string | undefined;
}

interface Chat {
  /** The last stamp given out: stamps only grow, and never two entries share one. */
  stamp: number;
  characters: number;
  /** In the order in which the entries came. */
  readonly entries: Map<string, Kept>;
  readonly unanswered: Set<string>;
}

/** Creates the memory of the playground's chats. */
export function createChats(options: ChatsOptions): Chats {
  const chats = new Map<string, Chat>();

  const chatOf = (name: string): Chat => {
    const chat = chats.get(name) ?? { stamp: 0, characters: 0, entries: new Map(), unanswered: new Set() };
    chats.delete(name);
    chats.set(name, chat);
    if (chats.size > limits.chats) {
      const oldest = chats.keys().next();
      if (!oldest.done) {
        chats.delete(oldest.value);
        options.onForget(oldest.value);
      }
    }
    return chat;
  };

  const keep = (name: string, chat: Chat, entry: Entry, key: string | undefined): void => {
    const characters = JSON.stringify(entry).length;
    chat.characters += characters - (chat.entries.get(entry.id)?.characters ?? 0);
    chat.entries.set(entry.id, { entry, characters, key });
    makeRoom(chat, entry.id);
    options.onChange(name, entry);
  };

  const cardOf = (chat: Chat | undefined, id: string): CardEntry | undefined => {
    const entry = chat?.entries.get(id)?.entry;
    return entry?.kind === "card" ? entry : undefined;
  };

  const keyed = (chat: Chat | undefined, key: string): string | undefined =>
    chat?.entries.values().find((kept) => kept.key === key)?.entry.id;

  return {
    addPerson(name, id, text) {
      const chat = chatOf(name);
      if (chat.entries.has(id)) return;
      const stamp = nextStamp(chat, options.clock.now());
      const kept = text.length > limits.keptText ? `${text.slice(0, limits.keptText)}…` : text;
      chat.unanswered.add(id);
      keep(name, chat, { kind: "person", id, at: stamp, changed: stamp, text: kept }, undefined);
    },
    addCard(name, id, card, { replyTo, key }) {
      const chat = chatOf(name);
      const known = keyed(chat, key);
      if (known !== undefined) return known;
      const stamp = nextStamp(chat, options.clock.now());
      if (replyTo !== undefined) chat.unanswered.delete(replyTo);
      keep(name, chat, { kind: "card", id, at: stamp, changed: stamp, card, replyTo }, key);
      return id;
    },
    addFile(name, id, file, { key }) {
      const chat = chatOf(name);
      const known = keyed(chat, key);
      if (known !== undefined) return known;
      const stamp = nextStamp(chat, options.clock.now());
      keep(name, chat, { kind: "file", id, at: stamp, changed: stamp, ...file }, key);
      return id;
    },
    keyed: (name, key) => keyed(chats.get(name), key),
    changeCard(name, id, card) {
      const chat = chatOf(name);
      const before = cardOf(chat, id);
      const stamp = nextStamp(chat, options.clock.now());
      const at = before?.at ?? stamp;
      const entry: CardEntry = { kind: "card", id, at, changed: stamp, card, replyTo: before?.replyTo };
      keep(name, chat, entry, chat.entries.get(id)?.key);
      return entry;
    },
    markBusy(name, id, text, changed) {
      const before = cardOf(chats.get(name), id);
      if (before === undefined || before.changed !== changed) return;
      const chat = chatOf(name);
      const stamp = nextStamp(chat, options.clock.now());
      keep(name, chat, { ...before, changed: stamp, busy: text }, chat.entries.get(id)?.key);
    },
    changedAt: (name, id) => cardOf(chats.get(name), id)?.changed,
    history(name) {
      const chat = chats.get(name);
      if (chat === undefined) return { entries: [], last: "0" };
      return { entries: Array.from(chat.entries.values(), (kept) => kept.entry), last: String(chat.stamp) };
    },
    since(name, event) {
      const chat = chats.get(name);
      if (chat === undefined) return [];
      const last = event === undefined ? 0 : Number(event);
      // An event from the future is one of an earlier process whose clock was ahead: it says nothing of what the page has.
      const known = last > chat.stamp ? 0 : last;
      return Array.from(chat.entries.values(), (kept) => kept.entry)
        .filter((entry) => entry.changed > known)
        .toSorted((one, other) => one.changed - other.changed);
    },
    isAwaited(name) {
      const chat = chats.get(name);
      if (chat === undefined) return false;
      if (chat.unanswered.size > 0) return true;
      return chat.entries.values().some(({ entry }) => entry.kind === "card" && entry.busy !== undefined);
    },
  };
}

function nextStamp(chat: Chat, now: number): number {
  chat.stamp = Math.max(chat.stamp + 1, now);
  return chat.stamp;
}

/** Drops the oldest entries until the chat is within its limits; `newest` stays whatever its size. */
function makeRoom(chat: Chat, newest: string): void {
  for (const [id, kept] of chat.entries) {
    if (chat.entries.size <= limits.entriesPerChat && chat.characters <= limits.charactersPerChat) return;
    if (id === newest) continue;
    chat.entries.delete(id);
    chat.unanswered.delete(id);
    chat.characters -= kept.characters;
  }
}
