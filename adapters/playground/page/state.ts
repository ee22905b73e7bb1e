import type { CardEntry, Entry, PersonEntry } from "../wire.ts";

/** A message that is on its way, or did not get there. It becomes a `PersonEntry` when the server has it. */
export interface Draft {
  readonly kind: "draft";
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds of this machine. */
  readonly at: number;
  readonly isFailed: boolean;
  /** Why, where the server gave a reason. */
  readonly reason: string;
}

export type Item = Entry | Draft;

/** What the chat holds, as far as this page knows. */
export interface Store {
  get(id: string): Item | undefined;
  /** The server's entries by their time, then what is on its way. */
  all(): readonly Item[];
  /** Takes in what the server says; older news than what is known change nothing. */
  put(entry: Entry): void;
  putDraft(draft: Draft): void;
  /** What the person wrote, oldest first. */
  written(): readonly string[];
  /** The message that has waited longest for an answer, among those of the last two minutes. */
  waiting(now: number): Draft | PersonEntry | undefined;
  /** Calls `listener` with each item that is new or changed. */
  listen(listener: (item: Item, isNew: boolean) => void): void;
}

/** After this long without an answer nothing is shown as being worked on: milliseconds. */
const patience = 120_000;

/** Creates an empty chat. */
export function createStore(): Store {
  const items = new Map<string, Item>();
  const listeners: ((item: Item, isNew: boolean) => void)[] = [];
  const set = (item: Item): void => {
    const isNew = !items.has(item.id);
    items.set(item.id, item);
    for (const listener of listeners) listener(item, isNew);
  };
  const all = (): readonly Item[] => [...items.values()].toSorted(compareItems);

  return {
    get: (id) => items.get(id),
    all,
    put(entry) {
      const known = items.get(entry.id);
      if (known !== undefined && known.kind !== "draft" && known.changed >= entry.changed) return;
      set(entry);
    },
    putDraft(draft) {
      const known = items.get(draft.id);
      if (known === undefined || known.kind === "draft") set(draft);
    },
    written: () => all().flatMap((item) => (isWritten(item) ? [item.text] : [])),
    waiting(now) {
      const cards = [...items.values()].filter((item): item is CardEntry => item.kind === "card");
      return all().find((item): item is Draft | PersonEntry => {
        if (!isWritten(item) || (item.kind === "draft" && item.isFailed) || now - item.at > patience) return false;
        return !cards.some((card) => card.replyTo === item.id || (card.replyTo === undefined && card.at > item.at));
      });
    },
    listen: (listener) => void listeners.push(listener),
  };
}

function isWritten(item: Item): item is Draft | PersonEntry {
  return item.kind === "draft" || item.kind === "person";
}

/** Whether `one` stands before (negative) or after (positive) `other`. */
export function compareItems(one: Item, other: Item): number {
  if (one.kind === "draft" || other.kind === "draft") {
    if (one.kind === other.kind) return one.at - other.at;
    return one.kind === "draft" ? 1 : -1;
  }
  return one.at - other.at;
}
