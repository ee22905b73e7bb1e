import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, vi } from "vitest";
import { type App, createApp } from "../../../src/app.ts";
import { type Config, parseConfig } from "../../../src/config/index.ts";
import type { Clock } from "../../../src/fleet/index.ts";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../../src/simulator/index.ts";
import {
  type Content,
  createFakeDingTalk,
  type FakeDingTalk,
  type FakeDingTalkOptions,
  type Pressed,
  type Shape,
  type Shown,
  type Writing,
} from "../../platforms/dingtalk/index.ts";
import { bareWordsOf, paramsOf, titleOf } from "./card.ts";

export interface RigOptions {
  readonly fake?: FakeDingTalkOptions | undefined;
  readonly simulator?: SimulatorOptions | undefined;
  /** The rules of the section `access`, as YAML; everybody may ask and export unless given. */
  readonly rules?: string | undefined;
  /** Where the store lies; in memory unless this is "file", which outlives a restart. */
  readonly store?: "memory" | "file" | undefined;
  readonly clock?: Clock | undefined;
  /** English unless given. */
  readonly locale?: "auto" | "en" | "zh" | undefined;
  readonly monthlyCalls?: number | undefined;
  readonly cardTemplateId?: string | undefined;
}

/** What somebody writes: in the group unless a chat is given. */
export type Words = Partial<Omit<Writing, "text">>;

/** Who presses, and what the platform says of it. */
export interface Pressing {
  readonly user?: string | undefined;
  readonly shape?: Shape | undefined;
}

/** Deskhand in this process, between the stand-in for DingTalk and a simulated fleet that the test holds. */
export interface Rig {
  readonly fake: FakeDingTalk;
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
  /** Writes a message that mentions the bot; gives its msgId. */
  write(text: string, about?: Words): string;
  /** Writes a message and waits for the next thing that is shown in its chat, in its final state. */
  ask(text: string, about?: Words): Promise<Shown>;
  /** The same for a message that is no plain text. */
  say(writing: Partial<Writing>, milliseconds?: number): Promise<Shown>;
  /** Presses a button by its words. */
  press(card: Shown, label: string, about?: Pressing): Promise<Pressed>;
  /** Presses, and waits until what everybody sees has changed. */
  turn(card: Shown, label: string, user?: string): Promise<Pressed>;
  /** How often a card was changed for everyone. */
  changesOf(card: Shown): number;
  /** Everything that was taken in is acknowledged, and what is written now is answered. */
  quiet(): Promise<void>;
  /** Everything that the platform was ever shown, as it came and as people read it. */
  shown(): string;
  /** Every byte of the store's files. */
  stored(): Promise<string>;
  /** The text of /metrics. */
  metrics(): Promise<string>;
  /** Stops everything. Fails when the bot did what the real platform refuses or loses. */
  close(): Promise<void>;
}

/** What the bot asks the simulated fleet with. */
export const fleetKey = { id: "LTAI-of-the-test", secret: "fleet-secret-of-the-test" };

export const group = "cidGroup0001==";
export const anna = "anna01";
export const ben = "ben02";

/** A small fleet, the same in every run. */
const fleet: SimulatorOptions = { runtimes: 24, seed: 7 };

/** Messages that were not acknowledged come again soon, and for long. */
const soon: FakeDingTalkOptions = { redelivery: Array.from({ length: 200 }, () => 100) };

