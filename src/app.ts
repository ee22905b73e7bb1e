import { randomUUID } from "node:crypto";
import { createBot, createRun } from "./bot/index.ts";
import { createExporter } from "./export/index.ts";
import type { Fleet } from "./fleet/index.ts";
import { createHttpServer, createMetrics } from "./http/index.ts";
import {
  type AppOptions,
  accessOf,
  openAlerts,
  openChannels,
  openFleet,
  openReader,
  systemClock,
} from "./parts/index.ts";
import type { Opened, Store } from "./store/index.ts";

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
  /** Stops receiving, answers what was accepted, and closes everything. */
  stop(): Promise<void>;
}

/** How long what was accepted may take at the end, milliseconds. */
const drainDeadline = 7_000;

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
  const access = accessOf(config);
  const alerts = openAlerts(options, { store, fleet, reader, channels, access, metrics });
  const run = createRun({ reader, providers: config.fleet.providers });
  const exporter = createExporter({ reader, clock, log, relieve: options.relieve });
  const bot = createBot({
    ...{ run, exporter, desk: alerts.desk, access, channels, memory: store, clock, log },
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
    await Promise.all([alerts.stop(), bot.stop(drainDeadline)]);
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
  alerts.start(bot.delivery);
  const host = config.http.host.includes(":") ? `[${config.http.host}]` : config.http.host;
  return { ok: true, url: `http://${host}:${port}` };
}
