import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { createSimulator } from "../../../src/simulator/index.ts";
import {
  createFakeLark,
  type FakeLark,
  type FakeLarkOptions,
  type Pressed,
  type ShownMessage,
  type Writing,
} from "../../platforms/lark/index.ts";
import { fleetKey, fleetSection } from "../fleet-section.ts";
import { ready } from "../ready.ts";
import { bytesIn, type CommonOptions, type CommonRig, createHost, open, smallFleet, storeSection } from "../rig.ts";
import { titleOf } from "./card.ts";

/** How events reach the bot. */
export type Events = "websocket" | "webhook";

export const bothWays: readonly Events[] = ["websocket", "webhook"];

export const encryptKey = "encrypt-key-of-the-test";
export const verificationToken = "verification-token-of-the-test";

export interface RigOptions extends CommonOptions {
  readonly events?: Events | undefined;
  readonly fake?: FakeLarkOptions | undefined;
}

/** Deskhand in this process, between the stand-in for Lark and a simulated fleet that the test holds. */
export interface Rig extends CommonRig {
  readonly fake: FakeLark;
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
}

export const group = "oc_group";
export const anna = "ou_anna";

/** Events that were not acknowledged come again soon, and for long. */
const soon: FakeLarkOptions = { redelivery: Array.from({ length: 200 }, () => 100) };

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const { events = "websocket" } = options;
  const fake = createFakeLark({ ...soon, ...options.fake });
  const simulator = createSimulator({ ...smallFleet, key: fleetKey, ...options.simulator });
  const [{ endpoint }, , directory] = await Promise.all([
    simulator.start(),
    fake.start(),
    mkdtemp(join(tmpdir(), "deskhand-lark-")),
  ]);
  const config = configText({ ...options, fake, endpoint, events, directory });
  const payloads: string[] = [];
  const unwatch = fake.watch((message, { content }) => void payloads.push(`${message.chat} ${content}`));
  const host = createHost(options.tracer);

  function deliverTo(url: string): void {
    fake.setMode(
      events === "websocket" ? "websocket" : { webhook: `${url}/lark/events`, encryptKey, verificationToken },
    );
  }

  const rig: Rig = {
    fake,
    simulator,
    log: host.log,
    directory,
    config,
    get url() {
      return host.url;
    },
    async start(clock = options.clock) {
      const url = await host.start(config, clock);
      deliverTo(url);
      await ready(url);
    },
    stop: host.stop,
    get: host.get,
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
    stored: () => bytesIn(directory),
    async close() {
      await host.stop();
      unwatch();
      await Promise.all([simulator.stop(), fake.stop()]);
      await rm(directory, { recursive: true, force: true });
      expect(fake.complaints()).toEqual([]);
      expect(fake.requests.filter(({ code }) => code === 230099)).toEqual([]);
    },
  };
  return rig;
}

/** A rig whose bot is ready. */
export const openRig = async (options?: RigOptions): Promise<Rig> => open(await createRig(options));

interface Wiring extends CommonOptions {
  readonly fake: FakeLark;
  readonly endpoint: string;
  readonly events: Events;
  readonly directory: string;
}

function configText(about: Wiring): string {
  const { fake, endpoint, events, directory, rules = "[{ channel: lark, allow: [query] }]" } = about;
  const keys = `encryptKey: ${encryptKey}, verificationToken: ${verificationToken}`;
  return `
${fleetSection(endpoint, fleetKey)}
channels:
  playground: { enabled: false }
  lark: { enabled: true, appId: ${fake.appId}, appSecret: ${fake.appSecret}, domain: "${fake.url}", events: ${events}, ${keys} }
access: { default: deny, rules: ${rules} }
${storeSection(about.store, directory)}
http: { port: 0 }
log: { level: trace, format: json }
`;
}
