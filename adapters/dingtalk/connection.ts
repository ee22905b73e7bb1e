import { within } from "../../src/bot/index.ts";
import type { Clock } from "../../src/fleet/index.ts";
import type { Proxies } from "../../src/network/index.ts";
import type { Connection, Http } from "../../src/platform/index.ts";
import { subscriptions } from "./frames.ts";
import { askGateway, type Gateway } from "./gateway.ts";
import { createLife, type Life } from "./life.ts";
import { type LinkTimes, linkLimits } from "./link-limits.ts";
import type { LinkRefusal } from "./link-refusal.ts";
import { createReplies, type Replies, type RepliesOptions } from "./replies.ts";
import { createStreamClient, type Sdk, type StreamClient } from "./stream-client.ts";

export interface ConnectionOptions extends RepliesOptions {
  readonly sdk: Sdk;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URL of the API. */
  readonly apiBase: string;
  readonly http: Http;
  readonly proxies: Proxies;
  readonly times: LinkTimes;
  readonly clock: Clock;
  /** The socket is open. */
  readonly onOpen: () => void;
}

/** Begins one attempt. Throws when the SDK cannot be used. */
export function connect(options: ConnectionOptions): Connection<LinkRefusal> {
  const life = createLife(() => client.terminate());
  const watch = createWatch(options, life, () => client.ping());
  const replies = createReplies(options, {
    send(text) {
      client.send(text);
      if (client.backlog() > linkLimits.backlog) life.end({ kind: "lost", reason: "the platform takes no answers" });
    },
    onDisconnect: life.move,
  });
  const client = createStreamClient({
    ...options,
    locate: () => locate(options, life),
    onOpen() {
      if (life.over.aborted) return;
      life.open();
      watch.begin();
      options.onOpen();
    },
    onFrame(bytes) {
      if (life.over.aborted) return;
      watch.heard();
      replies.take(bytes);
    },
    onPong: watch.heard,
    onOver: (reason, todo) =>
      life.end(life.stage === "connecting" ? { kind: "failed", reason, todo } : { kind: "lost", reason }),
  });
  client.start();
  limitAttempt(options, life).catch(() => undefined);
  return { ended: life.ended, close: () => close(options, { life, replies, client }) };
}

async function locate(options: ConnectionOptions, life: Life): Promise<string | undefined> {
  const gateway: Gateway = await askGateway({ ...options, subscriptions, timeout: options.times.gateway });
  // The attempt may have been given up meanwhile: no socket is made then.
  if (life.over.aborted) return undefined;
  if (gateway.kind === "address") return gateway.url;
  life.end(gateway);
  return undefined;
}

async function limitAttempt({ clock, times }: ConnectionOptions, life: Life): Promise<void> {
  await clock.sleep(times.attempt, life.attempt);
  life.end({ kind: "failed", reason: "it took too long" });
}

/** Whatever arrives is a sign of life: a gateway that is busy sending may be late with its pongs. */
function createWatch({ clock, times }: ConnectionOptions, life: Life, ping: () => void) {
  let unanswered = 0;

  async function keepWatch(): Promise<void> {
    for (;;) {
      await clock.sleep(times.ping, life.over);
      if (unanswered >= linkLimits.misses) return life.end({ kind: "lost", reason: "nothing arrived any more" });
      unanswered += 1;
      ping();
    }
  }

  return {
    begin(): void {
      keepWatch().catch(() => undefined);
    },
    heard(): void {
      unanswered = 0;
    },
  };
}

interface Parts {
  readonly life: Life;
  readonly replies: Replies;
  readonly client: StreamClient;
}

async function close({ clock, times }: ConnectionOptions, { life, replies, client }: Parts): Promise<void> {
  if (life.stage === "connecting") return life.end({ kind: "failed", reason: "it was given up" });
  // One that has moved stays a while, as the next one is not open yet; not when the end of everything has come.
  const stay = life.stage === "moved";
  life.stage = "leaving";
  if (stay) await clock.sleep(times.overlap, life.over).catch(() => undefined);
  if (!life.over.aborted) {
    await within(clock, times.farewell, Promise.race([replies.idle(), life.gone]), undefined);
    client.close();
  }
  if (!life.over.aborted) await within(clock, times.goodbye, life.gone, undefined);
  life.end({ kind: "lost", reason: "it was closed here" });
}
