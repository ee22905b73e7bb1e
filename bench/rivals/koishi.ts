import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("koishi/", import.meta.url));

/** Milliseconds. */
const installWithin = 300_000;
const readyWithin = 30_000;

/** A bot in a process of its own. */
export interface Rival {
  readonly process: ChildProcess;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/**
 * Starts Koishi with its own adapter for Lark over the long connection: each message is answered with the card in
 * `cardFile`. Resolves when it listens. The first time its packages are installed, into its own folder. Rejects when
 * they cannot be, and when the bot ends or is not ready within 30 seconds.
 */
export async function startKoishi(options: {
  /** Base URL of the platform, without a slash at the end. */
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  /** A file with the JSON of an interactive card. */
  readonly cardFile: string;
}): Promise<Rival> {
  await install();
  const { url, appId, appSecret, cardFile } = options;
  const args = [join(folder, "bot.cjs"), url, appId, appSecret, cardFile];
  const bot = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(bot, "close");
  const stop = async (): Promise<void> => {
    bot.kill("SIGTERM");
    await closed;
  };
  if (await saysReady(bot)) return { process: bot, stop };
  await stop();
  throw new Error(`Koishi ended, or was not ready within ${readyWithin / 1_000} seconds.`);
}

/** False when the process ends, or the time does, before it says so. */
async function saysReady(bot: ChildProcess): Promise<boolean> {
  if (bot.stdout === null) return false;
  const lines = createInterface({ input: bot.stdout });
  const timer = setTimeout(() => lines.close(), readyWithin);
  try {
    for await (const line of lines) {
      if (line === "ready") return true;
    }
    return false;
  } finally {
    clearTimeout(timer);
    // Whatever it prints from now on is read, so that it never waits for somebody to read it.
    bot.stdout.resume();
  }
}

/** Installs what the lock file names, unless that is there already. Install scripts do not run: none is needed. */
async function install(): Promise<void> {
  const wanted = await readFile(join(folder, "package-lock.json"), "utf8");
  const mark = join(folder, "node_modules", ".installed");
  if ((await readFile(mark, "utf8").catch(() => "")) === wanted) return;
  console.error("Installing Koishi, to compare with …");
  const flags = ["ci", "--ignore-scripts", "--loglevel=error"];
  // npm names its own file to the scripts it runs.
  const npm = process.env.npm_execpath ?? "";
  const [command, args] = npm.endsWith(".js") ? [process.execPath, [npm, ...flags]] : ["npm", flags];
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"], timeout: installWithin });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error("Koishi could not be installed.");
  await writeFile(mark, wanted);
}
