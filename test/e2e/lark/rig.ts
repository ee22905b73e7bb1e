import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, vi } from "vitest";
import { type App, createApp } from "../../../src/app.ts";
import { type Config, parseConfig } from "../../../src/config/index.ts";
import type { Clock } from "../../../src/fleet/index.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../../src/simulator/index.ts";
import {
  createFakeLark,
  type FakeLark,
  type FakeLarkOptions,
  type Pressed,
  type ShownMessage,
  type Writing,
} from "../../platforms/lark/index.ts";
import { titleOf } from "./card.ts";

/** How events reach the bot. */
export type Events = "websocket" | "webhook";

export const bothWays: readonly Events[] = ["websocket", "webhook"];

export const encryptKey = "encrypt-key-of-the-test";
export const verificationToken = "verification-token-of-the-test";

export interface RigOptions {
  readonly events?: Events | undefined;
  readonly fake?: FakeLarkOptions | undefined;
  readonly simulator?: SimulatorOptions | undefined;
  /** The rules of the section `access`, as YAML; everybody may ask unless given. */
  readonly rules?: string | undefined;
  /** Where the store lies; in memory unless this is "file", which outlives a restart. */
  readonly store?: "memory" | "file" | undefined;
  readonly clock?: Clock | undefined;
}

/** Deskhand in this process, between the stand-in for Lark and a simulated fleet that the test holds. */
export interface Rig {
  readonly fake: FakeLark;
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
  /** Hands events to a bot that listens there from now on. */
  deliverTo(url: string): void;
  /** Writes a message that mentions the bot, in a group unless said otherwise. */
  write(text: string, about?: Partial<Writing>): string;
  /** Writes a message and waits for its answer, the final one. */
  ask(text: string, about?: Partial<Writing>): Promise<ShownMessage>;
  /** The final answer to a message. */
  answerTo(message: string, milliseconds?: number): Promise<ShownMessage>;
  /** Presses what a card has with this label, or chooses an option of a picker. */
  press(message: ShownMessage, target: { label?: string; option?: string }, user?: string): Promise<Pressed>;
  /** Everything that the platform was ever shown, as text. */
  shown(): string;
  /** Stops everything. Fails when the bot did what the real platform refuses or loses. */
  close(): Promise<void>;
}

/** What the bot asks the simulated fleet with. */
export const fleetKey = { id: "LTAI-of-the-test", secret: "fleet-secret-of-the-test" };

export const group = "oc_group";
export const anna = "ou_anna";

/** A small fleet, the same in every run. */
const fleet: SimulatorOptions = { runtimes: 24, seed: 7 };

/** Events that were not acknowledged come again soon, and for long. */
const soon: FakeLarkOptions = { redelivery: Array.from({ length: 200 }, () => 100) };

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const { events = "websocket" } = options;
  const fake = createFakeLark({ ...soon, ...options.fake });
  const simulator = createSimulator({ ...fleet, key: fleetKey, ...options.simulator });
  const [{ endpoint }, , directory] = await Promise.all([
    simulator.start(),
    fake.start(),
    mkdtemp(join(tmpdir(), "deskhand-lark-")),
  ]);
  const store = options.store === "file" ? `file:${directory}` : "memory:";
  const config = configText({ fake, endpoint, events, store, rules: options.rules });
  const payloads: string[] = [];
  const unwatch = fake.watch((message, { content }) => void payloads.push(`${message.chat} ${content}`));
  const lines: string[] = [];
  const log = pino({ level: "trace", base: null }, { write: (line: string) => void lines.push(line) });
  let running: { readonly app: App; readonly url: string } | undefined;

  function deliverTo(url: string): void {
    fake.setMode(
      events === "websocket" ? "websocket" : { webhook: `${url}/lark/events`, encryptKey, verificationToken },
    );
  }

  async function start(clock = options.clock): Promise<void> {
    const app = createApp({ config: read(config), log, clock });
    const started = await app.start();
    if (!started.ok) throw new Error(started.reason);
    running = { app, url: started.url };
    deliverTo(started.url);
    await ready(started.url);
  }

  async function stop(): Promise<void> {
    const stopping = running?.app;
    running = undefined;
    await stopping?.stop();
  }

  const rig: Rig = {
    fake,
    simulator,
    log: lines,
    directory,
    config,
    get url() {
      return running?.url ?? "";
    },
    start,
    stop,
    deliverTo,
    write: (text, about = {}) =>
      fake.write({ chat: group, user: anna, text, ...(about.chatType !== "p2p" && { mentions: ["bot"] }), ...about })
        .messageId,
    ask: (text, about) => rig.answerTo(rig.write(text, about)),
    async answerTo(message, milliseconds = 10_000) {
      const reply = await fake.replyTo(message, milliseconds);
      await fake.until(
        () => titleOf(reply.content) !== "One moment",
        milliseconds,
        `the answer to ${message} is final`,
      );
      return reply;
    },
    async press({ id }, target, user = anna) {
      const pressed = await fake.press({ message: id, user, ...target });
      payloads.push(JSON.stringify(pressed.body));
      return pressed;
    },
    shown: () => payloads.join("\n"),
    async close() {
      await stop();
      unwatch();
      await Promise.all([simulator.stop(), fake.stop()]);
      await rm(directory, { recursive: true, force: true });
      expect(fake.complaints()).toEqual([]);
      expect(fake.requests.filter(({ code }) => code === 230099)).toEqual([]);
    },
  };
  return rig;
}

/** A rig whose bot is ready. Leaves nothing behind when the bot does not start. */
export async function openRig(options: RigOptions = {}): Promise<Rig> {
  const rig = await createRig(options);
  try {
    await rig.start();
  } catch (error) {
    await rig.close();
    throw error;
  }
  return rig;
}

/** Waits until the bot says that it is ready. */
export async function ready(url: string): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(`${url}/readyz`)).toBe(200), { timeout: 10_000, interval: 10 });
}

/** The status of an answer; 0 when there is none. */
export async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

function configText(about: {
  readonly fake: FakeLark;
  readonly endpoint: string;
  readonly events: Events;
  readonly store: string;
  readonly rules: string | undefined;
}): string {
  const { fake, endpoint, events, store, rules = "[{ channel: lark, allow: [query] }]" } = about;
  const keys = `encryptKey: ${encryptKey}, verificationToken: ${verificationToken}`;
  return `
fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: ${endpoint}
    protocol: http
    requestsPerSecond: 100
    credentials: { type: access-key, accessKeyId: ${fleetKey.id}, accessKeySecret: ${fleetKey.secret} }
channels:
  playground: { enabled: false }
  lark: { enabled: true, appId: ${fake.appId}, appSecret: ${fake.appSecret}, domain: "${fake.url}", events: ${events}, ${keys} }
access: { default: deny, rules: ${rules} }
store: { url: "${store}" }
http: { port: 0 }
log: { level: trace, format: json }
`;
}

function read(text: string): Config {
  const loaded = parseConfig({ text, path: "app.yaml", environment: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}
