import type { Standing } from "./contest.ts";
import { atLeast, type Chart, type Figure, figure, median, percentile, round, type Table } from "./result.ts";

/** Deskhand, a bare bot on the SDK, and others. */
export interface Field {
  /** Of the platform. */
  readonly platform: string;
  readonly own: Standing;
  readonly bare: Standing;
  readonly others: readonly Standing[];
}

/** What is said of Deskhand on one platform, with its goals. */
export function figuresOf({ platform, own, bare, others }: Field): readonly Figure[] {
  const worst = (values: readonly number[]) => percentile(values, 0.99);
  const steady = own.paced.find(({ perSecond }) => perSecond === 100);
  return [
    atLeast(`commands answered a second over ${platform}, 64 at once`, own.throughput, 1_000, ""),
    atLeast("the same, in those of the bare bot", own.throughput / bare.throughput, 0.8, " ×"),
    ...others.flatMap((other) => againstOther(own, other)),
    figure("added to the bare bot, one at a time, p50", Math.max(0, median(own.alone) - median(bare.alone)), 1, " ms"),
    figure("command to reply at 100 a second, p99", worst(steady?.times ?? []), 25, " ms"),
    figure("press to answer, read a moment ago, p99", worst(own.presses), 50, " ms"),
    figure(`start to ready, connected to ${platform} and with a watch, median`, own.start, 1_500, " ms"),
    figure(`memory idle, connected to ${platform} and with a watch`, own.idle, 150, " MB"),
    figure(`memory over idle after ${thousands(own.written)} messages`, Math.max(0, own.after - own.idle), 100, " MB"),
  ];
}

function againstOther(own: Standing, other: Standing): readonly Figure[] {
  return [
    atLeast(`commands a second, in those of ${other.name}`, own.throughput / other.throughput, 1, " ×"),
    figure(`memory idle, in that of ${other.name}`, own.idle / other.idle, 1, " ×"),
    figure(`memory after the load, in that of ${other.name}`, own.after / other.after, 1, " ×"),
  ];
}

/** All bots beside each other. */
export function tablesOf({ platform, own, bare, others }: Field): readonly Table[] {
  const all = [own, bare, ...others];
  return [
    {
      title: `All bots, the work of ${platform}:`,
      columns: ["", "commands/s", "one at a time, p50", "start to ready", "memory idle", "after so many messages"],
      rows: all.map(({ name, throughput, alone, start, idle, after, written }) => [
        name,
        round(throughput),
        `${round(median(alone))} ms`,
        `${round(start)} ms`,
        `${round(idle)} MB`,
        `${round(after)} MB after ${thousands(written)}`,
      ]),
    },
    {
      title: "Milliseconds from a message to its answer, p50 / p90 / p99, when so many are written a second:",
      columns: ["", ...own.paced.map(({ perSecond }) => thousands(perSecond))],
      rows: all.map(({ name, paced }) => [name, ...paced.map(latency)]),
    },
  ];
}

function latency({ times, keptUp }: Standing["paced"][number]): string {
  if (!keptUp) return "cannot keep up";
  return [0.5, 0.9, 0.99].map((share) => round(percentile(times, share))).join(" / ");
}

/** The same as bars. */
export function chartsOf({ platform, own, bare, others }: Field): readonly Chart[] {
  const all = [own, bare, ...others];
  const file = platform.toLowerCase();
  return [
    {
      name: `${file}-throughput`,
      title: `Commands answered a second over ${platform}, 64 at once`,
      unit: "a second, more is better",
      series: [],
      rows: all.map(({ name, throughput }) => ({ label: name, values: [throughput] })),
    },
    {
      name: `${file}-memory`,
      title: "Memory of the process",
      unit: "MB, less is better",
      series: ["idle", `after ${thousands(own.written)} messages`],
      rows: all.map(({ name, idle, after }) => ({ label: name, values: [idle, after] })),
    },
    {
      name: `${file}-latency`,
      title: "From a message to its answer, slowest of a hundred",
      unit: "ms (p99), less is better",
      series: own.paced.map(({ perSecond }) => `${thousands(perSecond)} a second`),
      rows: all.map(({ name, paced }) => ({
        label: name,
        values: paced.map(({ times, keptUp }) => (keptUp ? percentile(times, 0.99) : undefined)),
      })),
    },
  ];
}

/** 50,000 for fifty thousand. */
export function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
