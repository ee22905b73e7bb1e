import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/app.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { ready } from "./ready.ts";

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  /** Resolves with the first match in what was printed; rejects when the process ends without it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: "SIGTERM" | "SIGINT" | "SIGHUP" | "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGUSR2"): void;
  readonly finished: Promise<Finished>;
}

/** Starts src/main.ts as npm does. `preload` is a module that is loaded before it. */
export function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  preload?: URL,
): Running {
  const before = preload === undefined ? [] : [`--import=${preload.href}`];
  return watch(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--import=./scripts/keep-compiled.js", ...before, "src/main.ts", ...args],
    environment,
  );
}

/** Where a bot kills itself: before or after a commit to the embedded store, counted from when it gets SIGUSR2. */
export type KillAt = `${"before" | "after"}:${number}`;

const killAtCommit = new URL("../chaos/kill-at.ts", import.meta.url);

/** A bot as a process of its own that is ready. */
export interface RunningBot extends Running {
  readonly url: string;
}

/** The bots that a test starts as an operator does, with the configuration and on the store of a rig. */
export interface Bots {
  start(rig: { readonly directory: string; readonly config: string }, killAt?: KillAt): Promise<RunningBot>;
  /** Kills those that are still there. */
  end(): Promise<void>;
}

export function createBots(): Bots {
  const started: Running[] = [];
  return {
    async start({ directory, config }, killAt) {
      const path = join(directory, "app.yaml");
      await writeFile(path, config);
      const args = ["start", "--config", path];
      const bot = killAt === undefined ? run(args) : run(args, { KILL_AT: killAt }, killAtCommit);
      started.push(bot);
      const [, url = ""] = await bot.printed(/ready on (http:\/\/[\d.]+:\d+)/);
      await ready(url);
      return { ...bot, url };
    },
    async end() {
      const ending = started.splice(0);
      for (const bot of ending) bot.signal("SIGKILL");
      await Promise.all(ending.map(({ finished }) => finished));
    },
  };
}

/** By then what a killed process held is free, which takes ten seconds. */
export const soonAfter: Clock = { ...systemClock, now: () => Date.now() + 11_000 };

/** Starts any program in a folder. */
export function runIn(folder: string, program: string, args: readonly string[]): Running {
  return watch(program, args, {}, folder);
}

/** Starts npm itself. */
export function runNpm(args: readonly string[]): Running {
  return watch("npm", args, {});
}

function watch(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder = ".",
): Running {
  const child: ChildProcess = spawn(program, args, {
    cwd: folder,
    env: { ...plainEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      for (const look of watchers) {
        look();
      }
    });
  }
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => resolve({ code, ...output }));
  });
  return {
    finished,
    signal: (name) => child.kill(name),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
          if (match !== null) {
            watchers.delete(look);
            resolve(match);
          }
        };
        watchers.add(look);
        look();
        void finished.then((end) => reject(new Error(`ended without ${pattern}: ${JSON.stringify(end)}`)));
      }),
  };
}

export interface Workplace {
  /** Writes a file and gives its path. */
  write(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export async function createWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-"));
  return {
    async write(name, text) {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The environment without what the test runner sets for its own colours. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...environment } = process.env;
  return { ...environment, NO_COLOR: "1" };
}
