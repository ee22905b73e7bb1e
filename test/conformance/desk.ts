import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, vi } from "vitest";
import { type App, createApp, systemClock } from "../../src/app.ts";
import { type Config, parseConfig } from "../../src/config/index.ts";
import type { SimulatorOptions } from "../../src/simulator/index.ts";
import { ready } from "../e2e/lark/rig.ts";
import type { Driver, Place, Platform, Pressed, Seen, Writing, Written } from "./driver.ts";
import { createTestFleet, fleetKey, type TestFleet } from "./fleet.ts";

/** A rule of the section `access`, for people and chats in the test's own words. */
export interface Rule {
  /** Everywhere and everybody unless given. */
  readonly at?: Place | undefined;
  readonly allow: readonly string[];
  readonly scope?: string | undefined;
  readonly show?: { readonly users: "full" | "masked" | "hidden" } | undefined;
}

export interface DeskOptions {
  /** Everybody may ask and have files unless given. */
  readonly rules?: readonly Rule[] | undefined;
  readonly simulator?: SimulatorOptions | undefined;
  /** Where the store lies; in memory unless this is "file", which outlives a restart. */
  readonly store?: "memory" | "file" | undefined;
  /** How much faster the bot's time goes by than that of the test: pauses are shorter, and so are deadlines. */
  readonly speed?: number | undefined;
}

type About = Partial<Omit<Writing, "text">>;

/** Deskhand in this process, between a platform's stand-in and a simulated fleet that the test holds. */
export interface Desk {
  readonly platform: Platform;
  readonly fleet: TestFleet;
  /** Starts the bot, with other rules where they are given, and waits until it is ready. */
  start(rules?: readonly Rule[]): Promise<void>;
  /** Stops it in good order. `soon`: it waits a tenth of the time for what does not end. */
  stop(how?: "soon"): Promise<void>;
  write(text: string, about?: About): Written;
  /** Writes a message and waits for the final answer to it; gives the id of that. */
  ask(text: string, about?: About): Promise<string>;
  /** The final answer to a message. */
  answerTo(written: Written, milliseconds?: number): Promise<string>;
  see(message: string, user?: string): Seen;
  press(message: string, label: string, user?: string): Promise<Pressed>;
  /** Resolves when the condition holds; rejects after so many milliseconds (5,000). */
  until(condition: () => boolean, what: string, milliseconds?: number): Promise<void>;
  /** All that was delivered has been taken in, and what was written after that has been answered. */
  quiet(): Promise<void>;
  /** The log, a line a text, as it is written and not scrubbed. */
  readonly log: readonly string[];
  /** What the bot's HTTP server says at a path. */
  get(path: string): Promise<string>;
  /** What stands in the files of the store. */
  stored(): Promise<string>;
  /** Stops everything. Fails when the bot did what the real platform refuses or loses. */
  close(): Promise<void>;
}

/** Where people talk and who does, unless a test says otherwise. */
const usual: Place = { chat: "ops", user: "anna" };

const everybody: readonly Rule[] = [{ allow: ["query", "export"] }];

/** Opens a desk whose bot is ready. Leaves nothing behind when the bot does not start. */
export async function openDesk(driver: Driver, options: DeskOptions = {}): Promise<Desk> {
  const platform = driver.create();
  const fleet = createTestFleet(options.simulator);
  const [endpoint, directory] = await Promise.all([
    fleet.start(),
    mkdtemp(join(tmpdir(), "deskhand-conformance-")),
    platform.start(),
  ]);
  const store = options.store === "file" ? `file:${directory}` : "memory:";
  const log: string[] = [];
  const logger = pino({ level: "trace", base: null }, { write: (line: string) => void log.push(line) });
  let running: { readonly app: App; readonly url: string } | undefined;
  let rules = options.rules ?? everybody;
  const { speed: usualSpeed = 1 } = options;
  let speed = usualSpeed;
  let silences = 0;
  const clock: typeof systemClock = {
    ...systemClock,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / speed, signal),
  };

  const desk: Desk = {
    platform,
    fleet,
    log,
    async start(others = rules) {
      rules = others;
      const config = readConfig(configText({ platform, endpoint, store, rules }));
      const app = createApp({ config, log: logger, clock });
      const started = await app.start();
      if (!started.ok) throw new Error(started.reason);
      running = { app, url: started.url };
      await platform.connect(started.url);
      await ready(started.url);
    },
    async stop(how) {
      const stopping = running?.app;
      running = undefined;
      speed = how === "soon" ? 10 * usualSpeed : usualSpeed;
      await stopping?.stop();
      speed = usualSpeed;
    },
    write: (text, about = {}) => platform.write({ ...usual, ...about, text }),
    ask: (text, about) => desk.answerTo(desk.write(text, about)),
    async answerTo(written, milliseconds = 10_000) {
      const isFinal = () => {
        const answer = platform.answerTo(written);
        return answer !== undefined && platform.see(answer, written.user).title !== "One moment";
      };
      await desk.until(isFinal, `“${written.text.slice(0, 80)}” is answered`, milliseconds);
      return platform.answerTo(written) ?? "";
    },
    see: (message, user = usual.user) => platform.see(message, user),
    press: (message, label, user = usual.user) => platform.press(message, label, user),
    until: (condition, what, milliseconds = 5_000) =>
      vi.waitFor(() => expect(condition(), what).toBe(true), { timeout: milliseconds, interval: 5 }),
    async quiet() {
      await desk.until(platform.isQuiet, "all that was delivered is taken in");
      silences += 1;
      await desk.ask("/help", { chat: `quiet-${silences}`, user: "olga" });
    },
    get: async (path) => (await fetch(`${running?.url}${path}`)).text(),
    async stored() {
      const names = await readdir(directory);
      const files = await Promise.all(names.map((name) => readFile(join(directory, name), "latin1")));
      return files.join("\n");
    },
    async close() {
      await desk.stop("soon");
      await Promise.all([fleet.stop(), platform.stop()]);
      await rm(directory, { recursive: true, force: true });
      expect(platform.complaints()).toEqual([]);
    },
  };
  try {
    await desk.start();
  } catch (error) {
    await desk.close();
    throw error;
  }
  return desk;
}

interface Around {
  readonly platform: Platform;
  readonly endpoint: string;
  readonly store: string;
  readonly rules: readonly Rule[];
}

/** The configuration as a file has it; JSON is YAML as well. */
function configText({ platform, endpoint, store, rules }: Around): string {
  const { channel } = platform;
  const access = rules.map(({ at, ...rule }) => {
    const ids = at && platform.idsOf(at);
    return { channel, ...(ids && { chats: [ids.chat], users: [ids.user] }), ...rule };
  });
  const channels = [...(channel === "playground" ? [] : ["playground: { enabled: false }"]), platform.config()];
  return `
locale: en
fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: ${endpoint}
    protocol: http
    requestsPerSecond: 100
    credentials: { type: access-key, accessKeyId: ${fleetKey.id}, accessKeySecret: ${fleetKey.secret} }
channels: { ${channels.join(", ")} }
access: { default: deny, rules: ${JSON.stringify(access)} }
store: { url: "${store}" }
http: { port: 0 }
log: { level: trace, format: json }
`;
}

function readConfig(text: string): Config {
  const loaded = parseConfig({ text, path: "app.yaml", environment: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}
