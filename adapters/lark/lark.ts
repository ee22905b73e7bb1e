import type { Hono } from "hono";
import type { Bot, Channel, Log } from "../../src/bot/index.ts";
import type { Card, Locale } from "../../src/cards/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Proxies } from "../../src/network/index.ts";
import { type Meter, noTracer, type Tracer } from "../../src/telemetry/index.ts";
import { createApi } from "./api.ts";
import { baseUrlOf, feishu } from "./domain.ts";
import { createSdkHttp } from "./http.ts";
import { createIdentity } from "./identity.ts";
import { createInbound, type Handle } from "./inbound.ts";
import { limits } from "./limits.ts";
import { createLarkLink } from "./link.ts";
import { createLarkRefusals } from "./link-refusal.ts";
import { createLarkPace } from "./pace.ts";
import { type Rendered, renderLark } from "./render.ts";
import { createSender } from "./send.ts";
import { createLarkTokens } from "./token.ts";
import { createWebhook } from "./webhook.ts";

export interface LarkOptions {
  readonly appId: string;
  readonly appSecret: () => string;
  /** feishu, lark, or the base URL of another cloud. */
  readonly domain: string;
  /** How events arrive: over a connection that is opened here, or at POST /lark/events. */
  readonly events: "websocket" | "webhook";
  readonly encryptKey: () => string;
  readonly verificationToken: () => string;
  /** What connections to the platform take on their way; they are made directly unless given. */
  readonly proxies?: Proxies | undefined;
  /** The language of answers; auto: that of the message, or else of the cloud. */
  readonly locale: "auto" | Locale;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
}

/** Lark or Feishu, as a channel like any other. */
export interface Lark extends Channel {
  /** POST /lark/events, where events come by webhook. */
  readonly routes: Hono | undefined;
}

const name = "lark";

/** Creates the channel. Nothing is asked of Lark before `start`. */
export function createLark(options: LarkOptions): Lark {
  const { appId, appSecret, proxies, clock, random, log, meter, tracer = noTracer } = options;
  const domain = baseUrlOf(options.domain);
  const http = createSdkHttp({ timeout: limits.exchange, clock, proxies });
  const refusals = createLarkRefusals(log);
  const tokens = createLarkTokens({ appId, appSecret, domain, http, clock, random, log, refusals, meter, tracer });
  const api = createApi({ appId, domain, http, tokens, clock, random, log, meter, tracer });
  const pace = createLarkPace({ domain, clock, random });
  const sender = createSender({ api, pace, clock, random, log });
  const identity = createIdentity({ ask: () => api.botOpenId(), clock, random });
  const rendering = createRendering();
  let bot: Bot | undefined;
  let inbound: Handle | undefined;

  /** What comes while nothing is taken in is left for Lark to deliver again. */
  const handle: Handle = async (envelope) => (inbound === undefined ? { accepted: false } : inbound(envelope));
  const link =
    options.events === "websocket"
      ? createLarkLink({ appId, appSecret, domain, http, proxies, handle, clock, random, log, refusals, meter })
      : undefined;
  const routes = link === undefined ? createWebhook({ ...options, handle }) : undefined;

  return {
    name,
    repliesTo: "everyone",
    // The document "发送消息" says so of its parameter uuid.
    keyHolds: 60 * 60_000,
    files: { types: ["csv", "xlsx", "zip"], bytes: limits.fileBytes },
    routes,
    // By webhook nothing tells whether Lark can reach the bot; that Lark knows the bot shows that the app is in order.
    connected: () => bot !== undefined && (link === undefined ? identity.openId() !== undefined : link.connected()),
    fits: (card) => rendering(card).whole,
    send: (chat, card, about) => sender.send(chat, rendering(card).content, about),
    update: (_, message, card) => sender.update(message, rendering(card).content),
    sendFile: (chat, file, about) => sender.sendFile(chat, file, about),
    async start(given) {
      bot = given;
      const localeOf = createLocaleOf(options);
      const render = (card: Card) => rendering(card).data;
      inbound = createInbound({
        ...{ bot, channel: name, appId, botOpenId: identity.openId, localeOf, render, clock, log, meter },
      });
      identity.start();
      link?.start();
    },
    async quiesce() {
      inbound = undefined;
      link?.quiesce();
    },
    async stop() {
      bot = undefined;
      identity.stop();
      await link?.stop();
      sender.stop();
      pace.stop();
      http.stop();
    },
  };
}

/** A card is asked about, and then sent: it is rendered once. */
function createRendering(): (card: Card) => Rendered {
  const known = new WeakMap<Card, Rendered>();
  return (card) => {
    const rendered = known.get(card) ?? renderLark(card);
    known.set(card, rendered);
    return rendered;
  };
}

/** The language of who wrote a text: Lark's events do not tell it. */
function createLocaleOf({ locale, domain }: LarkOptions): (text: string) => Locale {
  if (locale !== "auto") {
    return () => locale;
  }
  const usual = domain === "feishu" || domain === feishu ? "zh" : "en";
  return (text) => (/\p{Script=Han}/u.test(text) ? "zh" : usual);
}
