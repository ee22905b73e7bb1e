import type { Hono } from "hono";
import type { Logger } from "pino";
import type { Bot, Channel } from "../../src/bot/index.ts";
import type { Locale } from "../../src/cards/index.ts";
import type { Completion } from "../../src/commands/index.ts";
import { type Asset, loadAssets } from "./assets.ts";
import { createChats } from "./chats.ts";
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
  readonly clock: { now(): number };
  /** Letters, digits, `-` and `_`; never the same twice. */
  readonly randomId: () => string;
  readonly log: Pick<Logger, "error" | "info">;
}

/** A chat in the browser, as a channel like any other. */
export interface Playground extends Channel {
  /** `GET /` and everything under `/playground/`; to be mounted at `/`. */
  readonly routes: Hono;
}

type State =
  | { readonly kind: "created" | "stopped" }
  | { readonly kind: "open"; readonly bot: Bot; readonly assets: ReadonlyMap<string, Asset> };

const name = "playground";

/**
 * Creates the playground. Each browser profile has a chat of its own, and its person is named as the chat is. History is
 * in memory: it outlives a reload of the page, not the process.
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
  const routes = createRoutes({
    ...options,
    channel: name,
    chats,
    streams,
    open: () => {
      if (state.kind === "open") return state;
      const refusal = state.kind === "created" ? "The bot is starting. Try again in a moment." : "The bot is stopping.";
      return { refusal };
    },
  });

  return {
    name,
    repliesTo: "everyone",
    files: { types: ["csv", "xlsx", "zip"], bytes: limits.fileBytes },
    routes,
    connected: () => state.kind === "open",
    fits: () => true,
    async send(chat, card, { replyTo, key }) {
      if (!chat.startsWith("play_")) return { ok: false, recoverable: false, reason: "This is no playground chat." };
      return { ok: true, message: chats.addCard(chat, `m${options.randomId()}`, card, { replyTo, key }) };
    },
    async update(chat, message, card) {
      if (!chat.startsWith("play_")) return { ok: false, recoverable: false, reason: "This is no playground chat." };
      return { ok: true, message: chats.changeCard(chat, message, card).id };
    },
    sendFile: async () => ({ ok: false, recoverable: false, reason: "The playground takes no files yet." }),
    async start(bot) {
      const assets = await loadAssets(options.locale);
      streams.start();
      state = { kind: "open", bot, assets };
    },
    async quiesce() {
      state = { kind: "stopped" };
      streams.quiesce(chats.isAwaited);
    },
    async stop() {
      state = { kind: "stopped" };
      streams.stop();
    },
  };
}
