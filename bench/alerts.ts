import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Episode } from "../src/alerts/index.ts";
import { createAlerts } from "../src/alerts/index.ts";
import { judge } from "../src/alerts/judge/index.ts";
import { systemClock } from "../src/app.ts";
import type { Channel, Delivery } from "../src/bot/index.ts";
import { createReader } from "../src/fleet/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { noMeter, noTracer } from "../src/telemetry/index.ts";
import { atRisk, episodeOf, judgedOf, sightingOf, stateOf } from "../test/alerts/builders.ts";
import { agentOf, runtimeOf } from "../test/builders.ts";
import { createMovableFleet, type MovableFleet } from "../test/platforms/fleet/index.ts";
import { type Figure, figure, percentile } from "./result.ts";
import { createStream } from "./stream.ts";

const megabyte = 1024 * 1024;
const interval = 1_000;
const providers = ["OpenClaw"];
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** How soon a risk is told, what watches cost, and what is written down for them. */
export async function measureAlerts(): Promise<readonly Figure[]> {
  return [...(await measureTelling()), ...(await measureWatches()), ...(await measureStore())];
}

interface Told {
  readonly at: number;
}

/** The engine between a fleet over HTTP and a chat that takes everything at once. */
async function withEngine<Value>(
  options: { readonly fleet: MovableFleet; readonly filters: readonly string[] },
  work: (told: readonly Told[]) => Promise<Value>,
): Promise<Value> {
  const { fleet, filters } = options;
  await fleet.start();
  const stream = createStream(fleet.endpoint);
  await stream.start();
  const told: Told[] = [];
  const store = await openFileStore();
  const { delivery, channel } = takingEverything(told);
  const alerts = createAlerts({
    ...{ memory: store.store.alerts, chats: store.store.chats, tallies: store.store.tallies },
    audit: store.store.audit,
    ...{ fleet: stream, reader: createReader({ fleet: stream, providers }), providers, channels: [channel] },
    access: {
      default: "deny",
      rules: [
        {
          ...{ channel: "*", chats: undefined, users: undefined, allow: ["query", "alerts"] },
          ...{ scope: {}, show: "full", mention: false },
        },
      ],
    },
    rules: { interval, hold: 0, repeat: 0, resolved: true, groupLimit: 10 },
    configured: filters.map((filter, index) => ({
      channel: channel.name,
      chat: `chat-${index}`,
      filter,
      locale: "en",
    })),
    ...{ budget: { calls: 0, pushes: 0 }, lateDigests: 0, people: [], zone: "UTC", locale: "en" },
    ...{
      clock: systemClock,
      random: Math.random,
      log: quiet,
      meter: noMeter,
      tracer: noTracer,
    },
  });
  alerts.start(delivery);
  try {
    return await work(told);
  } finally {
    await alerts.stop();
    await store.close();
    await stream.stop();
    await fleet.stop();
  }
}

function takingEverything(told: Told[]): { readonly delivery: Delivery; readonly channel: Channel } {
  const take = async () => {
    told.push({ at: performance.now() });
    return { ok: true, message: `message-${told.length}` } as const;
  };
  const change = async (_: unknown, __: string, message: string) => ({ ok: true, message }) as const;
  const channel: Channel = {
    ...{ name: "bench", repliesTo: "everyone", keyHolds: Number.POSITIVE_INFINITY, files: { types: [], bytes: 0 } },
    ...{ connected: () => true, fits: () => true, send: take, update: async (_, message) => ({ ok: true, message }) },
    ...{ sendFile: take, start: async () => {}, quiesce: async () => {}, stop: async () => {} },
  };
  return { channel, delivery: { send: take, sendFile: take, update: change } };
}

/** Risks that come up at odd moments among 10,000 runtimes, until they are told. */
async function measureTelling(): Promise<readonly Figure[]> {
  const fleet = createMovableFleet({ runtimes: 10_000 });
  const waits = await withEngine({ fleet, filters: [""] }, async (told) => {
    await scansOf(fleet, 2);
    const all: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      await systemClock.sleep(interval * (0.3 + 0.17 * round));
      const id = fleet.ids[round * 900];
      const [before, began] = [told.length, performance.now()];
      fleet.set(id ?? "", { risks: ["model-modified"] });
      await until(() => told.length > before);
      all.push((told.at(-1)?.at ?? 0) - began);
    }
    return all;
  });
  const beyond = Math.max(0, percentile(waits, 1) - interval);
  return [figure("a risk among 10,000 runtimes is told, beyond one interval, slowest of 10", beyond, 2_000, " ms")];
}

