import type { Log } from "../bot/index.ts";
import type { Clock } from "../fleet/index.ts";
import { createAlarm } from "./alarm.ts";
import { createLazies, type Lazies, type LazyQueue, type Portion, portionOf } from "./lazies.ts";
import {
  type AuditName,
  auditKind,
  type CardName,
  cardKind,
  type NoteName,
  noteKind,
  settledKind,
} from "./lazy-kinds.ts";
import { pauseAfter } from "./pause.ts";
import type { AuditRow, CardRow, NoteRow } from "./schema.ts";

/** How much of each kind goes into one transaction, and how much may wait, in cards. */
const most = { written: 500, waiting: 50_000 } as const;
/** After how long it is written, milliseconds. */
const within = 20;
/** When what failed is given up, milliseconds. */
const giveUpAfter = 10 * 60_000;

/** Rows that are written soon, and read meanwhile as if they were. */
export interface Soon<Row extends Name, Name> {
  /** After a failure it is tried again for some minutes. False: there is too much to write, or no more is, and it is not kept. */
  put(row: Row): boolean;
  /** One that waits to be written. */
  get(name: Name): Row | undefined;
}

/** What nobody waits for, until it is written. */
export interface Backlog {
  readonly settled: Soon<string, string>;
  readonly cards: Soon<CardRow, CardName>;
  readonly notes: Soon<NoteRow, NoteName>;
  readonly audits: Soon<AuditRow, AuditName>;
  readonly size: number;
  /** How many commits write all that waits now. */
  commits(): number;
  /** What belongs into the next commit. */
  next(): Portion;
  /** Whether the last commit failed: until one succeeds the backlog goes alone, so that no take fails with it. */
  failing(): boolean;
  /** A commit is on disk, with this in it. */
  written(portion: Portion): void;
  /** A commit failed, whatever was in it. */
  failed(): void;
  /** Takes nothing more, and rings no more. */
  stop(): void;
}

export interface BacklogOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Called when it is time to write what waits. */
  readonly due: () => void;
}

export function createBacklog({ clock, random, log, due }: BacklogOptions): Backlog {
  const settled = createLazies(settledKind, most.waiting);
  const cards = createLazies(cardKind, most.waiting);
  const notes = createLazies(noteKind, most.waiting);
  const audits = createLazies(auditKind, most.waiting);
  const all: readonly LazyQueue[] = [settled, cards, notes, audits];
  const size = () => all.reduce((sum, lazies) => sum + lazies.size, 0);
  const alarm = createAlarm(clock);
  let [stopped, full] = [false, false];
  /** How many commits failed in a row. */
  let failures = 0;

  function setAlarm(): void {
    if (!stopped && !alarm.isSet()) {
      alarm.set(within, due);
    }
  }

  function soon<Row extends Name, Name>(lazies: Lazies<Row, Name>): Soon<Row, Name> {
    return {
      put(row) {
        if (stopped) {
          return false;
        }
        const added = lazies.add(row, clock.elapsed());
        if (!added && !full) {
          full = true;
          log.error({}, "The store has more to write than it can: an answer may be given again, a note be forgotten.");
        }
        setAlarm();
        return added;
      },
      get: lazies.get,
    };
  }

  return {
    settled: soon(settled),
    cards: soon(cards),
    notes: soon(notes),
    audits: soon(audits),
    get size() {
      return size();
    },
    commits: () => Math.ceil(Math.max(...all.map(({ weight }) => weight)) / most.written),
    next: () => portionOf(all.map((lazies) => lazies.next(most.written))),
    failing: () => failures > 0,
    written(portion) {
      portion.written();
      if (portion.size > 0 || size() === 0) {
        failures = 0;
        full = false;
      }
      if (size() > 0) {
        setAlarm();
      }
    },
    failed() {
      failures += 1;
      const before = clock.elapsed() - giveUpAfter;
      const lost = all.reduce((sum, lazies) => sum + lazies.giveUp(before), 0);
      if (lost > 0) {
        log.error(
          { lost },
          "What the store did not take for ten minutes is given up: an answer may be given again, a note be forgotten.",
        );
      }
      if (!stopped) {
        alarm.set(pauseAfter(failures, random), due);
      }
    },
    stop() {
      stopped = true;
      alarm.stop();
    },
  };
}
