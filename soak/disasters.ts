import { readFile, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import type { Bot } from "./bots.ts";
import { shuffled, sleep } from "./weather.ts";

/** What happens to a process, or to the store beneath it. */
interface Disaster {
  readonly name: string;
  /** Whether a process ends by it. */
  readonly ends: boolean;
  /** Resolves when it is over, and every bot is there again. */
  happen(): Promise<void>;
}

export interface Disasters {
  readonly seen: ReadonlyMap<string, number>;
  /** Whether a press at that time (`performance.now()`) may have met a process that was not there, or stood still. */
  disturbed(from: number, until: number): boolean;
  /** One after the other until the signal says that it is enough. Resolves when the last one is over. */
  strike(signal: AbortSignal, options: { readonly processesEnd: boolean }): Promise<void>;
}

export interface DisastersOptions {
  readonly bots: readonly Bot[];
  /** The file of their configuration. */
  readonly config: string;
  readonly random: () => number;
  readonly store:
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "postgres"; readonly stop: () => Promise<void>; readonly start: () => Promise<void> };
  /** Milliseconds between two of them, at least. */
  readonly pause: number;
}

/** Milliseconds after a disaster in which a press may still suffer from it: connections are made anew. */
const aftermath = 6_000;

export function createDisasters({ bots, config, random, store, pause }: DisastersOptions): Disasters {
  const seen = new Map<string, number>();
  const times: { readonly from: number; until: number }[] = [];
  let changes = 0;

  const someBot = (): Bot => bots[Math.floor(random() * bots.length)] as Bot;
  const between = (least: number, most: number) => wait(least + random() * (most - least));

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const bot = someBot();
    const code = await bot.end(signal);
    if (signal === "SIGTERM" && code !== 0) throw new Error(`a bot ended with ${code} after SIGTERM`);
    await between(0, 2_000);
    await bot.start();
  }

  async function freeze(least: number, most: number): Promise<void> {
    const bot = someBot();
    bot.signal("SIGSTOP");
    await between(least, most);
    bot.signal("SIGCONT");
  }

  /** A setting that changes nothing of what is checked here is changed in the file, and everybody is told to read it. */
  async function reload(): Promise<void> {
    changes += 1;
    const text = await readFile(config, "utf8");
    await writeFile(config, text.replace(/groupLimit: \d+/, `groupLimit: ${20 + (changes % 5)}`));
    for (const bot of bots) bot.signal("SIGHUP");
    await wait(1_000);
  }

  async function breakStore(): Promise<void> {
    if (store.kind === "postgres") {
      await store.stop();
      await between(0, 2_000);
      return store.start();
    }
    const database = new DatabaseSync(store.path, { timeout: 5_000 });
    try {
      database.exec("begin immediate");
      await between(500, 4_000);
      database.exec("rollback");
    } finally {
      database.close();
    }
  }

  const disasters: readonly Disaster[] = [
    { name: "SIGKILL, and another start", ends: true, happen: () => end("SIGKILL") },
    { name: "SIGTERM, and another start", ends: true, happen: () => end("SIGTERM") },
    { name: "SIGSTOP for a moment", ends: false, happen: () => freeze(500, 4_000) },
    { name: "SIGSTOP until another leads", ends: false, happen: () => freeze(11_000, 13_000) },
    { name: "changed configuration", ends: false, happen: reload },
    {
      name: store.kind === "file" ? "store locked by another program" : "PostgreSQL restarted",
      ends: false,
      happen: breakStore,
    },
  ];

  return {
    seen,
    disturbed: (from, until) => times.some((time) => from < time.until + aftermath && until > time.from),
    async strike(signal, { processesEnd }) {
      const possible = disasters.filter(({ ends }) => processesEnd || !ends);
      const queue: Disaster[] = [];
      await sleep(pause * (1 + random()), signal);
      while (!signal.aborted) {
        if (queue.length === 0) queue.push(...shuffled(possible, random));
        const disaster = queue.pop();
        if (disaster === undefined) return;
        const time = { from: performance.now(), until: Number.POSITIVE_INFINITY };
        times.push(time);
        seen.set(disaster.name, (seen.get(disaster.name) ?? 0) + 1);
        await disaster.happen();
        time.until = performance.now();
        await sleep(pause * (1 + random()), signal);
      }
    },
  };
}
