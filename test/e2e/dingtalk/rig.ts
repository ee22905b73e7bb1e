import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { createSimulator } from "../../../src/simulator/index.ts";
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
import { fleetKey, fleetSection } from "../fleet-section.ts";
import { ready } from "../ready.ts";
import { bytesIn, type CommonOptions, type CommonRig, createHost, open, smallFleet, storeSection } from "../rig.ts";
import { bareWordsOf, paramsOf, titleOf } from "./card.ts";

export interface RigOptions extends CommonOptions {
  readonly fake?: FakeDingTalkOptions | undefined;
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
export interface Rig extends CommonRig {
  readonly fake: FakeDingTalk;
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
  /** The text of /metrics. */
  metrics(): Promise<string>;
}

export const group = "cidGroup0001==";
export const anna = "anna01";
export const ben = "ben02";

/** Messages that were not acknowledged come again soon, and for long. */
const soon: FakeDingTalkOptions = { redelivery: Array.from({ length: 200 }, () => 100) };

/** What stands there while a command is being worked on. */
const passing = /^(?:One moment|请稍候)/;

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  // Bot and platform have the same time, also where a test puts it forward.
  const fake = createFakeDingTalk({ ...soon, now: options.clock?.now, ...options.fake });
  const simulator = createSimulator({ ...smallFleet, key: fleetKey, ...options.simulator });
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
  const host = createHost(options.tracer);

  const rig: Rig = {
    fake,
    simulator,
    log: host.log,
    directory,
    config,
    get url() {
      return host.url;
    },
    start: async (clock = options.clock) => ready(await host.start(config, clock)),
    stop: host.stop,
    get: host.get,
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
    stored: () => bytesIn(directory),
    metrics: () => host.get("/metrics"),
    async close() {
      await host.stop();
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

/** A rig whose bot is ready. */
export const openRig = async (options?: RigOptions): Promise<Rig> => open(await createRig(options));

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
${fleetSection(endpoint, fleetKey)}
channels:
  playground: { enabled: false }
  dingtalk: { enabled: true, ${app}, ${where}, monthlyCalls: ${monthlyCalls} }
access: { default: deny, rules: ${rules} }
${storeSection(about.store, directory)}
http: { port: 0 }
log: { level: trace, format: json }
`;
}
