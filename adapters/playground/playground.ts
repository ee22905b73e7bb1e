import type { Hono } from "hono";
import type { Logger } from "pino";
import { z } from "zod";
import type { Bot, Channel, ChatFile, Sent } from "../../src/bot/index.ts";
import type { Locale } from "../../src/cards/index.ts";
import type { Completion } from "../../src/commands/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createAssets } from "./assets.ts";
import { createChats } from "./chats.ts";
import { createFiles } from "./files.ts";
import type { Address } from "./guard.ts";
import { createRoutes } from "./inbound.ts";
import { limits } from "./limits.ts";
import { createStreams } from "./link.ts";

export interface PlaygroundOptions {
  /** How to go on from a text that is being typed. */
  readonly complete: (text: string, cursor: number, locale: Locale) => readonly Completion[];
  /** The page's language; auto: the browser's. A person may choose another. */
  readonly locale: "auto" | "en" | "zh";
  /** Where the HTTP server listens, asked at each request: requests under another name are refused. */
  readonly address: () => Address;
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** Letters, digits, `-` and `_`; never the same twice, and not to be guessed. */
  readonly randomId: () => string;
  readonly log: Pick<Logger, "debug" | "error" | "info" | "warn">;
}

/** A chat in the browser, as a channel like any other. */
export interface Playground extends Channel {
  /** `GET /` and everything under `/playground/`; to be mounted at `/`. */
  readonly routes: Hono;
}

type State = { readonly kind: "created" | "stopped" } | { readonly kind: "open"; readonly bot: Bot };

const name = "playground";

/**
 * Creates the playground. Each browser profile has a chat of its own, and its person is named as the chat is. History is
 * in memory, and files are in a folder for the time being: they outlive a reload of the page, not the process.
 */
export function createPlayground(options: PlaygroundOptions): Playground {
  let state: State = { kind: "created" };
  const streams = createStreams();
  const chats = createChats({
    clock: options.clock,
    onChange: (chat, entry) => {
      streams.push(chat, entry);
      if (state.kind === "stopped" && !chats.isAwaited(chat)) streams.close(chat);
    },
    onForget: (chat) => streams.close(chat),
  });
  const files = createFiles(options);
  const assets = createAssets(options.locale);
  const routes = createRoutes({
    ...options,
    channel: name,
    chats,
    streams,
    files,
    open: () => {
      if (state.kind === "open") return { bot: state.bot, assets };
      const refusal = state.kind === "created" ? "The bot is starting. Try again in a moment." : "The bot is stopping.";
      return { refusal };
    },
  });

  async function sendFile(chat: string, file: ChatFile, key: string): Promise<Sent> {
    const shown = chats.keyed(chat, key);
    if (shown !== undefined) return { ok: true, message: shown };
    const id = await files.keep(file);
    const about = { file: id, name: file.name, type: file.type, bytes: file.bytes };
    const own = `m${options.randomId()}`;
    const message = chats.addFile(chat, own, about, { key });
    if (message !== own) await files.drop(id);
    return { ok: true, message };
  }

  return {
    name,
    repliesTo: "everyone",
    keyHolds: Number.POSITIVE_INFINITY,
    files: { types: ["csv", "xlsx", "zip"], bytes: limits.fileBytes },
    routes,
    connected: () => state.kind === "open",
    fits: () => true,
    async send(chat, card, { replyTo, key }) {
      if (!isOwn(chat)) return notOwn;
      return { ok: true, message: chats.addCard(chat, `m${options.randomId()}`, card, { replyTo, key }) };
    },
    async update(chat, message, card) {
      if (!isOwn(chat)) return notOwn;
      return { ok: true, message: chats.changeCard(chat, message, card).id };
    },
    async sendFile(chat, file, { key }) {
      if (!isOwn(chat)) return notOwn;
      if (file.bytes > limits.fileBytes) return tooLarge;
      return await sendFile(chat, file, key).catch(notKept);
    },
    async start(bot) {
      streams.start();
      void files.start();
      state = { kind: "open", bot };
    },
    async quiesce() {
      state = { kind: "stopped" };
      streams.quiesce(chats.isAwaited);
    },
    async stop() {
      state = { kind: "stopped" };
      streams.stop();
      await files.close();
    },
  };
}

function isOwn(chat: string): boolean {
  return chat.startsWith("play_");
}

const notOwn: Sent = { ok: false, recoverable: false, reason: "This is no playground chat." };
const tooLarge: Sent = {
  ok: false,
  recoverable: false,
  reason: `The file is larger than ${limits.fileBytes / 1_000_000} MB.`,
};

const systemSchema = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}$/) });

/** Of the system's error only its word: its sentence names files. */
function notKept(error: unknown): Sent {
  const word = systemSchema.safeParse(error).data?.code ?? "no reason given";
  return { ok: false, recoverable: true, reason: `The file could not be kept for the page (${word}).` };
}
