import { readFile } from "node:fs/promises";
import type {
  ChatFile,
  Desk,
  ExportCall,
  Exported,
  Exporter,
  ExportRequest,
  Log,
  Message,
  Run,
  RunningBot,
  Sent,
  ShowOptions,
} from "../../src/bot/index.ts";
import { type Access, type Bot, type Channel, type Click, createBot, type Grant } from "../../src/bot/index.ts";
import type { Answer, Card } from "../../src/cards/index.ts";
import type { Command } from "../../src/commands/index.ts";
import type { CallOptions, Outcome } from "../../src/fleet/index.ts";
import { listingOf, runtimesOf } from "../builders.ts";
import { createCountingMeter } from "../counting-meter.ts";
import { createManualClock, type ManualClock, settle } from "../manual-clock.ts";
import { createPlainMemory, type PlainMemory } from "./memory.ts";

/** Something that a channel was asked to show. */
export interface Shown {
  readonly act: "send" | "update";
  readonly chat: string;
  /** The id of the message that was sent or changed. */
  readonly message: string;
  readonly card: Card;
  readonly replyTo: string | undefined;
  readonly key: string | undefined;
  /** Whether it is shown for the time being only. */
  readonly passing: boolean;
}

/** A file that a channel was asked to put into a chat. */
export interface Filed {
  readonly act: "file";
  readonly chat: string;
  /** The id of the message that holds it. */
  readonly message: string;
  readonly file: ChatFile;
  /** What stood in the file, as UTF-8: the file itself may be gone by the time a test looks. */
  readonly text: string;
  readonly replyTo: string | undefined;
  readonly key: string | undefined;
}

/** A platform at the edge: keeps what it is asked to show, and answers as the test says. */
export interface RecordingChannel extends Channel {
  readonly shown: readonly Shown[];
  readonly filed: readonly Filed[];
  /** What becomes of the next thing shown; the platform accepts it unless a test says otherwise. */
  answer: (shown: Shown) => Sent | Promise<Sent>;
  /** The same of a file. */
  answerFile: (filed: Filed) => Sent | Promise<Sent>;
}

export function createRecordingChannel(name = "lark", about: Partial<Channel> = {}): RecordingChannel {
  const shown: Shown[] = [];
  const filed: Filed[] = [];
  let sent = 0;
  const accept = ({ message }: { readonly message: string }): Sent => ({ ok: true, message });
  const show = async (one: Shown): Promise<Sent> => {
    shown.push(one);
    return channel.answer(one);
  };
  const channel: RecordingChannel = {
    name,
    repliesTo: "everyone",
    keyHolds: 60 * 60_000,
    files: { types: ["csv", "xlsx", "zip"], bytes: 30_000_000 },
    shown,
    filed,
    answer: accept,
    answerFile: accept,
    connected: () => true,
    fits: () => true,
    send(chat, card, { replyTo, key, passing = false }) {
      sent += 1;
      return show({ act: "send", chat, message: `sent-${sent}`, card, replyTo, key, passing });
    },
    update: (chat, message, card, { passing = false }: ShowOptions = {}) =>
      show({ act: "update", chat, message, card, replyTo: undefined, key: undefined, passing }),
    async sendFile(chat, file, { replyTo, key }) {
      sent += 1;
      const text = await readFile(file.path, "utf8");
      const one: Filed = { act: "file", chat, message: `sent-${sent}`, file, text, replyTo, key };
      filed.push(one);
      return channel.answerFile(one);
    },
    start: async () => {},
    quiesce: async () => {},
    stop: async () => {},
    ...about,
  };
  return channel;
}

/** A command that was begun and waits for the test to answer it. */
export interface Asked {
  readonly command: Command;
  readonly grant: Grant;
  readonly call: CallOptions;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}

/** Commands that wait for the test. */
export interface FakeRun {
  readonly run: Run;
  readonly asked: readonly Asked[];
  /** Answers every command at once from now on. */
  answerAll(with_: (command: Command) => Answer): void;
}

export function createFakeRun(): FakeRun {
  const asked: Asked[] = [];
  let always: ((command: Command) => Answer) | undefined;
  return {
    asked,
    run(command, grant, call) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      asked.push({ command, grant, call, answer: resolve, fail: reject });
      if (always !== undefined) {
        resolve(always(command));
      }
      return promise;
    },
    answerAll(with_) {
      always = with_;
    },
  };
}

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly fields: object;
  readonly message: string;
}

export function createRecordingLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const write = (level: LogLine["level"]) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, debug: () => undefined, info: write("info"), warn: write("warn"), error: write("error") };
}

