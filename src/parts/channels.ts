import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import { createPlayground } from "../../adapters/playground/index.ts";
import type { Channel, ChannelMemory } from "../bot/index.ts";
import { describeWord } from "../cards/index.ts";
import { complete } from "../commands/index.ts";
import { type Meter, noTracer } from "../telemetry/index.ts";
import { systemClock } from "./clock.ts";
import type { AppOptions } from "./options.ts";

/** A channel, and what of it is served over HTTP. */
export interface Connected {
  readonly channel: Channel;
  readonly routes?: Hono | undefined;
}

interface Around {
  /** Where the HTTP server listens. */
  readonly port: () => number;
  readonly memory: ChannelMemory;
  readonly meter: Meter;
}

/** The channels that are switched on. Each is imported when it is: an SDK costs start time and memory. */
export async function openChannels(
  options: AppOptions,
  { port, memory, meter }: Around,
): Promise<readonly Connected[]> {
  const { config, log, proxies, clock = systemClock, tracer = noTracer } = options;
  const open: Connected[] = [];
  if (config.channels.playground.enabled) {
    const playground = createPlayground({
      complete: (text, cursor, locale) => complete(text, cursor, (kind, word) => describeWord(kind, word, locale)),
      locale: config.locale,
      address: () => ({ host: config.http.host, port: port() }),
      clock,
      randomId: () => randomBytes(16).toString("hex"),
      log,
    });
    open.push({ channel: playground, routes: playground.routes });
  }
  const { enabled, appSecret, encryptKey, verificationToken, ...about } = config.channels.lark;
  if (enabled) {
    const { createLark } = await import("../../adapters/lark/index.ts");
    const lark = createLark({
      ...about,
      appSecret: () => appSecret.reveal(),
      encryptKey: () => encryptKey.reveal(),
      verificationToken: () => verificationToken.reveal(),
      locale: config.locale,
      random: Math.random,
      ...{ proxies, clock, log, meter, tracer },
    });
    open.push({ channel: lark, routes: lark.routes });
  }
  if (config.channels.dingtalk.enabled) {
    const { clientSecret, ...about } = config.channels.dingtalk;
    const { createDingTalk } = await import("../../adapters/dingtalk/index.ts");
    const dingtalk = createDingTalk({
      ...about,
      clientSecret: () => clientSecret.reveal(),
      locale: config.locale,
      random: Math.random,
      ...{ memory, proxies, clock, log, meter, tracer },
    });
    open.push({ channel: dingtalk });
  }
  return open;
}
