import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Clock } from "../../../src/fleet/index.ts";
import { createMovableFleet, type MovableFleet, type MovableFleetOptions } from "../../platforms/fleet/index.ts";
import { createShiftedClock, type ShiftedClock } from "../dingtalk/clock.ts";
import { fleetSection } from "../fleet-section.ts";
import { ready } from "../ready.ts";
import { createHost } from "../rig.ts";
import type { Chat, Visible } from "./chat.ts";
import { createDingTalkChat } from "./dingtalk-chat.ts";
import { createLarkChat } from "./lark-chat.ts";

export type Platform = Chat["channel"];

export interface AlertRigOptions {
  readonly platform: Platform;
  /** Three plain ones unless given. */
  readonly runtimes?: MovableFleetOptions["runtimes"];
  /** Keys of the section `alerts`, as YAML in flow style. */
  readonly alerts?: string | undefined;
  /** Whether the configuration has a watch of the chat; otherwise somebody there has to set one up. */
  readonly watched?: boolean | undefined;
  /** The rules of the section `access`, as YAML; everybody may do everything unless given. */
  readonly rules?: string | undefined;
  /** The address of the store; a folder of its own unless given. */
  readonly store?: string | undefined;
  /** More lines of the configuration. */
  readonly more?: string | undefined;
}

/** The bot between a fleet that the test moves and a chat whose people the test plays. */
export interface AlertRig {
  readonly fleet: MovableFleet;
  readonly chat: Chat;
  /** The time of a bot in this process, and of the platform. */
  readonly clock: ShiftedClock;
  /** What a bot in this process has written. */
  readonly log: readonly string[];
  readonly directory: string;
  /** The configuration as a file would have it; `change` is put over it from the next start on. */
  config(): string;
  configure(change: Partial<AlertRigOptions>): void;
  /** Starts the bot in this process and waits until it is ready. */
  start(clock?: Clock): Promise<void>;
  /** Takes what was configured since into use, without a restart, and gives the keys that changed. */
  reload(): Promise<readonly string[]>;
  stop(): Promise<void>;
  get(path: string): Promise<string>;
  /** Waits until the bot has said so many things of its own accord in the chat, and gives all of them. */
  told(count: number, milliseconds?: number): Promise<readonly Visible[]>;
  /** Waits for so many whole scans that begin from now on, and what they bring is judged. */
  scans(count: number): Promise<void>;
  /** Waits for two more scans, in which nothing more may be said than so much in all. */
  expectNoMore(count: number): Promise<void>;
  /** Waits until a message says something. */
  says(id: string, words: RegExp, milliseconds?: number): Promise<Visible>;
  /** Stops everything. Fails when the bot did what the real platform refuses or loses. */
  close(): Promise<void>;
}

/** Between two scans, milliseconds. */
const interval = 100;

const chats: Readonly<Record<Platform, (now: () => number) => Chat>> = {
  lark: createLarkChat,
  dingtalk: createDingTalkChat,
};

export async function createAlertRig(given: AlertRigOptions): Promise<AlertRig> {
  let options = given;
  const clock = createShiftedClock();
  const chat = chats[options.platform](clock.now);
  const fleet = createMovableFleet({ runtimes: options.runtimes ?? 3 });
  const [directory] = await Promise.all([mkdtemp(join(tmpdir(), "deskhand-alerts-")), chat.start(), fleet.start()]);
  const host = createHost();
  const scansBegun = () => fleet.requests.filter(isScan).length;
  const config = () => configText(options, { fleet, chat, directory });

  const rig: AlertRig = {
    fleet,
    chat,
    clock,
    log: host.log,
    directory,
    config,
    configure(change) {
      options = { ...options, ...change };
    },
    start: async (own = clock) => ready(await host.start(config(), own)),
    reload: () => host.reload(config()),
    stop: host.stop,
    get: host.get,
    async told(count, milliseconds = 15_000) {
      await chat.until(() => chat.notices().length >= count, milliseconds, `the chat was told ${count} things`);
      return chat.notices();
    },
    async scans(count) {
      // What one scan brings is judged before the next begins.
      const enough = scansBegun() + count + 1;
      await fleet.until(() => scansBegun() >= enough, 10_000, `the fleet was scanned ${count} more times`);
    },
    async expectNoMore(count) {
      await rig.scans(2);
      expect(chat.notices().map(({ title }) => title)).toHaveLength(count);
    },
    async says(id, words, milliseconds = 15_000) {
      await chat.until(() => words.test(chat.see(id).words), milliseconds, `${id} says ${words}`);
      return chat.see(id);
    },
    async close() {
      await host.stop();
      await Promise.all([chat.stop(), fleet.stop()]);
      await rm(directory, { recursive: true, force: true });
      expect(chat.complaints()).toEqual([]);
    },
  };
  return rig;
}

/** A rig whose bot runs in this process. */
export async function openAlertRig(options: AlertRigOptions): Promise<AlertRig> {
  const rig = await createAlertRig(options);
  await rig.start();
  return rig;
}

/** Whether a request is the first page of a scan for watches. */
export function isScan({ parameters }: { readonly parameters: Readonly<Record<string, string>> }): boolean {
  return parameters.HasRisk === "true" && parameters.PageNumber === "1";
}

const everybody = (channel: Platform): string =>
  `[{ channel: ${channel}, allow: [query, export, alerts, views, admin] }]`;

function configText(
  options: AlertRigOptions,
  { fleet, chat, directory }: Pick<AlertRig, "fleet" | "chat" | "directory">,
): string {
  const { alerts = "", watched = false, store = `file:${directory}`, more = "" } = options;
  const watches = watched ? `watches: [{ channel: ${chat.channel}, chat: "${chat.id}", locale: en }]` : "watches: []";
  return `
locale: en
timeZone: UTC
${fleetSection(fleet.endpoint).replace("source: alibaba-cloud", "source: alibaba-cloud\n  providers: [OpenClaw]")}
channels:
  playground: { enabled: false }
  ${chat.section}
access: { default: deny, rules: ${options.rules ?? everybody(chat.channel)} }
alerts: { ${[`interval: ${interval}ms`, watches, ...(alerts === "" ? [] : [alerts])].join(", ")} }
store: { url: "${store}" }
http: { port: 0 }
log: { level: trace, format: json }
${more}
`;
}
