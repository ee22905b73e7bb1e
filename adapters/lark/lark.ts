import type { Hono } from "hono";
import { LRUCache } from "lru-cache";
import type { Bot, Channel, Count, Log } from "../../src/bot/index.ts";
import type { Card, Locale } from "../../src/cards/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import { createApi } from "./api.ts";
import { createHttp } from "./http.ts";
import { createIdentity } from "./identity.ts";
import { createInbound, type Handle } from "./inbound.ts";
import { limits } from "./limits.ts";
import { createLink } from "./link.ts";
import { renderLark } from "./render.ts";
import { createSender } from "./send.ts";
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
  /** The language of answers; auto: that of the message, or else of the cloud. */
  readonly locale: "auto" | Locale;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly count: Count;
}

/** Lark or Feishu, as a channel like any other. */
export interface Lark extends Channel {
  /** POST /lark/events, where events come by webhook. */
  readonly routes: Hono | undefined;
}
