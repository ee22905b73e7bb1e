import { stat } from "node:fs/promises";
import type { Bot, Vitals } from "./bots.ts";
import { isCrowded } from "./machine.ts";
import type { Finding } from "./verdict.ts";

/** A look at an idle process. */
interface Sample extends Vitals {
  readonly bot: number;
  readonly life: number;
  /** Minutes since the begin. */
  readonly at: number;
}

/** What the processes need: memory and handles while they are idle, the time that their event loop takes while they are not. */
export interface Pulse {
  /** Counts the handles of processes that have done nothing yet, and of those that have done nothing for long. */
  handles(when: "first" | "last"): Promise<void>;
  /** Looks at all of them, which have had nothing to do for a while. */
  rest(): Promise<void>;
  /** Asks all of them for a sign of life. */
  beat(): Promise<void>;
  readonly samples: readonly Sample[];
  /** Milliseconds until /healthz was answered; that of a process that stood still on purpose is not among them. */
  readonly beats: readonly number[];
  findings(written: number): Promise<readonly Finding[]>;
}

/** Megabytes, from the first rest of a process to its last one. */
const memoryMayGrow = 24;
/** Files and sockets that an idle process has beside those of its first moments. */
const handlesMayGrow = 8;
/** Bytes of the store for each message: what was delivered is remembered for eight hours. */
const bytesOfMessage = 6_000;
const bytesOfStore = 8 * 1024 * 1024;
/** Milliseconds at the 99th percentile, on a machine that plays both platforms beside it. */
const slowestBeat = 500;

export function createPulse(options: {
  readonly bots: readonly Bot[];
  /** The files of an embedded store. */
  readonly files: readonly string[];
  readonly disturbed: (from: number, until: number) => boolean;
}): Pulse {
  const { bots, files } = options;
  const began = performance.now();
  const samples: Sample[] = [];
  const beats: number[] = [];
  const counted = new Map<"first" | "last", readonly number[]>();

  async function sizes(): Promise<number> {
    const all = await Promise.all(
      files.map((file) =>
        stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    return all.reduce((sum, size) => sum + size, 0);
  }

  return {
    samples,
    beats,
    async handles(when) {
      const vitals = await Promise.all(bots.map((bot) => bot.vitals()));
      counted.set(
        when,
        vitals.flatMap((one) => (one === undefined ? [] : [one.handles])),
      );
    },
    async rest() {
      for (const [index, bot] of bots.entries()) {
        const vitals = await bot.vitals();
        const at = (performance.now() - began) / 60_000;
        if (vitals !== undefined) samples.push({ ...vitals, bot: index + 1, life: bot.life, at });
      }
    },
    async beat() {
      await Promise.all(
        bots
          .filter(({ awake }) => awake)
          .map(async (bot) => {
            const from = performance.now();
            const answer = await bot.get("/healthz");
            const until = performance.now();
            if (!options.disturbed(from, until)) beats.push(answer?.ms ?? Number.POSITIVE_INFINITY);
          }),
      );
    },
    async findings(written) {
      const bytes = await sizes();
      const most = bytesOfStore + bytesOfMessage * written;
      const slow = isCrowded() ? 0 : percentile(beats, 0.99);
      return [
        memoryGrown(samples),
        handlesGrown(counted.get("first") ?? [], counted.get("last") ?? []),
        {
          what: "the event loop goes on",
          looked: beats.length,
          wrong: slow > slowestBeat ? [`/healthz took ${Math.round(slow)} ms at the 99th percentile`] : [],
        },
        {
          what: "the store stays small",
          looked: files.length,
          wrong: bytes > most ? [`${bytes} bytes after ${written} messages`] : [],
        },
      ];
    },
  };
}

/** What an idle process has more of at its last rest than at its first one, by the line through all of them. */
function memoryGrown(samples: readonly Sample[]): Finding {
  const lives = [...Map.groupBy(samples, ({ bot, life }) => `process ${bot}, life ${life}`)];
  return {
    what: "memory stays as it was",
    looked: samples.length,
    wrong: lives.flatMap(([name, rests]) => {
      if (rests.length < 2) return [];
      const growth = slopeOf(rests.map(({ at, memory }) => ({ x: at, y: memory }))) * spanOf(rests);
      return growth > memoryMayGrow
        ? [`${name}: ${growth.toFixed(1)} MB more in ${spanOf(rests).toFixed(1)} minutes`]
        : [];
    }),
  };
}

/** Nothing was looked at where the processes had no time for their connections to end. */
function handlesGrown(first: readonly number[], last: readonly number[]): Finding {
  return {
    what: "open files and sockets are as many as at the start",
    looked: last.length,
    wrong: last.flatMap((count, index) =>
      count - (first[index] ?? 0) > handlesMayGrow
        ? [`process ${index + 1}: ${count}, and ${first[index]} at the start`]
        : [],
    ),
  };
}

const spanOf = (rests: readonly Sample[]): number => (rests.at(-1)?.at ?? 0) - (rests[0]?.at ?? 0);

/** The slope of the line through points, by least squares. */
function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const over = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return over / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

/** @param share such as 0.99 */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
