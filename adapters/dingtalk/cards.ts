import { LRUCache } from "lru-cache";
import { type CardNote, nextCardNote, readCardNote, writeCardNote } from "./card-note.ts";
import { channelName, type NoteReader, readNote } from "./read-note.ts";
import { commandOfId } from "./render/button-id.ts";
import type { Rendered } from "./render.ts";
import { sendLimits } from "./send-limits.ts";
import { createViews, type Views } from "./views.ts";

/** What is remembered of cards: which button means what, who sees what, and which callbacks are open. Nothing rejects. */
export interface Cards extends Views {
  /** What a card shows from now on, and where. To be called before it is sent anywhere. */
  shown(outTrackId: string, chat: string, buttons: Rendered["buttons"]): void;
  /** Looks up an earlier version of the card, so that `shown` keeps its buttons: for cards that this process has not sent. */
  recall(outTrackId: string): Promise<void>;
  /**
   * What a press means, by any of the names that the platform gives to the button: the id that says it, an id of the last
   * versions of the card, or a label of what was shown last. Undefined where nobody knows.
   */
  meaning(outTrackId: string, names: readonly string[]): Promise<Meant>;
}

export interface Meant {
  readonly chat: string | undefined;
  readonly command: string | undefined;
}

const noteKind = "card";

export function createCards(options: NoteReader): Cards {
  const { notes, clock } = options;
  /** Texts of notes: they take less memory than what they say. */
  const known = new LRUCache<string, string>({
    max: sendLimits.cards,
    maxSize: sendLimits.cardsCharacters,
    sizeCalculation: (text) => text.length,
  });

  /** The card as any process showed it last. */
  async function noted(outTrackId: string, patience: number): Promise<CardNote | undefined> {
    const text = await readNote(options, noteKind, outTrackId, patience);
    const card = readCardNote(text);
    if (card !== undefined && text !== undefined) {
      known.set(outTrackId, text);
    }
    return card;
  }

  return {
    ...createViews(clock),
    shown(outTrackId, chat, buttons) {
      const before = known.get(outTrackId);
      const text = writeCardNote(nextCardNote(readCardNote(before), chat, buttons));
      if (text !== before) {
        known.set(outTrackId, text);
        notes.put({ channel: channelName, kind: noteKind, key: outTrackId, text });
      }
    },
    async recall(outTrackId) {
      if (!known.has(outTrackId)) {
        await noted(outTrackId, sendLimits.note);
      }
    },
    async meaning(outTrackId, names) {
      const held = readCardNote(known.get(outTrackId));
      const meant = held && commandByIds(held, names);
      if (held !== undefined && meant !== undefined) {
        return { chat: held.chat, command: meant };
      }
      // The note says what another process has shown since, too: labels mean what stands on the card now.
      const card = (await noted(outTrackId, sendLimits.noteOfPress)) ?? held;
      return { chat: card?.chat, command: commandByIds(card, names) ?? commandByLabel(card, names) };
    },
  };
}

/** Labels hold somebody's text: what is the label of a button is not read as an id. */
function commandByIds(card: CardNote | undefined, names: readonly string[]): string | undefined {
  const labels = new Set(card?.last.map(({ label }) => label));
  const ids = names.filter((name) => !labels.has(name));
  return firstOf(ids, commandOfId) ?? firstOf(ids, (id) => commandOfNoted(card, id));
}

function commandOfNoted(card: CardNote | undefined, id: string): string | undefined {
  return [...(card?.last ?? []), ...(card?.older ?? [])].find((button) => button.id === id)?.command;
}

function commandByLabel(card: CardNote | undefined, names: readonly string[]): string | undefined {
  return firstOf(names, (name) => {
    const button = card?.last.find(({ label }) => label === name);
    return button && (button.command ?? commandOfId(button.id));
  });
}

function firstOf(names: readonly string[], read: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const found = read(name);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
