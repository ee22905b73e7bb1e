import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The bots that the benchmark installs into folders of their own. */
export type Rival = "koishi" | "hubot" | "bolt";

/** Milliseconds. */
const installWithin = 120_000;

/** A rival that can be started. */
export interface Installed {
  /** The file that Node runs. */
  readonly script: string;
  /** Of the package whose name the rival has. */
  readonly version: string;
}

const parts: Readonly<Record<Rival, { readonly script: string; readonly main: string }>> = {
  koishi: { script: "bot.cjs", main: "koishi" },
  hubot: { script: "bot.mjs", main: "hubot" },
  bolt: { script: "bot.mjs", main: "@slack/bolt" },
};

/**
 * Installs what the lock file of a rival names, unless that is there already. Install scripts do not run: none is needed.
 * Undefined where it cannot be had, as without a network: the other figures stand without it.
 */
export async function install(rival: Rival): Promise<Installed | undefined> {
  const folder = fileURLToPath(new URL(`${rival}/`, import.meta.url));
  const wanted = await readFile(join(folder, "package-lock.json"), "utf8");
  const { script, main } = parts[rival];
  const installed = { script: join(folder, script), version: versionIn(wanted, main) };
  const mark = join(folder, "node_modules", ".installed");
  if ((await readFile(mark, "utf8").catch(() => "")) === wanted) return installed;
  console.error(`Installing ${rival}, to compare with …`);
  if (!(await clean(folder))) {
    console.error(`${rival} could not be installed.`);
    return undefined;
  }
  await writeFile(mark, wanted);
  return installed;
}

/** Whether `npm ci` went well in this folder. */
async function clean(folder: string): Promise<boolean> {
  const flags = ["ci", "--ignore-scripts", "--loglevel=error"];
  // npm names its own file to the scripts it runs.
  const npm = process.env.npm_execpath ?? "";
  const [command, args] = npm.endsWith(".js") ? [process.execPath, [npm, ...flags]] : ["npm", flags];
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"], timeout: installWithin });
  const [code] = await once(child, "close");
  return code === 0;
}

/** The version of a package in the text of a lock file. */
export function versionIn(lock: string, name: string): string {
  const { packages }: { readonly packages: Readonly<Record<string, { readonly version?: string }>> } = JSON.parse(lock);
  return packages[`node_modules/${name}`]?.version ?? "";
}
