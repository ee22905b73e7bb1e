import type { Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter } from "../telemetry/index.ts";
import { createBacklog, type Soon } from "./backlog.ts";
import { createCommit } from "./commit.ts";
import type { Database } from "./database.ts";
import { portionOf } from "./lazies.ts";
import type { AuditName, CardName, NoteName } from "./lazy-kinds.ts";
import type { AuditRow, CardRow, NoteRow } from "./schema.ts";
import { createTakes, type Take, tellFailed } from "./takes.ts";

/** How many takes go into one transaction, and how many may wait for one. */
const most = { written: 256, waiting: 10_000 } as const;
/**
 * For how many turns of the loop takes are gathered: when the last commit had several, more come with each turn, and a wait
 * for the disk for all of them is cheaper than one for each few.
 */
const turns = { alone: 1, underLoad: 4 } as const;

/**
 * Writes in groups: what comes in one turn of the loop, or while a commit is under way, is the next commit, so that a hundred
 * arrivals cost one wait for the disk.
 */
export interface Commits {
  /** Resolves when it is on disk. Rejects when the store fails; what is on disk then nevertheless is given to who adopts. */
  take(arrival: Omit<Take, "waiting">): Promise<"new" | "known">;
  /** Written soon; after a failure it is tried again for some minutes. */
  settle(key: string): void;
  readonly cards: Soon<CardRow, CardName>;
  readonly notes: Soon<NoteRow, NoteName>;
  readonly audits: Soon<AuditRow, AuditName>;
  /** Writes at once what nobody waits for, until it `isWritten` what somebody does wait for. Rejects when the store fails. */
  hasten(isWritten: () => boolean): Promise<void>;
  /** Writes what waits now. Rejects when the store fails. */
  flush(): Promise<void>;
  /** Takes nothing more and writes what waits, once. Never rejects. */
  stop(): Promise<void>;
}

export interface CommitsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly random: () => number;
  readonly log: Log;
  readonly holder: string;
}

export function createCommits(options: CommitsOptions): Commits {
  const takes = createTakes(most.waiting);
  const backlog = createBacklog({ ...options, due: () => void inTurn(writeBacklog) });
  const commit = createCommit({ ...options, backlog });
  const inTurn = createTurn();
  let [stopped, closed, woken, crowded] = [false, false, false, false];

  function wake(): void {
    if (!woken) {
      woken = true;
      afterTurns(crowded ? turns.underLoad : turns.alone, () => void inTurn(writeTakes));
    }
  }

  /** Without what nobody waits for: that would make those wait longer who do. */
  async function writeTakes(): Promise<void> {
    woken = false;
    if (closed) {
      return;
    }
    const next = takes.next(most.written);
    crowded = next.length > 1;
    await commit({ takes: next, lazies: portionOf([]) });
    if (takes.size > 0) {
      wake();
    }
  }

  async function writeBacklog(): Promise<Error | undefined> {
    return closed
      ? new Error("The store is closed.")
      : commit({ takes: backlog.failing() ? [] : takes.next(most.written), lazies: backlog.next() });
  }

  /** Several who wait at once wait for the same commit: those whose turn comes after it find nothing to write. */
  async function hasten(isWritten: () => boolean): Promise<void> {
    const rounds = 1 + backlog.commits();
    for (let round = 0; round < rounds && !isWritten(); round += 1) {
      const error = await inTurn(writeBacklog);
      if (error !== undefined) {
        throw error;
      }
    }
  }

  async function flush(): Promise<void> {
    const rounds = 1 + backlog.commits() + takes.size / most.written;
    for (let round = 0; round < rounds; round += 1) {
      const error = await inTurn(() => commit({ takes: takes.next(most.written), lazies: backlog.next() }));
      if (error !== undefined) {
        throw error;
      }
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    backlog.stop();
    try {
      await flush();
    } catch {
      options.log.error(
        { lost: backlog.size },
        "Not all could be written: an answer may be given again, a note be forgotten.",
      );
    }
    tellFailed(takes.next(takes.size), new Error("The store is closed."));
    closed = true;
    await inTurn(async () => undefined);
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
    settle: (key) => void backlog.settled.put(key),
    cards: backlog.cards,
    notes: backlog.notes,
    audits: backlog.audits,
    hasten,
    flush,
    stop,
  };
}

/** Runs one after the other what is handed to it. */
function createTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
}

function afterTurns(count: number, work: () => void): void {
  setImmediate(count <= 1 ? work : () => afterTurns(count - 1, work));
}
