import { randomBytes, randomUUID } from "node:crypto";
import type { Hono } from "hono";
import type { Logger } from "pino";
import { createPlayground } from "../adapters/playground/index.ts";
import type { AppStreamOptions } from "./appstream/index.ts";
import { type Access, type Channel, type ChannelMemory, createBot, createRun, type Run } from "./bot/index.ts";
import { describeWord } from "./cards/index.ts";
import { complete, parseFilters } from "./commands/index.ts";
import type { Config } from "./config/index.ts";
import { createExporter } from "./export/index.ts";
import { type Clock, createReader, type Fleet, type Reader } from "./fleet/index.ts";
import { createHttpServer, createMetrics, type Metrics } from "./http/index.ts";
import type { Opened, Store } from "./store/index.ts";

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  // Not that of node:timers/promises: its rejection makes an error with a stack of each sleep that is given up.
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const giveUp = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      }, milliseconds);
      signal?.addEventListener("abort", giveUp, { once: true });
    }),
};

export interface AppOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly clock?: Clock | undefined;
  /** Hands memory back to the system that is used no more. */
  readonly relieve?: (() => Promise<void>) | undefined;
}

/** Where runtimes come from, and how to let go of it. */
export interface FleetSource {
  readonly fleet: Fleet;
  close(): Promise<void>;
}

/**
 * Opens the fleet that is configured. The simulator is a server on a loopback port that is asked over HTTP through the real
 * SDK, so that trying things out takes the same way as the real thing. Rejects when the simulator cannot listen.
 */
export async function openFleet({ config, log, clock = systemClock }: AppOptions): Promise<FleetSource> {
  // Each is imported when it is used: the SDK and the simulator cost start time and memory.
  const { createAppStream } = await import("./appstream/index.ts");
  const common = { clock, random: Math.random, log };
  if (config.fleet.source === "alibaba-cloud") {
    const stream = createAppStream({ ...common, ...cloudOptions(config) });
    void stream.start();
    return { fleet: stream, close: () => stream.stop() };
  }
  const { createSimulator } = await import("./simulator/index.ts");
  const key = { id: "simulator", secret: randomBytes(16).toString("hex") };
  const simulator = createSimulator({ ...config.fleet.simulator, key });
  const { endpoint } = await simulator.start();
  const stream = createAppStream({ ...common, ...cloudOptions(config), ...simulated(endpoint, key) });
  void stream.start();
  return {
    fleet: stream,
    async close() {
      await stream.stop();
      await simulator.stop();
    },
  };
}

type CloudOptions = Omit<AppStreamOptions, "clock" | "random" | "log">;

function cloudOptions(config: Config): CloudOptions {
  const { credentials, ...options } = config.fleet.alibabaCloud;
  if (credentials.type === "default") {
    return { ...options, credentials };
  }
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  const token = securityToken.reveal() === "" ? undefined : () => securityToken.reveal();
  return {
    ...options,
    credentials: {
      type: "access-key",
      accessKeyId: () => accessKeyId,
      accessKeySecret: () => accessKeySecret.reveal(),
      securityToken: token,
    },
  };
}

/** Requests a second to the simulator, which has no account whose limits would have to be kept. */
const simulatorPace = 50;

function simulated(endpoint: string, key: { readonly id: string; readonly secret: string }) {
  return {
    endpoint,
    protocol: "http",
    requestsPerSecond: simulatorPace,
    credentials: { type: "access-key", accessKeyId: () => key.id, accessKeySecret: () => key.secret },
  } as const;
}

/** Reads the fleet that is configured. */
export function openReader(config: Config, fleet: Fleet, clock: Clock = systemClock): Reader {
  const { providers } = config.fleet;
  return createReader({ fleet, providers, scanLimit: scanLimit(config), clock });
}

/** Answers commands from a fleet. */
export function createRunner(config: Config, fleet: Fleet, clock: Clock = systemClock): Run {
  return createRun({ reader: openReader(config, fleet, clock), providers: config.fleet.providers });
}

/** How long reading a whole list for one card may take at the configured pace, seconds: less than a command may take. */
const scanTime = 40;

/** What can be read in that time, and never more than 5,000 runtimes. */
function scanLimit({ fleet }: Config): number {
  const pace = fleet.source === "simulator" ? simulatorPace : fleet.alibabaCloud.requestsPerSecond;
  return Math.min(5_000, Math.max(1, Math.floor(pace * scanTime)) * fleet.alibabaCloud.pageSize);
}

export type Started =
  | {
      readonly ok: true;
      /** Where the HTTP server listens, such as http://127.0.0.1:8080. */
      readonly url: string;
    }
  /** A sentence for the operator. */
  | { readonly ok: false; readonly reason: string };

export interface App {
  start(): Promise<Started>;
  /** Stops receiving, answers what was accepted, and closes everything. */
  stop(): Promise<void>;
}

/** How long what was accepted may take at the end, milliseconds. */
const drainDeadline = 7_000;

/** A channel, and what of it is served over HTTP. */
interface Connected {
  readonly channel: Channel;
  readonly routes?: Hono | undefined;
}

