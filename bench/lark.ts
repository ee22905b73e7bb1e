import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createFakeLark, type FakeLark } from "../test/platforms/lark/index.ts";
import { atLeast, type Figure, figure, percentile } from "./figures.ts";
import { startKoishi } from "./rivals/koishi.ts";
import { startSimulated } from "./simulated.ts";

/** Deskhand and a bare bot over the real SDK, and Koishi over its own adapter, against the same stand-in for Lark. */
export async function measureLark(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  // People and chats without end: what is measured is the bot, not how the platform slows it down. Cards are not checked.
  const fake = createFakeLark({ checkCard: () => [], keep: 100_000 });
  await fake.start();
  try {
    const own = await measureOwn(fake, folder);
    const bare = await measureBare(fake, folder);
    const koishi = await measureKoishi(fake, folder);
    return figuresOf(own, bare, koishi);
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  /** Messages answered a second, 64 at once. */
  readonly throughput: number;
  /** Milliseconds from a message's frame to the request that answers it, one at a time. */
  readonly alone: readonly number[];
}

interface Own extends Measured {
  /** The same at 100 messages a second. */
  readonly steady: readonly number[];
  /** Milliseconds from a press to its answer, where the page was read a moment ago. */
  readonly presses: readonly number[];
  /** Megabytes of the whole process. */
  readonly idle: number;
  readonly after: number;
}

function figuresOf(own: Own, bare: Measured, koishi: Measured | undefined): readonly Figure[] {
  const median = (values: readonly number[]) => percentile(values, 0.5);
  const worst = (values: readonly number[]) => percentile(values, 0.99);
  return [
    atLeast("commands answered a second over Lark, 64 at once", own.throughput, 1_000, ""),
    atLeast("the same, in those of a bare bot on the SDK", own.throughput / bare.throughput, 0.8, " ×"),
    ...(koishi === undefined
      ? []
      : [atLeast("the same, in those of Koishi", own.throughput / koishi.throughput, 0.8, " ×")]),
    figure("added to the bare bot, one at a time, p50", Math.max(0, median(own.alone) - median(bare.alone)), 1, " ms"),
    figure("command to reply at 100 a second, p99", worst(own.steady), 25, " ms"),
    figure("press to answer, read a moment ago, p99", worst(own.presses), 50, " ms"),
    figure("memory idle, connected to Lark", own.idle, 150, " MB"),
    figure("memory over idle after 20,000 commands", Math.max(0, own.after - own.idle), 100, " MB"),
  ];
}

async function measureOwn(fake: FakeLark, folder: string): Promise<Own> {
  const simulated = await startSimulated(240);
  try {
    return await measureWith(fake, folder, simulated.endpoint);
  } finally {
    await simulated.stop();
  }
}

async function measureWith(fake: FakeLark, folder: string, endpoint: string): Promise<Own> {
  const config = join(folder, "app.yaml");
  await writeFile(config, configOf(fake, folder, endpoint));
  // As `npm start` does.
  const node = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=16", "--heap-growing-percent=50"];
  const bot = await startBot(fake, [...node, "src/main.ts", "start", "--config", config]);
  try {
    const driver = createDriver(fake);
    await driver.answer("/runtimes");
    await sleep(2_000);
    const idle = await memoryOf(bot);
    const measured = await measure(driver);
    const presses = await driver.press(500);
    const steady = await driver.steady(100, 10);
    await driver.atOnce(64, 12_000);
    await sleep(2_000);
    const after = await memoryOf(bot);
    return { ...measured, steady, presses, idle, after };
  } finally {
    await stopBot(bot);
  }
}

async function measureBare(fake: FakeLark, folder: string): Promise<Measured> {
  const card = join(folder, "card.json");
  await writeFile(card, fake.sent.at(-1)?.content ?? "");
  const bot = await startBot(fake, ["bench/bare-lark.ts", fake.url, fake.appId, fake.appSecret, card]);
  try {
    return await measure(createDriver(fake));
  } finally {
    await stopBot(bot);
  }
}

/** Undefined where Koishi cannot be installed, as without a network: the other figures stand without it. */
async function measureKoishi(fake: FakeLark, folder: string): Promise<Measured | undefined> {
  const { url, appId, appSecret } = fake;
  // The card that the bare bot answers with.
  const options = { url, appId, appSecret, cardFile: join(folder, "card.json") };
  const rival = await startKoishi(options).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : "Koishi could not be started.");
    return undefined;
  });
  if (rival === undefined) return undefined;
  try {
    return await measure(createDriver(fake));
  } finally {
    await rival.stop();
  }
}

