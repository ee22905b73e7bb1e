import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fleetSection } from "../test/e2e/fleet-section.ts";
import { createDriver, measure, type Own, type Stage } from "./driver.ts";
import { startSimulated } from "./simulated.ts";

/** A bot as a process of its own. */
export interface Bot {
  /** Resident megabytes of the whole process, as Linux tells. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a bot with these arguments of Node; resolves when `connected` does. */
export async function startBot(args: readonly string[], connected: () => Promise<void>): Promise<Bot> {
  const bot: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const closed = once(bot, "close");
  await Promise.race([
    connected(),
    closed.then(() => Promise.reject(new Error(`The bot ended before it was connected: ${args.join(" ")}`))),
  ]);
  return {
    async memory() {
      const status = await readFile(`/proc/${bot.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
    },
    async stop() {
      bot.kill("SIGTERM");
      await closed;
    },
  };
}

export interface DeskhandOptions {
  /** Where its configuration and its store are. */
  readonly folder: string;
  /** Where the API is. */
  readonly endpoint: string;
  /** Lines of the section `channels`, without indentation. */
  readonly channels: readonly string[];
  readonly connected: () => Promise<void>;
}

/** Deskhand as `npm start` starts it, with the store on disk. */
export async function startDeskhand({ folder, endpoint, channels, connected }: DeskhandOptions): Promise<Bot> {
  const config = join(folder, "app.yaml");
  await writeFile(config, configOf(folder, endpoint, channels));
  return startBot([...(await startFlags()), "src/main.ts", "start", "--config", config], connected);
}

/** The flags of the script `start`. */
export async function startFlags(): Promise<readonly string[]> {
  const { scripts }: { readonly scripts: { readonly start: string } } = JSON.parse(
    await readFile("package.json", "utf8"),
  );
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

function configOf(folder: string, endpoint: string, channels: readonly string[]): string {
  return `
locale: en
${fleetSection(endpoint)}
channels:
  playground: { enabled: false }
${channels.map((line) => `  ${line}`).join("\n")}
access: { default: allow }
store: { url: "file:${join(folder, "data")}" }
http: { port: 0 }
log: { level: warn, format: json }
`;
}

/** Everything that is measured of Deskhand on one platform. */
export async function measureDeskhand(stage: Stage, options: Omit<DeskhandOptions, "endpoint">): Promise<Own> {
  const simulated = await startSimulated(240);
  try {
    const bot = await startDeskhand({ ...options, endpoint: simulated.endpoint });
    try {
      return await measureStarted(stage, bot);
    } finally {
      await bot.stop();
    }
  } finally {
    await simulated.stop();
  }
}

async function measureStarted(stage: Stage, bot: Bot): Promise<Own> {
  const driver = createDriver(stage);
  await driver.answer("/runtimes");
  const idle = await idleMemory(bot);
  const measured = await measure(driver);
  const presses = await driver.press(500);
  const steady = await driver.steady(100, 10);
  await driver.atOnce(64, 12_000);
  const after = await idleMemory(bot);
  return { ...measured, steady, presses, idle, after };
}

/** Milliseconds from the last answer to the look at the memory. */
const settling = 12_000;

/** Megabytes once there has been nothing to do for a while. */
export async function idleMemory(bot: Bot): Promise<number> {
  await sleep(settling);
  return bot.memory();
}
