import { randomUUID } from "node:crypto";
import about from "../package.json" with { type: "json" };
import { createBot } from "./bot/index.ts";
import { type Changes, type Config, changesBetween, createScrub, createTypedScrub } from "./config/index.ts";
import { createExporter } from "./export/index.ts";
import type { Fleet } from "./fleet/index.ts";
import { createHttpServer, createMetrics, createProcessMetrics, type Metrics } from "./http/index.ts";
import {
  type AppOptions,
  type InForce,
  openChannels,
  openFleet,
  openInForce,
  type Reloading,
  startReloading,
  storeLocationOf,
  systemClock,
} from "./parts/index.ts";
import type { Opened, Store } from "./store/index.ts";
import type { Meter } from "./telemetry/index.ts";

export { createRunner, openFleet, openReader, systemClock } from "./parts/index.ts";

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
  /**
   * Takes into use what a running bot can of another configuration, which has passed all checks, and says what that is and
   * what waits for a restart. Nothing is dropped, and nothing is sent for it. Only after a start that went well.
   */
  reload(config: Config): Promise<Pick<Changes, "live" | "waiting">>;
  /** Reads the file of the configuration again now, changed or not; while the bot starts, once it has. */
  reread(): void;
  /** Stops receiving, answers what was accepted, and closes everything, once however often it is called. */
  stop(): Promise<void>;
}

/** How long what was accepted may take at the end, milliseconds. */
const drainDeadline = 7_000;

/** Opens the store that is configured. */
async function openConfigured(
  { config, secrets, log, clock = systemClock }: AppOptions,
  { meter, inForce }: { readonly meter: Meter; readonly inForce: () => Config },
): Promise<Opened> {
  const { openStore } = await import("./store/index.ts");
  return openStore({
    ...{ location: storeLocationOf(config), clock, log, meter, processId: randomUUID() },
    auditKept: () => inForce().audit.keep,
    scrub: createScrub(config, secrets),
  });
}

/** Whether a key is read whenever it is needed. What is made of the others is made anew. */
const isAskedFor = (key: string) => key === "log.level" || key.startsWith("audit.");

/** Builds the parts from the configuration; starts and stops them in order. */
export function createApp(options: AppOptions): App {
  const closing: (() => Promise<void>)[] = [];
  let inForce: InForce | undefined;
  let reloading: Reloading | undefined;
  /** Also while it starts: then it is done afterwards. */
  let isAsked = false;
  let { config } = options;
  let stopping = Promise.resolve();

  /** Each is done once, also where a fault ends a bot that is ending, or one that is still starting. */
  async function closeAll(): Promise<void> {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) {
      await close();
    }
  }

  function follow(path: string, meter: Meter): void {
    const { clock = systemClock, log } = options;
    const following = startReloading({ path, since: options.stamp, apply: reload, clock, log, meter });
    if (isAsked) {
      following.ask();
    }
    closing.push(async () => following.stop());
    reloading = following;
  }

  async function reload(next: Config): Promise<Changes> {
    const changes = changesBetween(config, next);
    if (changes.live.some((key) => !isAskedFor(key))) {
      inForce?.take(changes.config);
    }
    config = changes.config;
    options.log.level = config.log.level;
    return changes;
  }

  return {
    async start() {
      const metrics = measure(config);
      closing.push(metrics.stop);
      const opened = await openConfigured(options, { meter: metrics, inForce: () => config });
      if (!opened.ok) {
        return opened;
      }
      closing.push(() => opened.store.stop());
      const source = await openFleet(options, metrics);
      closing.push(() => source.close());
      const { started, follows } = await startParts(options, {
        store: opened.store,
        fleet: source.fleet,
        metrics,
        closing,
      });
      inForce = follows;
      if (started.ok && options.path !== undefined) {
        follow(options.path, metrics);
      }
      return started;
    },
    reload,
    reread() {
      isAsked = true;
      reloading?.ask();
    },
    stop() {
      stopping = stopping.catch(() => undefined).then(closeAll);
      return stopping;
    },
  };
}

/** What is measured of this process, from now until `stop`. */
function measure({ channels }: Config): Metrics & { stop(): Promise<void> } {
  const enabled = Object.entries(channels).flatMap(([name, channel]) => (channel.enabled ? [name] : []));
  const metrics = createMetrics({ channels: enabled });
  const ofProcess = createProcessMetrics({ meter: metrics, version: about.version });
  ofProcess.start();
  return { ...metrics, stop: async () => ofProcess.stop() };
}

interface Ground {
  readonly store: Store;
  readonly fleet: Fleet;
  readonly metrics: Metrics;
  /** What has to be done at the end, in reverse order. */
  readonly closing: (() => Promise<void>)[];
}

interface Begun {
  readonly started: Started;
  /** What follows the configuration from then on. */
  readonly follows: InForce;
}

async function startParts(options: AppOptions, { store, fleet, metrics, closing }: Ground): Promise<Begun> {
  const { config, secrets, log, clock = systemClock } = options;
  const parts = () => [
    { part: "store", ready: store.ready() },
    ...channels.map((channel) => ({ part: channel.name, ready: channel.connected() })),
  ];
  metrics.gauge("part_ready", () => parts().map(({ part, ready }) => [{ part }, Number(ready)]));
  let port = config.http.port;
  const connected = await openChannels(options, { port: () => port, memory: store, meter: metrics });
  const channels = connected.map(({ channel }) => channel);
  const inForce = openInForce(options, { store, fleet, channels, meter: metrics });
  const { run, reader, desk, access } = inForce;
  const exporter = createExporter({ reader, clock, log, relieve: options.relieve });
  const bot = createBot({
    ...{ run, exporter, desk, access, audit: store.audit, channels, memory: store, clock, log, meter: metrics },
    scrub: createScrub(config, secrets),
    scrubTyped: createTypedScrub(config, secrets),
    tracer: options.tracer,
  });
  const http = createHttpServer({
    ...config.http,
    readiness: parts,
    routes: [metrics.routes, ...connected.flatMap(({ routes }) => routes ?? [])],
  });
  const listening = await http.start();
  if (!listening.ok) {
    return { started: listening, follows: inForce };
  }
  port = listening.port;
  closing.push(async () => {
    await Promise.all(channels.map((channel) => channel.quiesce()));
    await Promise.all([inForce.stop(), bot.stop(drainDeadline)]);
    await exporter.stop();
    await Promise.all(channels.map((channel) => channel.stop()));
    await http.stop(1_000);
  });
  try {
    await Promise.all(channels.map((channel) => channel.start(bot)));
  } catch (error) {
    const reason = `A channel cannot start: ${error instanceof Error ? error.message : String(error)}`;
    return { started: { ok: false, reason }, follows: inForce };
  }
  void exporter.start();
  bot.start();
  inForce.start(bot.delivery);
  const host = config.http.host.includes(":") ? `[${config.http.host}]` : config.http.host;
  return { started: { ok: true, url: `http://${host}:${port}` }, follows: inForce };
}
