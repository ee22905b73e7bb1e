import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fleetSection } from "../test/e2e/fleet-section.ts";

/** A bot as a process of its own. */
export interface Bot {
  /** Resident megabytes of the whole process, as Linux tells. */
  memory(): Promise<number>;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Milliseconds in which a bot is ready, and gone once it is told to go. */
const readyWithin = 30_000;
const goneWithin = 15_000;

export interface BotOptions {
  /** Arguments of Node. */
  readonly args: readonly string[];
  /** Resolves when the platform sees it. */
  readonly connected: () => Promise<void>;
  /** Whether it prints "ready" once it hears messages, which some do only a while after they are connected. */
  readonly says?: boolean | undefined;
}

/** Resolves when the bot hears messages; rejects when it ends, or does not within 30 seconds. */
export async function startBot({ args, connected, says = false }: BotOptions): Promise<Bot> {
  const bot: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(bot, "close");
  const heard = saysReady(bot);
  async function stop(): Promise<void> {
    bot.kill("SIGTERM");
    const timer = setTimeout(() => bot.kill("SIGKILL"), goneWithin);
    await closed;
    clearTimeout(timer);
  }
  const fail = async (why: string) => Promise.reject(new Error(`The bot ${why}: ${args.join(" ")}`));
  const patience = new AbortController();
  try {
    await Promise.race([
      Promise.all([connected(), says ? heard : undefined]),
      closed.then(() => fail("ended before it was ready")),
      sleep(readyWithin, undefined, { signal: patience.signal }).then(() => fail("was not ready in time")),
    ]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    patience.abort();
  }
  return { memory: () => residentMemory(bot.pid), stop };
}

/** Resolves when the bot prints that it is ready. Whatever it prints is read, so that it never waits for a reader. */
function saysReady(bot: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (bot.stdout === null) return;
    createInterface({ input: bot.stdout }).on("line", (line) => {
      if (line === "ready") resolve();
    });
  });
}

async function residentMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

export interface DeskhandOptions {
  /** Where its configuration and its embedded store are. */
  readonly folder: string;
  /** Where the API is. */
  readonly endpoint: string;
  /** Lines of the section `channels`, without indentation. */
  readonly channels: readonly string[];
  /** Chats that are told of what is at risk. */
  readonly watches?: readonly { readonly channel: string; readonly chat: string }[] | undefined;
  /** The store's URL, unless it is embedded. */
  readonly store?: string | undefined;
  readonly connected: () => Promise<void>;
}

/** Deskhand as `npm start` starts it, with the store on disk. */
export async function startDeskhand(options: DeskhandOptions): Promise<Bot> {
  const config = join(options.folder, "app.yaml");
  await writeFile(config, configOf(options));
  const args = [...(await startFlags()), "src/main.ts", "start", "--config", config];
  return startBot({ args, connected: options.connected });
}

/** The flags of the script `start`. */
export async function startFlags(): Promise<readonly string[]> {
  const { scripts }: { readonly scripts: { readonly start: string } } = JSON.parse(
    await readFile("package.json", "utf8"),
  );
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

function configOf({ folder, endpoint, channels, watches = [], store }: DeskhandOptions): string {
  return `
locale: en
${fleetSection(endpoint)}
channels:
  playground: { enabled: false }
${channels.map((line) => `  ${line}`).join("\n")}
access: { default: allow }
alerts: { watches: ${JSON.stringify(watches)} }
store: { url: "${store ?? `file:${join(folder, "data")}`}" }
http: { port: 0 }
log: { level: warn, format: json }
`;
}
