import { LRUCache } from "lru-cache";
import { type Weekday, weekdays } from "../../commands/index.ts";

// Written here, as the scheduler that was tried (croner 11) leaves out the slot of a day whose last hour does not exist, as on
// the evening on which Greenland's summer begins.

/** When a digest is due: at a time of some days, in a zone. */
export interface Schedule {
  /** Minutes after midnight. */
  readonly at: number;
  /** None stands for every day. */
  readonly days: readonly Weekday[];
  /** A name of the time zone database; UTC is used for one that this machine does not know. */
  readonly zone: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Local times are at most this far behind Greenwich and ahead of it, with some room. */
const west = 13 * hour;
const east = 15 * hour;

/**
 * The slots after one wall time, up to another and with it, in order; the last ones, when there are more than `most`. A local
 * time that does not exist is the next minute that does, one that comes twice is the first, a day that does not exist has none.
 */
export function slotsBetween(after: number, until: number, schedule: Schedule, most: number): readonly number[] {
  const toLocal = localTimes(schedule.zone);
  // A clock that is put back over midnight shows the day before once more.
  const first = dayOf(toLocal(after)) - 1;
  const slots: number[] = [];
  for (let date = dayOf(toLocal(until)) + 1; date >= first && slots.length < most; date -= 1) {
    // Digests are looked at every second: what cannot be in time is not computed.
    const slot = date * day + schedule.at * minute - east > until ? undefined : slotOf(date, schedule, toLocal);
    if (slot !== undefined && slot > after && slot <= until) {
      slots.unshift(slot);
    }
  }
  return slots;
}

/** The first slot after a wall time. */
export function nextSlot(after: number, schedule: Schedule): number {
  const toLocal = localTimes(schedule.zone);
  for (let date = dayOf(toLocal(after)) - 1; ; date += 1) {
    const slot = slotOf(date, schedule, toLocal);
    if (slot !== undefined && slot > after) {
      return slot;
    }
  }
}

/** What the clocks of a zone show at a wall time, as if it were UTC. */
type ToLocal = (wall: number) => number;

/** @param date days since 1970 */
function slotOf(date: number, { at, days }: Schedule, toLocal: ToLocal): number | undefined {
  const weekday = weekdays[(((date + 3) % 7) + 7) % 7];
  if (weekday === undefined || (days.length > 0 && !days.includes(weekday))) {
    return undefined;
  }
  const slot = reach(date * day + at * minute, toLocal);
  const exists = dayOf(toLocal(slot)) === date || dayOf(toLocal(reach(date * day, toLocal))) === date;
  return exists ? slot : undefined;
}

/** The first wall time at which the clocks show a local time, or a later one if it is left out. */
function reach(local: number, toLocal: ToLocal): number {
  const [earliest, latest] = [local - east, local + west];
  const offsets = [toLocal(earliest) - earliest, toLocal(latest) - latest];
  const [ahead, behind] = [Math.max(...offsets), Math.min(...offsets)];
  if (ahead === behind) {
    return local - ahead;
  }
  // Of two times that show it the one with the clocks further ahead is the first.
  const found = [ahead, behind].map((offset) => local - offset).find((wall) => toLocal(wall) === local);
  return found ?? endOfGap(local, toLocal, ahead, behind);
}

/** The minute from which the clocks go on behind a local time that they leave out. */
function endOfGap(local: number, toLocal: ToLocal, ahead: number, behind: number): number {
  let [before, beyond] = [local - ahead, local - behind];
  while (beyond - before > minute) {
    const middle = before + Math.floor((beyond - before) / minute / 2) * minute;
    [before, beyond] = toLocal(middle) < local ? [middle, beyond] : [before, middle];
  }
  return beyond;
}

function dayOf(local: number): number {
  return Math.floor(local / day);
}

// A format takes longer to make than hundreds of slots; chats may be in any zone.
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 64 });

function localTimes(zone: string): ToLocal {
  const format = formats.get(zone) ?? createFormat(zone);
  formats.set(zone, format);
  return (wall) => {
    const numbers = (format.format(wall).match(/\d+/g) ?? []).map(Number);
    const [month = 1, date = 1, year = 0, hours = 0, minutes = 0] = numbers;
    return Date.UTC(year, month - 1, date, hours, minutes);
  };
}

/** Writes `3/29/2026, 02:30`. Its parts one by one would take four times as long. */
function createFormat(zone: string): Intl.DateTimeFormat {
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const options = { ...parts, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
}
