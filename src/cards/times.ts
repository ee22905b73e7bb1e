import { LRUCache } from "lru-cache";
import type { Locale } from "./card.ts";

/** Times as people of a time zone read them; all of them epoch milliseconds. */
export interface Times {
  /** "14:02", and with its day where that is another one than the card's: "30 Nov 14:02". */
  readonly time: (at: number) => string;
  /** "30 Nov 14:02", with the year where that is another one than the card's. */
  readonly dated: (at: number) => string;
  /** The day that times without one are of: "30 Nov 2025". */
  readonly day: string;
  /** How far the zone is from Greenwich on that day, as in "GMT+8". */
  readonly offset: string;
}

/**
 * How the times of one card are written. Nobody knows when a card is read: the day that goes without saying is that of
 * `beside`, and the card names it.
 *
 * @param zone a name of the time zone database; UTC is used for one that this machine does not know
 */
export function timesIn(zone: string, locale: Locale, beside: number): Times {
  const { clock, date, fullDate, offset } = formatsOf(zone, locale);
  const day = fullDate.format(beside);
  const year = yearOf(fullDate, beside);
  const dated = (at: number): string => {
    const words = yearOf(fullDate, at) === year ? date : fullDate;
    return `${words.format(at)} ${clock.format(at)}`;
  };
  return {
    time: (at) => (fullDate.format(at) === day ? clock.format(at) : dated(at)),
    dated,
    day,
    offset: partOf(offset, beside, "timeZoneName"),
  };
}

interface Formats {
  readonly clock: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly fullDate: Intl.DateTimeFormat;
  readonly offset: Intl.DateTimeFormat;
}

// A format takes longer to make than a card; a chat may be in any zone.
const made = new LRUCache<string, Formats>({ max: 64 });

/** "30 Nov" is read the same way everywhere; "11/30" is not. */
const languages: Readonly<Record<Locale, string>> = { en: "en-GB", zh: "zh" };

function formatsOf(zone: string, locale: Locale): Formats {
  const key = `${locale} ${zone}`;
  const known = made.get(key);
  if (known !== undefined) {
    return known;
  }
  const timeZone = isZone(zone) ? zone : "UTC";
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(languages[locale], { timeZone, ...parts });
  const day = { day: "numeric", month: "short" } as const;
  const formats = {
    clock: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    date: format(day),
    fullDate: format({ ...day, year: "numeric" }),
    offset: format({ timeZoneName: "shortOffset" }),
  };
  made.set(key, formats);
  return formats;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function yearOf(format: Intl.DateTimeFormat, at: number): string {
  return partOf(format, at, "year");
}

function partOf(format: Intl.DateTimeFormat, at: number, type: Intl.DateTimeFormatPartTypes): string {
  return format.formatToParts(at).find((part) => part.type === type)?.value ?? "";
}