export const everybody: Access = {
  default: "deny",
  rules: [
    { channel: "*", chats: undefined, users: undefined, allow: ["query"], scope: {}, show: "full", mention: false },
  ],
};

type BotOptions = Parameters<typeof createBot>[0];

/** An export that was begun and waits for the test to end it. */
export interface Writing {
  readonly request: ExportRequest;
  readonly call: ExportCall;
  done(outcome: Outcome<Exported>): void;
  fail(error: unknown): void;
}

/** Writes no file by itself: the test says what came of each. */
export interface FakeExporter extends Exporter {
  readonly begun: readonly Writing[];
}

function createFakeExporter(): FakeExporter {
  const begun: Writing[] = [];
  return {
    begun,
    write(request, call) {
      const { promise, resolve, reject } = Promise.withResolvers<Outcome<Exported>>();
      begun.push({ request, call, done: resolve, fail: reject });
      return promise;
    },
  };
}

/** A bot with everything at its edges in the hands of the test. */
export interface Rig {
  readonly bot: RunningBot & Bot;
  readonly channel: RecordingChannel;
  readonly clock: ManualClock;
  readonly log: ReturnType<typeof createRecordingLog>;
  readonly fake: FakeRun;
  readonly exporter: FakeExporter;
  readonly memory: PlainMemory;
  readonly counted: readonly string[];
  /** Delivers a message and lets the bot begin. */
  write(text: string, about?: Partial<Message>): Promise<boolean>;
  /** Delivers a press and lets the bot begin. */
  press(text: string, about?: Partial<Click>): Promise<Pressed>;
}

/** Keeps nothing for any chat. */
export const emptyDesk: Desk = {
  run: async (command) => ({ kind: "chats-only", command }),
  widen: async (command) => ({ command }),
  language: async () => undefined,
};

/** A press, and its answer as soon as there is one. */
export interface Pressed {
  readonly reply: ReturnType<Bot["click"]>;
  settled(): Promise<Awaited<ReturnType<Bot["click"]>> | "not yet">;
}

type RigOptions = Partial<BotOptions> & { readonly channel?: RecordingChannel | undefined };

export function createRig({ channel = createRecordingChannel(), ...options }: RigOptions = {}): Rig {
  const clock = createManualClock();
  const log = createRecordingLog();
  const fake = createFakeRun();
  const exporter = createFakeExporter();
  const memory = createPlainMemory(clock.now);
  const { meter, counted } = createCountingMeter();
  const bot = createBot({
    run: fake.run,
    exporter,
    desk: emptyDesk,
    access: everybody,
    audit: memory.audit,
    channels: [channel],
    memory,
    clock,
    log,
    meter,
    backlog: 0,
    // What one user may do in a row is the subject of one test, and in the way of all others.
    pace: { allows: () => true },
    patience: 2_000,
    clickDeadline: 1_800,
    deadline: 60_000,
    sendDeadline: 20_000,
    ...options,
  });
  let [messages, presses] = [0, 0];
  return {
    bot,
    channel,
    clock,
    log,
    fake,
    exporter,
    memory,
    counted,
    async write(text, about = {}) {
      messages += 1;
      const accepted = await bot.receive({
        ...{ channel: "lark", chat: "chat-1", user: "user-1", id: `message-${messages}` },
        ...{ text, writtenAt: clock.now(), locale: "en" },
        ...about,
      });
      await settle();
      return accepted;
    },
    async press(text, about = {}) {
      presses += 1;
      const reply = bot.click({
        ...{ channel: "lark", chat: "chat-1", user: "user-1", id: `press-${presses}`, message: "card-1" },
        ...{ text, locale: "en" },
        ...about,
      });
      await settle();
      return {
        reply,
        async settled() {
          await settle();
          return Promise.race([reply, Promise.resolve("not yet" as const)]);
        },
      };
    },
  };
}

/** A list of so many runtimes as the answer to a list command. */
export function listAnswer(command: Command, count = 3): Answer {
  if (command.kind !== "list") {
    return { kind: "help", command: { kind: "help" }, providers: ["OpenClaw"], byUser: true };
  }
  const { page, size } = command;
  const listing = listingOf(runtimesOf(count), { page, size, total: 100 });
  return { kind: "list", command, listing, providers: ["OpenClaw"], showsUsers: true, canExport: true };
}

/** The cards that were shown, told by the commands that made them, or by their titles. */
export function titlesOf(channel: RecordingChannel): readonly string[] {
  return channel.shown.map(({ act, card }) => `${act}: ${card.header.title}`);
}
