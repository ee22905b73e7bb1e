const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const days = "(?:(\\d{1,6})(?:d|days?|天|日))?";
const hours = "(?:(\\d{1,6})(?:h|hrs?|hours?|个?小时|时))?";
const minutes = "(?:(\\d{1,6})(?:m|mins?|minutes?|分钟?))?";
const pattern = new RegExp(`^${days}${hours}${minutes}$`, "u");

/** No duration that means something is longer. */
const longest = 40;

function plain(text: string): string {
  return text.length > longest ? "" : text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
}

/** The milliseconds of a duration as people write it: `30m`, `1d12h`, `2小时`; undefined when it is none. */
export function durationOf(text: string): number | undefined {
  const digits = pattern.exec(plain(text));
  if (digits === null || digits[0] === "") {
    return undefined;
  }
  const [, d = 0, h = 0, m = 0] = digits;
  return Number(d) * day + Number(h) * hour + Number(m) * minute;
}

/** What somebody most likely meant who wrote a number alone, which is hours, or seconds, which are too few. Milliseconds. */
export function likelyDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})(s|secs?|seconds?|秒钟?)?$/u.exec(plain(text)) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  return unit === undefined ? Number(digits) * hour : Math.ceil(Number(digits) / 60) * minute;
}

/**
 * A duration in the largest units, as `for=` takes it: `1h30m`.
 *
 * @param duration milliseconds; what is less than a minute is left out
 */
export function printDuration(duration: number): string {
  const whole = Math.max(0, Math.floor(duration / minute)) * minute;
  const parts = [
    [Math.floor(whole / day), "d"],
    [Math.floor((whole % day) / hour), "h"],
    [(whole % hour) / minute, "m"],
  ] as const;
  const printed = parts.map(([count, unit]) => (count === 0 ? "" : `${count}${unit}`)).join("");
  return printed === "" ? "0m" : printed;
}
