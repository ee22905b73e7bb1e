import type { Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import { createAlarm } from "./alarm.ts";
import type { Database } from "./database.ts";
import { createLazies, type Lazy } from "./lazies.ts";
import type { CardRow } from "./schema.ts";
import { createTakes, type Take, tellFailed, tellTaken } from "./takes.ts";
import { cardKey, writeCommit } from "./write-commit.ts";

/** How much goes into one transaction. */
const most = { takes: 256, lazies: 500 } as const;
/** How much may wait for one. */
const limits = { takes: 10_000, lazies: 50_000, doubts: 1_000 } as const;
/**
 * For how many turns of the loop takes are gathered: when the last commit had several, more come with each turn, and a wait
 * for the disk for all of them is cheaper than one for each few.
 */
const turns = { alone: 1, underLoad: 4 } as const;
/** After how long what nobody waits for is written, milliseconds. */
const lazyWithin = 20;
/** The first and the longest pause before what failed is tried again, and when it is given up, milliseconds. */
const retry = { first: 250, longest: 10_000, giveUpAfter: 10 * 60_000 } as const;

/**
 * Writes in groups: what comes in one turn of the loop, or while a commit is under way, is the next commit, so that a hundred
 * arrivals cost one wait for the disk.
 */
export interface Commits {
  /** Resolves when it is on disk. Rejects when the store fails; what is on disk then nevertheless is given to who adopts. */
  take(arrival: Omit<Take, "waiting">): Promise<"new" | "known">;
  /** Written with the next commit; after a failure it is tried again for some minutes. */
  settle(key: string): void;
  /** As `settle`. */
  record(card: CardRow): void;
  /** A card that waits to be written. */
  recorded(place: Pick<CardRow, "channel" | "chat" | "message">): CardRow | undefined;
  /** Writes what waits now. Rejects when the store fails. */
  flush(): Promise<void>;
  /** Takes nothing more and writes what waits, once. Never rejects. */
  stop(): Promise<void>;
}

export interface CommitsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly holder: string;
}

/** What one transaction is made of. */
interface Batch {
  readonly takes: readonly Take[];
  readonly settled: ReadonlyMap<string, Lazy<undefined>>;
  readonly cards: ReadonlyMap<string, Lazy<CardRow>>;
}

export function createCommits({ database, clock, random, log, holder }: CommitsOptions): Commits {
  const takes = createTakes(limits.takes);
  const settled = createLazies<undefined>(limits.lazies);
  const cards = createLazies<CardRow>(limits.lazies);
  const doubts = new Set<number>();
  const alarm = createAlarm(clock);
  let [stopped, closed, woken, full, crowded] = [false, false, false, false, false];
  /** How often in a row a commit with lazies failed. Until one succeeds they go alone, so that no take fails with them. */
  let failures = 0;
  let lastTime = 0;
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  function wake(): void {
    if (woken) {
      return;
    }
    woken = true;
    afterTurns(crowded ? turns.underLoad : turns.alone, () => {
      void inTurn(async () => {
        woken = false;
        if (closed) {
          return;
        }
        // Without what nobody waits for: that would make those wait longer who do.
        const batch = nextBatch(false);
        crowded = batch.takes.length > 1;
        await commit(batch);
        if (takes.size > 0) {
          wake();
        }
      });
    });
  }

  function nextBatch(withLazies: boolean): Batch {
    const length = withLazies ? most.lazies : 0;
    return { takes: takes.next(most.takes), settled: settled.next(length), cards: cards.next(length) };
  }

  /** Never rejects: gives the error. */
  async function commit(batch: Batch): Promise<Error | undefined> {
    const released = [...doubts];
    if (batch.takes.length + batch.settled.size + batch.cards.size + released.length === 0) {
      return undefined;
    }
    const now = nextTime();
    const arrivals = batch.takes.map(({ key, channel, content }) => {
      return { key, channel, content, holder, taken_at: now, settled_at: null, retry_at: 0 };
    });
    const parts = {
      arrivals,
      settled: [...batch.settled.keys()],
      cards: [...batch.cards.values()].map(({ row }) => row),
    };
    try {
      const inserted = await database.write((tx) => writeCommit(tx, { holder, now, doubts: released, ...parts }));
      done(batch, released, inserted);
      return undefined;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error("The store failed.");
      failed(batch, now, error);
      return error;
    }
  }

  /** No two commits have the same time, so that the rows of one that failed can be told from all others. */
  function nextTime(): number {
    lastTime = Math.max(clock.now(), lastTime + 1);
    return lastTime;
  }

  function done(batch: Batch, released: readonly number[], inserted: ReadonlySet<string>): void {
    for (const time of released) {
      doubts.delete(time);
    }
    settled.written(batch.settled);
    cards.written(batch.cards);
    if (batch.settled.size + batch.cards.size > 0 || lazies() === 0) {
      failures = 0;
      full = false;
    }
    if (lazies() > 0) {
      setAlarm();
    }
    tellTaken(batch.takes, inserted);
  }

  function failed(batch: Batch, time: number, error: Error): void {
    if (batch.takes.length > 0 && doubts.size < limits.doubts) {
      doubts.add(time);
    }
    failures += 1;
    const before = clock.elapsed() - retry.giveUpAfter;
    const lost = settled.giveUp(before) + cards.giveUp(before);
    if (lost > 0) {
      log.error({ lost }, "What the store did not take for ten minutes is given up: an answer may be given again.");
    }
    const pause = Math.min(retry.first * 2 ** (failures - 1), retry.longest);
    if (!stopped) {
      alarm.set(pause * (0.5 + random() / 2), wakeLazies);
    }
    tellFailed(batch.takes, error);
  }

  function lazies(): number {
    return settled.size + cards.size;
  }

  function wakeLazies(): void {
    void inTurn(async () => {
      if (!closed) {
        const batch = nextBatch(true);
        await commit(failures === 0 ? batch : { ...batch, takes: [] });
      }
    });
  }

  function setAlarm(): void {
    if (!stopped && !alarm.isSet()) {
      alarm.set(lazyWithin, wakeLazies);
    }
  }

  function addLazy(added: boolean): void {
    if (!added && !full) {
      full = true;
      log.error({}, "The store has more to write than it can: an answer may be given again.");
    }
    setAlarm();
  }

  async function flush(): Promise<void> {
    const rounds = 1 + Math.max(settled.size, cards.size) / most.lazies + takes.size / most.takes;
    for (let round = 0; round < rounds; round += 1) {
      const error = await inTurn(() => commit(nextBatch(true)));
      if (error !== undefined) {
        throw error;
      }
    }
  }

  return {
    take(arrival) {
      if (stopped) {
        return Promise.reject(new Error("The store is closed."));
      }
      const taken = takes.add(arrival);
      wake();
      return taken;
    },
    settle(key) {
      if (!stopped) {
        addLazy(settled.add(key, undefined, clock.elapsed()));
      }
    },
    record(card) {
      if (!stopped) {
        addLazy(cards.add(cardKey(card), card, clock.elapsed()));
      }
    },
    recorded: (place) => cards.get(cardKey(place)),
    flush,
    async stop() {
      stopped = true;
      alarm.stop();
      try {
        await flush();
      } catch {
        log.error({ lost: lazies() }, "Not all could be written: an answer may be given again.");
      }
      tellFailed(takes.next(takes.size), new Error("The store is closed."));
      closed = true;
      await turn;
    },
  };
}

function afterTurns(count: number, work: () => void): void {
  setImmediate(count <= 1 ? work : () => afterTurns(count - 1, work));
}
