import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { type App, createApp } from "../../src/app.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Simulator, SimulatorOptions } from "../../src/simulator/index.ts";
import type { Tracer } from "../../src/telemetry/index.ts";
import { createLightTracer } from "../../src/tracing/index.ts";
import { configOf } from "../config/read.ts";

/** What the rig of any platform can be told. */
export interface CommonOptions {
  readonly simulator?: SimulatorOptions | undefined;
  /** The rules of the section `access`, as YAML; everybody may use the bot unless given. */
  readonly rules?: string | undefined;
  /** Where the store lies; in memory unless this is "file", which outlives a restart. */
  readonly store?: "memory" | "file" | undefined;
  readonly clock?: Clock | undefined;
  /** Follows what is done; one that records nothing unless given. */
  readonly tracer?: Tracer | undefined;
}

/** Deskhand in this process, between the stand-in for a platform and a simulated fleet that the test holds. */
export interface CommonRig {
  readonly simulator: Simulator;
  /** Lines of the log as they are written, not scrubbed. */
  readonly log: readonly string[];
  /** Of the store. */
  readonly directory: string;
  /** The configuration as a file would have it. */
  readonly config: string;
  /** Where the bot's HTTP server listens; another one after a restart. */
  readonly url: string;
  /** Starts the bot and waits until it is ready. */
  start(clock?: Clock): Promise<void>;
  /** Stops it in good order. */
  stop(): Promise<void>;
  /** What the bot's HTTP server says at a path. */
  get(path: string): Promise<string>;
  /** Everything that the platform was ever shown, as text. */
  shown(): string;
  /** Every byte of the store's files. */
  stored(): Promise<string>;
  /** Stops everything. Fails when the bot did what the real platform refuses or loses. */
  close(): Promise<void>;
}

/** A small fleet, the same in every run. */
export const smallFleet: SimulatorOptions = { runtimes: 24, seed: 7 };

/** The bot, which can be started again after it was stopped. */
export interface Host {
  /** Lines of the log of all of its lives. */
  readonly log: readonly string[];
  /** Where its HTTP server listens; empty while it is stopped. */
  readonly url: string;
  /** Starts it with a configuration as a file has it, and gives its address. Rejects when it does not start. */
  start(config: string, clock?: Clock): Promise<string>;
  /** Takes another configuration into use while it runs, and gives the keys that follow it from then on. */
  reload(config: string): Promise<readonly string[]>;
  stop(): Promise<void>;
  /** What its HTTP server says at a path. */
  get(path: string): Promise<string>;
}

export function createHost(tracer: Tracer = createLightTracer()): Host {
  const lines: string[] = [];
  const mixin = () => ({ traceId: tracer.traceId() });
  const log = pino({ level: "trace", base: null, mixin }, { write: (line: string) => void lines.push(line) });
  let running: { readonly app: App; readonly url: string } | undefined;
  const url = (): string => running?.url ?? "";
  return {
    log: lines,
    get url() {
      return url();
    },
    get: async (path) => (await fetch(`${url()}${path}`)).text(),
    async start(config, clock) {
      const app = createApp({ config: configOf(config), log, clock, tracer });
      const started = await app.start();
      if (!started.ok) throw new Error(started.reason);
      running = { app, url: started.url };
      return started.url;
    },
    async reload(config) {
      if (running === undefined) throw new Error("It does not run.");
      return (await running.app.reload(configOf(config))).live;
    },
    async stop() {
      const stopping = running?.app;
      running = undefined;
      await stopping?.stop();
    },
  };
}

/** Starts what can be started. Leaves nothing behind when that fails. */
export async function open<Part extends { start(): Promise<void>; close(): Promise<void> }>(part: Part): Promise<Part> {
  try {
    await part.start();
  } catch (error) {
    await part.close();
    throw error;
  }
  return part;
}

/** The section `store`. */
export const storeSection = (store: CommonOptions["store"], directory: string): string =>
  `store: { url: "${store === "file" ? `file:${directory}` : "memory:"}" }`;

/** Every byte of the files in a folder. */
export async function bytesIn(directory: string): Promise<string> {
  const names = await readdir(directory);
  const files = await Promise.all(names.map((name) => readFile(join(directory, name), "latin1")));
  return files.join("\n");
}
