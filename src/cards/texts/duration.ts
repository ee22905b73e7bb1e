const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

interface Units {
  readonly seconds: (count: number) => string;
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly days: (count: number) => string;
}

const units: Readonly<Record<"en" | "zh", Units>> = {
  en: {
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    hours: (count) => `${count} h`,
    days: (count) => `${count} ${count === 1 ? "day" : "days"}`,
  },
  zh: {
    seconds: (count) => `${count} 秒`,
    minutes: (count) => `${count} 分钟`,
    hours: (count) => `${count} 小时`,
    days: (count) => `${count} 天`,
  },
};

/**
 * Writes durations in words, as exactly as people want to know: "0.2 s", "90 s", "42 min", "1 h 20 min", "24 h", "3 days". What is
 * below the last unit is left out.
 */
export function durationsIn(locale: "en" | "zh"): (milliseconds: number) => string {
  const { seconds, minutes, hours, days } = units[locale];
  const two = (whole: string, rest: number, words: (count: number) => string): string =>
    rest === 0 ? whole : `${whole} ${words(rest)}`;
  return (milliseconds) => {
    const length = Math.max(0, milliseconds);
    if (length < second) {
      return seconds(Math.floor(length / 100) / 10);
    }
    if (length < minute || (length < 2 * minute && length !== minute)) {
      return seconds(Math.floor(length / second));
    }
    if (length < hour) {
      return minutes(Math.floor(length / minute));
    }
    if (length < 2 * day) {
      return two(hours(Math.floor(length / hour)), Math.floor((length % hour) / minute), minutes);
    }
    return two(days(Math.floor(length / day)), Math.floor((length % day) / hour), hours);
  };
}
