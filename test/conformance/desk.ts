import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { systemClock } from "../../src/app.ts";
import type { SimulatorOptions } from "../../src/simulator/index.ts";
import { fleetKey, fleetSection } from "../e2e/fleet-section.ts";
import { ready } from "../e2e/ready.ts";
import { bytesIn, createHost, open, storeSection } from "../e2e/rig.ts";
import type { Driver, Place, Platform, Pressed, Seen, Writing, Written } from "./driver.ts";
import { createTestFleet, type TestFleet } from "./fleet.ts";

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
  const store = storeSection(options.store, directory);
  const host = createHost();
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
    log: host.log,
    async start(others = rules) {
      rules = others;
      const url = await host.start(configText({ platform, endpoint, store, rules }), clock);
      await platform.connect(url);
      await ready(url);
    },
    async stop(how) {
      speed = how === "soon" ? 10 * usualSpeed : usualSpeed;
      await host.stop();
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
    get: host.get,
    stored: () => bytesIn(directory),
    async close() {
      await desk.stop("soon");
      await Promise.all([fleet.stop(), platform.stop()]);
      await rm(directory, { recursive: true, force: true });
      expect(platform.complaints()).toEqual([]);
    },
  };
  return open(desk);
}

interface Around {
  readonly platform: Platform;
  readonly endpoint: string;
  /** The section of it. */
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
${fleetSection(endpoint, fleetKey)}
channels: { ${channels.join(", ")} }
access: { default: deny, rules: ${JSON.stringify(access)} }
${store}
http: { port: 0 }
log: { level: trace, format: json }
`;
}
