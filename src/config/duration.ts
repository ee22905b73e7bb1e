const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof milliseconds;

const units: readonly Unit[] = ["d", "h", "m", "s", "ms"];

/** What people write for a unit, lower case. */
const spellings: readonly (readonly [Unit, RegExp])[] = [
  ["ms", /^(?:ms|msecs?|millis|milliseconds?)$/],
  ["s", /^(?:s|secs?|seconds?)?$/],
  ["m", /^(?:m|mins?|minutes?)$/],
  ["h", /^(?:h|hrs?|hours?)$/],
  ["d", /^(?:d|days?)$/],
];

/** Whole numbers with a unit, or `0`. For editors; `parseDuration` reads the same. */
export const durationPattern = "^(?:0|[0-9]{1,9}(?:ms|s|m|h|d))$";

/** Milliseconds of `500ms`, `8s`, `10m`, `24h`, `7d` or `0`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") {
    return 0;
  }
  const found = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
  const unit = units.find((candidate) => candidate === found?.[2]);
  return found === null || unit === undefined ? undefined : Number(found[1]) * milliseconds[unit];
}

/** The shortest text of a whole number of milliseconds: 90000 → `90s`, 60000 → `1m`. */
export function formatDuration(duration: number): string {
  const unit = units.find((candidate) => duration % milliseconds[candidate] === 0) ?? "ms";
  return duration === 0 ? "0" : `${duration / milliseconds[unit]}${unit}`;
}

/** What somebody most likely meant by a text that is no duration: `8` and `8 sec` → `8s`, `1.5h` → `90m`. */
export function suggestDuration(text: string): string | undefined {
  const found = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)$/.exec(text.trim().toLowerCase());
  const unit = spellings.find(([, spelling]) => spelling.test(found?.[2] ?? ""))?.[0];
  if (found === null || unit === undefined) {
    return undefined;
  }
  const amount = Number(found[1]);
  return Number.isInteger(amount) ? `${amount}${unit}` : formatDuration(Math.round(amount * milliseconds[unit]));
}