async function measure(driver: Driver): Promise<Measured> {
  await driver.atOnce(64, 3_000);
  const throughput = await driver.atOnce(64, 5_000);
  const alone: number[] = [];
  for (let index = 0; index < 1_000; index += 1) {
    alone.push(await driver.answer("/runtimes"));
  }
  return { throughput, alone };
}

interface Driver {
  /** Writes a message, and resolves with the milliseconds until it was answered. */
  answer(text: string): Promise<number>;
  /** Messages answered a second. */
  atOnce(lanes: number, count: number): Promise<number>;
  steady(perSecond: number, seconds: number): Promise<readonly number[]>;
  press(count: number): Promise<readonly number[]>;
}

function createDriver(fake: FakeLark): Driver {
  let written = 0;
  const waiting = new Map<string, () => void>();
  fake.watch((message) => {
    waiting.get(message.replyTo ?? "")?.();
    waiting.delete(message.replyTo ?? "");
  });

  async function answer(text: string): Promise<number> {
    written += 1;
    const began = performance.now();
    const { messageId } = fake.write({ chat: `oc_${written % 500}`, user: `ou_${written % 500}`, text });
    await new Promise<void>((resolve) => waiting.set(messageId, resolve));
    return performance.now() - began;
  }

  return {
    answer,
    async atOnce(lanes, count) {
      let left = count;
      const began = performance.now();
      await Promise.all(
        Array.from({ length: lanes }, async () => {
          while (left > 0) {
            left -= 1;
            await answer(`/runtimes page=${1 + (left % 20)}`);
          }
        }),
      );
      return (count / (performance.now() - began)) * 1_000;
    },
    async steady(perSecond, seconds) {
      const taken: Promise<number>[] = [];
      const began = performance.now();
      for (let index = 0; index < perSecond * seconds; index += 1) {
        const due = began + (index * 1_000) / perSecond;
        await sleep(Math.max(0, due - performance.now()));
        // One page, which was read a moment ago: the time of the API is not what is measured.
        taken.push(answer("/runtimes"));
      }
      return Promise.all(taken);
    },
    async press(count) {
      const taken: number[] = [];
      for (let index = 0; index < count; index += 1) {
        // Another card now and then: nobody presses one a hundred times a second.
        if (index % 50 === 0) {
          await answer("/runtimes");
        }
        const began = performance.now();
        const label = index % 2 === 0 ? "Next" : "Previous";
        await fake.press({ message: fake.sent.at(-1)?.id ?? "", user: `ou_${index}`, label });
        taken.push(performance.now() - began);
      }
      return taken;
    },
  };
}

function configOf(fake: FakeLark, folder: string, endpoint: string): string {
  return `
locale: en
fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: ${endpoint}
    protocol: http
    requestsPerSecond: 100
    credentials: { type: access-key, accessKeyId: simulator, accessKeySecret: simulator }
channels:
  playground: { enabled: false }
  lark: { enabled: true, appId: ${fake.appId}, appSecret: ${fake.appSecret}, domain: "${fake.url}" }
access: { default: allow }
store: { url: "file:${join(folder, "data")}" }
http: { port: 0 }
log: { level: warn, format: json }
`;
}

async function startBot(fake: FakeLark, args: readonly string[]): Promise<ChildProcess> {
  const bot = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  await fake.until(() => fake.connections.length > 0, 10_000);
  return bot;
}

async function stopBot(bot: ChildProcess): Promise<void> {
  const closed = once(bot, "close");
  bot.kill("SIGTERM");
  await closed;
}

/** Resident megabytes of a process, as Linux tells. */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
