import { LRUCache } from "lru-cache";
import type { Clock } from "../../src/fleet/index.ts";
import { type Callbacks, createCallbacks } from "./callbacks.ts";
import { type CardNote, nextCardNote, readCardNote, writeCardNote } from "./card-note.ts";
import { commandOf, type Names } from "./meaning.ts";
import { channelName, type NoteReader, readNote } from "./read-note.ts";
import type { CardButton } from "./render.ts";
import { sendLimits } from "./send-limits.ts";
import { createViews, type Mark, type Params, type Views } from "./views.ts";

/** What a card shows, and where. */
export interface Showing {
  readonly chat: string;
  readonly params: Params;
  readonly buttons: readonly CardButton[];
}

/**
 * What is remembered of cards: which button means what, what everyone sees, and which callbacks are open. What a card shows is
 * noted before it is sent anywhere. Nothing rejects.
 */
export interface Cards {
  /** What a press means, by the names that the platform gives to the button. Undefined where nobody knows. */
  meaning(outTrackId: string, names: Names): Promise<Meant>;
  /** The card is sent as a new one. The returned function is to be called when the platform took it, or had one already. */
  creating(outTrackId: string, showing: Showing): () => void;
  /** A callback of the card is open, until a short time after the returned function is called: see `Callbacks`. */
  opened(outTrackId: string): () => void;
  /** Reads the card's note, within the time that a press has. @returns its mark; undefined where that is not known */
  recall(outTrackId: string): Promise<Mark | undefined>;
  /** A press is answered with this, or with a word. To be called before it is. @param noted what `recall` gave */
  answered(outTrackId: string, noted: Mark | undefined, showing: Showing | undefined): void;
  /**
   * Resolves when no callback of the card is open, with the mark of its note as whichever process wrote it last; at the latest after
   * 3 s for the callbacks and 2 s for the note.
   */
  settled(outTrackId: string, signal: AbortSignal): Promise<Mark | undefined>;
  /** Whether everyone surely sees this. @param noted what `settled` gave */
  isShown(outTrackId: string, noted: Mark | undefined, params: Params): boolean;
  /**
   * An update of the card begins. The returned function is to be called once it ended, with whether the platform took it; it
   * says whether the update holds: false where a callback was open meanwhile. @param noted what `settled` gave
   */
  updating(outTrackId: string, noted: Mark | undefined, showing: Showing): (taken: boolean) => Promise<boolean>;
}

export interface Meant {
  readonly chat: string | undefined;
  readonly command: string | undefined;
}

export interface CardsOptions extends NoteReader {
  /** From 0 to 1. */
  readonly random: () => number;
}

const noteKind = "card";

interface Parts {
  readonly clock: Clock;
  readonly callbacks: Callbacks;
  readonly views: Views;
  readonly cardNotes: ReturnType<typeof createCardNotes>;
}

export function createCards(options: CardsOptions): Cards {
  const { clock } = options;
  const callbacks = createCallbacks(clock);
  const views = createViews(options.random);
  const cardNotes = createCardNotes(options);
  const parts: Parts = { clock, callbacks, views, cardNotes };

  return {
    opened: callbacks.opened,
    isShown: views.isShown,
    meaning: (outTrackId, names) => findMeaning(cardNotes, outTrackId, names),
    settled: (outTrackId, signal) => settle(parts, outTrackId, signal),
    updating: (outTrackId, noted, showing) => beginUpdate(parts, outTrackId, noted, showing),
    creating(outTrackId, { chat, params, buttons }) {
      const mark = views.differs(outTrackId);
      cardNotes.show(outTrackId, mark, chat, buttons);
      return () => views.shown(outTrackId, mark, params, "creation");
    },
    async recall(outTrackId) {
      const card = await cardNotes.read(outTrackId, sendLimits.noteOfPress);
      return card?.mark;
    },
    answered(outTrackId, noted, showing) {
      const mark = views.answered(outTrackId, noted, showing?.params);
      if (showing === undefined) {
        cardNotes.mark(outTrackId, mark);
      } else {
        cardNotes.show(outTrackId, mark, showing.chat, showing.buttons);
      }
    },
  };
}

