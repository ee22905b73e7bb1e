const clock = /^(\d{1,2}):(\d{2})$/;
const chinese = /^(\d{1,2})[点时](?:(半)|(\d{1,2})分?)?$/u;
/** What is not taken for a time, though it most likely is one: `9`, `0900`, `9.30`, `9pm`. */
const likely = /^(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?$/;

/** No time that means something is longer. */
const longest = 20;

function plain(text: string): string {
  return text.length > longest ? "" : text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
}

function minutesOf(hours: number, minutes: number): number | undefined {
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** The minutes after midnight of a time as people write it: `9:00`, `09：00`, `9点半`; undefined when it is none. */
export function timeOf(text: string): number | undefined {
  const written = plain(text);
  const [, hours, minutes] = clock.exec(written) ?? [];
  if (hours !== undefined) {
    return minutesOf(Number(hours), Number(minutes));
  }
  const [, oClock, half, past = 0] = chinese.exec(written) ?? [];
  return oClock === undefined ? undefined : minutesOf(Number(oClock), half === undefined ? Number(past) : 30);
}

/** The time that somebody most likely meant, in minutes after midnight. */
export function likelyTime(text: string): number | undefined {
  const [, digits, minutes = 0, half] = likely.exec(plain(text)) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const hours = Number(digits);
  if (half === undefined) {
    return minutesOf(hours === 24 ? 0 : hours, Number(minutes));
  }
  return hours > 12 ? undefined : minutesOf((hours % 12) + (half === "pm" ? 12 : 0), Number(minutes));
}

/** A time as `at=` takes it: `09:00`. */
export function printTime(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
