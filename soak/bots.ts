import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** What Linux tells of a process. */
export interface Vitals {
  /** Resident megabytes. */
  readonly memory: number;
  /** Open files and sockets. */
  readonly handles: number;
}

/** A bot as a process of its own, which can be replaced by another one. */
export interface Bot {
  /** Whether it is there and has said that it is ready. */
  readonly awake: boolean;
  /** Counts its lives. */
  readonly life: number;
  /** Starts it and waits until it is ready. */
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Sends a signal that ends it; resolves with its exit code. Rejects when it is still there after half a minute. */
  end(name: "SIGKILL" | "SIGTERM"): Promise<number | null>;
  /** Undefined while there is none. */
  vitals(): Promise<Vitals | undefined>;
  /** What its HTTP server says, and after how many milliseconds; undefined when it says nothing within ten seconds. */
  get(path: string): Promise<{ readonly status: number; readonly text: string; readonly ms: number } | undefined>;
}

/** Milliseconds for a start, and for an orderly end. */
const patience = 30_000;

/** The flags of the script `start`, so that the bot runs as an operator's does. */
async function startFlags(): Promise<readonly string[]> {
  const { scripts }: { readonly scripts: { readonly start: string } } = JSON.parse(
    await readFile("package.json", "utf8"),
  );
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

/** @param log what the process writes is appended there, whatever life it is in */
export function createBot({ config, log }: { readonly config: string; readonly log: string }): Bot {
  const output: WriteStream = createWriteStream(log, { flags: "a" });
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);
  let url: string | undefined;
  let life = 0;

  async function spawned(): Promise<ChildProcess> {
    const args = [...(await startFlags()), "src/main.ts", "start", "--config", config];
    return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  }

  /** Resolves with its address once it says that it is ready. */
  function ready(process: ChildProcess): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    let printed = "";
    process.stdout?.on("data", (chunk: Buffer) => {
      if (printed.length > 10_000) return;
      printed += chunk.toString();
      const [, found] = /ready on (http:\/\/[\d.]+:\d+)/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    return promise;
  }

  return {
    get awake() {
      return url !== undefined;
    },
    get life() {
      return life;
    },
    async start() {
      const born = await spawned();
      child = born;
      life += 1;
      for (const stream of [born.stdout, born.stderr]) stream?.pipe(output, { end: false });
      ended = new Promise((resolve) => born.once("close", resolve));
      const early = ended.then(() => Promise.reject(new Error(`a bot ended while it started: see ${log}`)));
      const late = wait(patience).then(() => Promise.reject(new Error(`a bot was not ready in time: see ${log}`)));
      url = await Promise.race([ready(born), early, late]);
      // They reject when nobody waits for them any more.
      early.catch(() => {});
      late.catch(() => {});
      void ended.then(() => {
        if (child === born) url = undefined;
      });
    },
    signal: (name) => void child?.kill(name),
    async end(name) {
      url = undefined;
      child?.kill(name);
      const late = wait(patience).then(() => "late" as const);
      const code = await Promise.race([ended, late]);
      if (code !== "late") return code;
      child?.kill("SIGKILL");
      await ended;
      throw new Error(`a bot was still there ${patience / 1_000} s after ${name}: see ${log}`);
    },
    async vitals() {
      try {
        const folder = `/proc/${child?.pid}`;
        const [status, handles] = await Promise.all([readFile(`${folder}/status`, "utf8"), readdir(`${folder}/fd`)]);
        return { memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024, handles: handles.length };
      } catch {
        return undefined;
      }
    },
    async get(path) {
      const began = performance.now();
      try {
        const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
        const text = await response.text();
        return { status: response.status, text, ms: performance.now() - began };
      } catch {
        return undefined;
      }
    },
  };
}