async function findMeaning(cardNotes: Parts["cardNotes"], outTrackId: string, names: Names): Promise<Meant> {
  const held = cardNotes.known(outTrackId);
  const meant = held && commandOf(names, held, "surely");
  if (held !== undefined && meant !== undefined) {
    return { chat: held.chat, command: meant };
  }
  // The note says what another process has shown since, too: labels mean what stands on the card now.
  const card = (await cardNotes.read(outTrackId, sendLimits.noteOfPress)) ?? held;
  return { chat: card?.chat, command: commandOf(names, card, "likely") };
}

async function settle(parts: Parts, outTrackId: string, signal: AbortSignal): Promise<Mark | undefined> {
  const { clock, callbacks, cardNotes } = parts;
  const until = clock.elapsed() + sendLimits.callback;
  for (;;) {
    await callbacks.closed(outTrackId, until - clock.elapsed(), signal);
    const card = await cardNotes.read(outTrackId, sendLimits.note);
    // One may have been opened meanwhile.
    if (!callbacks.isOpen(outTrackId) || clock.elapsed() >= until || signal.aborted) {
      return card?.mark;
    }
  }
}

function beginUpdate(parts: Parts, outTrackId: string, noted: Mark | undefined, showing: Showing) {
  const { callbacks, views, cardNotes } = parts;
  const wasOpen = callbacks.watch(outTrackId);
  // Where another process has changed the card since, it may be about to update it as well: which of two comes last at the
  // platform, nobody knows, and no process may leave out an update on account of these.
  const isAlone = noted === undefined || views.isNewest(outTrackId, noted);
  const mark = isAlone ? views.begun(outTrackId) : views.differs(outTrackId);
  cardNotes.show(outTrackId, mark, showing.chat, showing.buttons);

  return async (taken: boolean): Promise<boolean> => {
    const holds = taken && !wasOpen();
    const after = await cardNotes.read(outTrackId, sendLimits.note);
    if (!isAlone || after?.mark !== mark) {
      // Told to the other, whose update may have come before this one.
      cardNotes.mark(outTrackId, views.differs(outTrackId));
    } else if (holds) {
      views.shown(outTrackId, mark, showing.params, "update");
    }
    return holds;
  };
}

/** The notes of cards, which all processes share. */
function createCardNotes(options: NoteReader) {
  /** Texts of notes: they take less memory than what they say. */
  const texts = new LRUCache<string, string>({
    max: sendLimits.cardCount,
    maxSize: sendLimits.cardsCharacters,
    sizeCalculation: (text) => text.length,
  });

  const known = (outTrackId: string) => readCardNote(texts.get(outTrackId));

  function write(outTrackId: string, card: CardNote): void {
    const text = writeCardNote(card);
    if (text !== texts.get(outTrackId)) {
      texts.set(outTrackId, text);
      options.notes.put({ channel: channelName, kind: noteKind, key: outTrackId, text });
    }
  }

  return {
    /** The card as this process wrote or read it last. */
    known,
    /** The card as whichever process wrote it last; undefined where there is no note, and where it is not read in time. */
    async read(outTrackId: string, patience: number): Promise<CardNote | undefined> {
      const text = await readNote(options, noteKind, outTrackId, patience);
      const card = readCardNote(text);
      if (card !== undefined && text !== undefined) {
        texts.set(outTrackId, text);
      }
      return card;
    },
    show(outTrackId: string, mark: Mark, chat: string, buttons: readonly CardButton[]): void {
      write(outTrackId, nextCardNote(known(outTrackId), { chat, mark, buttons }));
    },
    /** Of a card that nobody knows there is nothing to mark. */
    mark(outTrackId: string, mark: Mark): void {
      const card = known(outTrackId);
      if (card !== undefined) {
        write(outTrackId, { ...card, mark });
      }
    },
  };
}
