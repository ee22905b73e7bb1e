import {
  type Arrival,
  type Audit,
  type AuditEntry,
  arrivalKey,
  type ChannelMemory,
  type Memory,
  type Note,
  type Notes,
  type Showing,
  type ShownCard,
  type Tallies,
} from "../../src/bot/index.ts";

/** Notes in plain sight of a test. */
interface PlainNotes extends Notes {
  /** Those that are kept, in the order in which they were last put. */
  all(): readonly Note[];
}

/** Tallies in plain sight of a test. */
interface PlainTallies extends Tallies {
  all(): readonly { readonly name: string; readonly period: string; readonly amount: number }[];
}

/** An audit in plain sight of a test. */
export interface PlainAudit extends Omit<Audit, "keep" | "kept"> {
  keep: Audit["keep"];
  kept: Audit["kept"];
  /** Everything that was written, in its order. */
  readonly entries: readonly AuditEntry[];
  /** The entries that answers waited for. */
  readonly awaited: readonly AuditEntry[];
}

/** What a bot and its channels remember, in plain sight of a test. */
export interface PlainMemory extends Memory, ChannelMemory {
  readonly notes: PlainNotes;
  readonly tallies: PlainTallies;
  readonly audit: PlainAudit;
  /** Arrivals that were taken in and not answered yet, by key. */
  readonly open: ReadonlyMap<string, Arrival>;
  readonly shown: readonly (ShownCard & Showing)[];
  /** What is left for whoever looks for it. */
  readonly left: readonly Arrival[];
  readonly gone: ReadonlyMap<string, string>;
  /** What an earlier process left unanswered. */
  leave(arrival: Arrival): void;
  /** While set, every question to the store fails with it. */
  failure: Error | undefined;
}

export function createPlainMemory(now: () => number = () => 0): PlainMemory {
  const known = new Set<string>();
  const open = new Map<string, Arrival>();
  const left: Arrival[] = [];
  const shown: (ShownCard & Showing)[] = [];
  const gone = new Map<string, string>();
  const place = (channel: string, chat: string) => JSON.stringify([channel, chat]);
  const check = () => {
    if (memory.failure !== undefined) {
      throw memory.failure;
    }
  };
  const memory: PlainMemory = {
    notes: createPlainNotes(check),
    tallies: createPlainTallies(check),
    audit: createPlainAudit(check),
    open,
    left,
    shown,
    gone,
    failure: undefined,
    leave(arrival) {
      known.add(arrivalKey(arrival));
      left.push(arrival);
    },
    inbox: {
      async take(arrival) {
        check();
        const key = arrivalKey(arrival);
        if (known.has(key)) {
          return "known";
        }
        known.add(key);
        open.set(key, arrival);
        return "new";
      },
      settle: (arrival) => void open.delete(arrivalKey(arrival)),
      async release(arrival) {
        check();
        open.delete(arrivalKey(arrival));
        left.push(arrival);
      },
      async adopt(limit) {
        check();
        const adopted = left.splice(0, limit);
        for (const arrival of adopted) {
          open.set(arrivalKey(arrival), arrival);
        }
        return adopted;
      },
    },
    cards: {
      record: (card) => void shown.push({ ...card, at: card.at ?? now() }),
      async shown(channel, chat, message) {
        check();
        return shown.findLast((card) => card.channel === channel && card.chat === chat && card.message === message);
      },
    },
    chats: {
      async joined(channel, chat) {
        check();
        gone.delete(place(channel, chat));
      },
      async gone(channel, chat, reason) {
        check();
        gone.set(place(channel, chat), reason);
      },
      async isGone(channel, chat) {
        check();
        return gone.has(place(channel, chat));
      },
    },
  };
  return memory;
}

/** @param check throws while the store fails */
function createPlainNotes(check: () => void): PlainNotes {
  const notes = new Map<string, Note>();
  const name = (channel: string, kind: string, key: string) => JSON.stringify([channel, kind, key]);
  return {
    all: () => [...notes.values()],
    put(note) {
      const key = name(note.channel, note.kind, note.key);
      notes.delete(key);
      notes.set(key, note);
    },
    async get(channel, kind, key) {
      check();
      return notes.get(name(channel, kind, key))?.text;
    },
  };
}

/** @param check throws while the store fails */
function createPlainTallies(check: () => void): PlainTallies {
  const tallies = new Map<string, { name: string; period: string; amount: number }>();
  return {
    all: () => [...tallies.values()],
    add(name, period, amount) {
      const key = JSON.stringify([name, period]);
      tallies.set(key, { name, period, amount: (tallies.get(key)?.amount ?? 0) + amount });
    },
    async count(name, period) {
      check();
      return tallies.get(JSON.stringify([name, period]))?.amount ?? 0;
    },
  };
}

/** Keeps entries and shows none: what is read of them is the store's concern. */
export function createPlainAudit(check: () => void = () => {}): PlainAudit {
  const entries: AuditEntry[] = [];
  const awaited: AuditEntry[] = [];
  return {
    entries,
    awaited,
    kept: () => 90 * 24 * 60 * 60_000,
    note: (entry) => void entries.push(entry),
    async keep(entry) {
      check();
      entries.push(entry);
      awaited.push(entry);
    },
    async read() {
      check();
      const counts = { entries: 0, people: 0, refused: 0 };
      return { entries: [], next: undefined, older: 0, newer: [], counts, people: [] };
    },
  };
}