/** What stands there while a command is being worked on. */
const passing = /^(?:One moment|请稍候)/;

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  // Bot and platform have the same time, also where a test puts it forward.
  const fake = createFakeDingTalk({ ...soon, now: options.clock?.now, ...options.fake });
  const simulator = createSimulator({ ...fleet, key: fleetKey, ...options.simulator });
  const [{ endpoint }, , directory] = await Promise.all([
    simulator.start(),
    fake.start(),
    mkdtemp(join(tmpdir(), "deskhand-dingtalk-")),
  ]);
  const config = configText({ ...options, fake, endpoint, directory });
  const payloads: { readonly raw: unknown; readonly content: Content }[] = [];
  const unwatch = fake.watch(({ chat, lastMessage }, { content }) => {
    payloads.push({ raw: [chat, content, lastMessage], content });
  });
  const lines: string[] = [];
  const log = pino({ level: "trace", base: null }, { write: (line: string) => void lines.push(line) });
  let running: { readonly app: App; readonly url: string } | undefined;

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
    async start(clock = options.clock) {
      const app = createApp({ config: read(config), log, clock });
      const started = await app.start();
      if (!started.ok) throw new Error(started.reason);
      running = { app, url: started.url };
      await ready(started.url);
    },
    stop,
    write: (text, about = {}) => fake.write({ ...place(about), text }).msgId,
    ask: (text, about = {}) => rig.say({ ...about, text }),
    async say(writing, milliseconds = 10_000) {
      const last = fake.sent.at(-1)?.order ?? 0;
      const { chat, msgId } = fake.write(place(writing));
      const find = () => fake.within(chat).find(({ order }) => order > last);
      const isFinal = (shown: Shown | undefined) => shown !== undefined && !passing.test(titleOf(shown));
      await fake.until(() => isFinal(find()), milliseconds, `the answer to ${msgId} is there and final`);
      return found(find());
    },
    async press({ id }, label, { user = anna, shape } = {}) {
      const pressed = await fake.press({ card: id, user, label, shape });
      payloads.push({ raw: pressed.response, content: paramsOf(pressed) });
      return pressed;
    },
    async turn(card, label, user) {
      const before = rig.changesOf(card);
      const pressed = await rig.press(card, label, { user });
      await fake.until(() => rig.changesOf(card) > before, 5_000, `"${label}" turns the card for everybody`);
      return pressed;
    },
    changesOf: ({ versions }) => versions.filter(({ how }) => how === "update").length,
    async quiet() {
      await fake.until(() => fake.underWay === 0, 5_000, "everything is acknowledged");
      await rig.ask("/help", { chat: "cidLater==", user: "later" });
    },
    shown: () => payloads.map(({ raw, content }) => `${JSON.stringify(raw)}\n${bareWordsOf(content)}`).join("\n"),
    async stored() {
      const names = await readdir(directory);
      const files = await Promise.all(names.map((name) => readFile(join(directory, name), "latin1")));
      return files.join("\n");
    },
    metrics: async () => (await fetch(`${rig.url}/metrics`)).text(),
    async close() {
      await stop();
      unwatch();
      await Promise.all([simulator.stop(), fake.stop()]);
      await rm(directory, { recursive: true, force: true });
      expect(fake.complaints()).toEqual([]);
    },
  };
  return rig;
}

function place<Given extends Partial<Writing>>(writing: Given) {
  const chat = writing.group === false ? undefined : group;
  return { chat, user: anna, ...writing };
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("what was there is gone");
  return value;
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
export const ready = (url: string): Promise<void> => becomes(url, 200);

/** Waits until /readyz answers so. */
export async function becomes(url: string, status: number): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(`${url}/readyz`)).toBe(status), { timeout: 10_000, interval: 10 });
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

interface Wiring extends Omit<RigOptions, "fake"> {
  readonly fake: FakeDingTalk;
  readonly endpoint: string;
  readonly directory: string;
}

function configText(about: Wiring): string {
  const { fake, endpoint, locale = "en", monthlyCalls = 0, cardTemplateId = "", directory } = about;
  const { rules = "[{ channel: dingtalk, allow: [query, export] }]" } = about;
  const app = `clientId: ${fake.clientId}, clientSecret: ${fake.clientSecret}, robotCode: "${fake.robotCode}"`;
  const where = `apiBase: "${fake.url}", oapiBase: "${fake.url}", cardTemplateId: "${cardTemplateId}"`;
  return `
locale: ${locale}
fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: ${endpoint}
    protocol: http
    requestsPerSecond: 100
    credentials: { type: access-key, accessKeyId: ${fleetKey.id}, accessKeySecret: ${fleetKey.secret} }
channels:
  playground: { enabled: false }
  dingtalk: { enabled: true, ${app}, ${where}, monthlyCalls: ${monthlyCalls} }
access: { default: deny, rules: ${rules} }
store: { url: "${about.store === "file" ? `file:${directory}` : "memory:"}" }
http: { port: 0 }
log: { level: trace, format: json }
`;
}

function read(text: string): Config {
  const loaded = parseConfig({ text, path: "app.yaml", environment: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}