/** Opens the store that is configured. */
async function openConfigured({ config, log, clock = systemClock }: AppOptions): Promise<Opened> {
  const { openStore } = await import("./store/index.ts");
  const { url } = config.store;
  const location = url.kind === "postgres" ? { kind: url.kind, url: () => url.url.reveal() } : url;
  return openStore({ location, clock, log, processId: randomUUID() });
}

/** Builds the parts from the configuration; starts and stops them in order. */
export function createApp(options: AppOptions): App {
  const closing: (() => Promise<void>)[] = [];

  return {
    async start() {
      const opened = await openConfigured(options);
      if (!opened.ok) {
        return opened;
      }
      closing.push(() => opened.store.stop());
      const source = await openFleet(options);
      closing.push(() => source.close());
      return startParts(options, { store: opened.store, fleet: source.fleet, closing });
    },
    async stop() {
      for (const close of closing.toReversed()) {
        await close();
      }
    },
  };
}

interface Ground {
  readonly store: Store;
  readonly fleet: Fleet;
  /** What has to be done at the end, in reverse order. */
  readonly closing: (() => Promise<void>)[];
}

async function startParts(options: AppOptions, { store, fleet, closing }: Ground): Promise<Started> {
  const { config, log, clock = systemClock } = options;
  const parts = () => [
    { part: "store", ready: store.ready() },
    ...channels.map((channel) => ({ part: channel.name, ready: channel.connected() })),
  ];
  const metrics = createMetrics({ readiness: parts });
  let port = config.http.port;
  const connected = await openChannels(options, { port: () => port, memory: store, metrics });
  const channels = connected.map(({ channel }) => channel);
  const reader = openReader(config, fleet, clock);
  const run = createRun({ reader, providers: config.fleet.providers });
  const exporter = createExporter({ reader, clock, log, relieve: options.relieve });
  const bot = createBot({
    ...{ run, exporter, access: accessOf(config), channels, memory: store, clock, log },
    count: metrics.count,
  });
  const http = createHttpServer({
    ...config.http,
    readiness: parts,
    routes: [metrics.routes, ...connected.flatMap(({ routes }) => routes ?? [])],
  });
  const listening = await http.start();
  if (!listening.ok) {
    return listening;
  }
  port = listening.port;
  closing.push(async () => {
    await Promise.all(channels.map((channel) => channel.quiesce()));
    await bot.stop(drainDeadline);
    await exporter.stop();
    await Promise.all(channels.map((channel) => channel.stop()));
    await http.stop(1_000);
  });
  try {
    await Promise.all(channels.map((channel) => channel.start(bot)));
  } catch (error) {
    return { ok: false, reason: `A channel cannot start: ${error instanceof Error ? error.message : String(error)}` };
  }
  void exporter.start();
  bot.start();
  const host = config.http.host.includes(":") ? `[${config.http.host}]` : config.http.host;
  return { ok: true, url: `http://${host}:${port}` };
}

interface Around {
  /** Where the HTTP server listens. */
  readonly port: () => number;
  readonly memory: ChannelMemory;
  readonly metrics: Pick<Metrics, "count" | "gauge">;
}

/** The channels that are switched on. Each is imported when it is: an SDK costs start time and memory. */
async function openChannels(options: AppOptions, { port, memory, metrics }: Around): Promise<readonly Connected[]> {
  const { config, log, clock = systemClock } = options;
  const open: Connected[] = [];
  if (config.channels.playground.enabled) {
    const playground = createPlayground({
      complete: (text, cursor, locale) => complete(text, cursor, (kind, word) => describeWord(kind, word, locale)),
      locale: config.locale,
      address: () => ({ host: config.http.host, port: port() }),
      clock,
      randomId: () => randomBytes(16).toString("hex"),
      log,
    });
    open.push({ channel: playground, routes: playground.routes });
  }
  const { enabled, appSecret, encryptKey, verificationToken, ...about } = config.channels.lark;
  if (enabled) {
    const { createLark } = await import("../adapters/lark/index.ts");
    const lark = createLark({
      ...about,
      appSecret: () => appSecret.reveal(),
      encryptKey: () => encryptKey.reveal(),
      verificationToken: () => verificationToken.reveal(),
      locale: config.locale,
      random: Math.random,
      ...{ clock, log, count: metrics.count },
    });
    open.push({ channel: lark, routes: lark.routes });
  }
  if (config.channels.dingtalk.enabled) {
    const { clientSecret, ...about } = config.channels.dingtalk;
    const { createDingTalk } = await import("../adapters/dingtalk/index.ts");
    const dingtalk = createDingTalk({
      ...about,
      clientSecret: () => clientSecret.reveal(),
      locale: config.locale,
      random: Math.random,
      ...{ memory, clock, log, count: metrics.count, gauge: metrics.gauge },
    });
    open.push({ channel: dingtalk });
  }
  return open;
}

function accessOf(config: Config): Access {
  return {
    default: config.access.default,
    rules: config.access.rules.map(({ channel, chats, users, allow, scope, show }) => {
      const parsed = parseFilters(scope ?? "");
      const narrows = parsed.ok && (scope === undefined || Object.keys(parsed.filters).length > 0);
      // The configuration was refused if its scope is not a filter: a rule without its scope must never come to be.
      return {
        channel,
        chats,
        users,
        allow: narrows ? allow : [],
        scope: parsed.ok ? parsed.filters : {},
        show: show.users,
        mention: show.mention,
      };
    }),
  };
}
