import type { Check, Fault, Found } from "./check.ts";

/** A server that tells the time in its answers, and by whose name people know it. */
export interface TimeServer {
  readonly name: string;
  /** Asked without a signature; what it answers is not looked at. */
  readonly url: string;
}

export interface ClockOptions {
  readonly servers: readonly TimeServer[];
  /** Wall time of this machine, epoch milliseconds. */
  readonly now: () => number;
  /** What is said when the clock is so far off that requests are refused. */
  readonly refused: Fault;
}

/** From how far off it is said, and from how far off it is a failure, milliseconds: the API refuses from 15 minutes on. */
const limits = { note: 60_000, failed: 10 * 60_000 } as const;

/** Compares this machine's clock with what servers say that are asked anyway; one check for each. */
export function clockChecks({ servers, now, refused }: ClockOptions): readonly Check[] {
  return servers.map(({ name, url }) => ({
    part: "clock",
    name,
    async look(signal): Promise<Found> {
      const offset = await offsetFrom(url, now, signal);
      if (offset === undefined) {
        return { state: "note", says: `${name} did not tell the time.` };
      }
      const off = Math.abs(offset);
      const by = `This clock is ${inWords(off)} ${offset < 0 ? "behind" : "ahead of"} that of ${name}.`;
      if (off >= limits.failed) {
        return { state: "failed", says: `${by} ${refused.says}`, todo: refused.todo };
      }
      return off >= limits.note
        ? { state: "note", says: by, todo: "Let the machine set its clock by itself, such as by NTP." }
        : { state: "ok", says: `This clock agrees with that of ${name}.` };
    },
  }));
}

/** How far this clock is ahead, milliseconds; undefined when no answer with a date comes. */
async function offsetFrom(url: string, now: () => number, signal: AbortSignal): Promise<number | undefined> {
  try {
    const before = now();
    const answer = await fetch(url, { method: "HEAD", redirect: "manual", signal });
    const middle = (before + now()) / 2;
    await answer.body?.cancel();
    const date = Date.parse(answer.headers.get("date") ?? "");
    // The header has whole seconds: what it says is half a second ago, by and large.
    return Number.isNaN(date) ? undefined : middle - date - 500;
  } catch {
    return undefined;
  }
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) {
    return `${seconds} seconds`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