/** A hundred watches of ten different lists, none of which holds another. */
async function measureWatches(): Promise<readonly Figure[]> {
  const fleet = createMovableFleet({ runtimes: 200 });
  const filters = Array.from({ length: 100 }, (_, index) => `group=rg-${index % 10}`);
  const calls = await withEngine({ fleet, filters }, async () => {
    await scansOf(fleet, 40);
    const from = risky(fleet);
    await systemClock.sleep(5 * interval);
    return (risky(fleet) - from) / 5;
  });
  return [figure("calls a round of 100 watches of 10 lists", calls, 11, "")];
}

const risky = (fleet: MovableFleet) => fleet.requests.filter(({ parameters }) => parameters.HasRisk === "true").length;

async function scansOf(fleet: MovableFleet, count: number): Promise<void> {
  const from = risky(fleet);
  await until(() => risky(fleet) >= from + count);
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) {
    await systemClock.sleep(2);
  }
}

interface FileStore {
  readonly store: Store;
  /** Bytes on disk, once what was written is in the database's own file. */
  size(): Promise<number>;
  close(): Promise<void>;
}

async function openFileStore(): Promise<FileStore> {
  const directory = await mkdtemp(join(tmpdir(), "deskhand-bench-"));
  const open = () =>
    openStore({ location: { kind: "file", directory }, clock: systemClock, log: quiet, processId: "bench" });
  const opened = await open();
  if (!opened.ok) {
    throw new Error(opened.reason);
  }
  return {
    store: opened.store,
    async size() {
      await opened.store.stop();
      return (await stat(join(directory, "deskhand.db"))).size;
    },
    async close() {
      await opened.store.stop();
      await rm(directory, { recursive: true });
    },
  };
}

const nothing = {
  scan: undefined,
  episodes: [],
  notices: [],
  revised: [],
  dropped: [],
  stale: [],
  patch: {},
  setups: [],
};

/** What 100,000 open episodes take, and what a scan of 10,000 writes that finds nothing new. */
async function measureStore(): Promise<readonly Figure[]> {
  const { store, size, close } = await openFileStore();
  const { watches, leadership } = store.alerts;
  const now = { steady: Date.now(), wall: Date.now() };
  const term = await leadership.campaign(now.steady);
  if (term === undefined) {
    throw new Error("Another process leads.");
  }
  const about = { origin: "command", author: "user", locale: "en", filter: "", scope: "", madeAt: now.wall } as const;
  await watches.save({ id: "w", channel: "lark", chat: "chat", ...about }, () => true, now);
  const times: number[] = [];
  for (let part = 0; part < 10; part += 1) {
    const episodes = Array.from({ length: 10_000 }, (_, index) => openEpisode(part * 10_000 + index));
    const started = performance.now();
    await watches.commit(term, { ...nothing, watch: "w", revision: 1, episodes });
    times.push(performance.now() - started);
  }
  const bytes = await size();
  await close();
  return [
    figure("rows written by a scan of 10,000 risks without news, its own included", 1 + newsOf(10_000), 1, ""),
    figure("100,000 open episodes on disk, with their indexes", bytes / megabyte, 100, " MB"),
    figure("10,000 new ones written, median of 10", percentile(times, 0.5), 2_000, " ms"),
  ];
}

function openEpisode(serial: number): Episode {
  const runtime = `ecd-${String(serial).padStart(12, "0")}`;
  const seen = runtimeOf({ id: runtime, name: `agent-${serial}`, risks: ["model-modified"], agents: [agentOf()] });
  return episodeOf({ id: `e${serial}`, watch: "w", runtime, seen, notice: undefined });
}

/** What a scan changes that sees again what was seen before. */
function newsOf(count: number): number {
  const open = Array.from({ length: count }, (_, index) => episodeOf({ runtime: `ecd-${index}` }));
  const sighting = sightingOf(open.map(({ runtime, kind }) => atRisk(runtime, kind)));
  const change = judge(judgedOf({ state: stateOf({ open }), sighting }));
  return [change.episodes, change.notices, change.revised, change.dropped, change.stale, change.setups].flat().length;
}
