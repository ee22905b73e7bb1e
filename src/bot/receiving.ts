import { LRUCache } from "lru-cache";
import { textsOf } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";
import type { Arrivals } from "./arrivals.ts";
import type { Scrub } from "./audit-of.ts";
import type { Bot, Channel, Click, ClickReply, Message } from "./channel.ts";
import type { Clicks } from "./clicks.ts";
import type { Log } from "./log.ts";
import { type Arrival, whereOf } from "./memory.ts";
import type { Speaking } from "./speaking.ts";

export interface ReceivingOptions {
  readonly channelOf: (name: string) => Channel | undefined;
  readonly arrivals: Pick<Arrivals, "accept">;
  readonly clicks: Pick<Clicks, "answer">;
  readonly speaking: Speaking;
  /** Takes the secrets of this bot out of what somebody wrote or pressed. */
  readonly scrub: Scrub;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  readonly meter: Meter;
  readonly tracer: Tracer;
}

/** For how long a reply to a press is kept for a second delivery, milliseconds, and how many; a card can be 100 kB. */
const repliesKept = { ttl: 60_000, max: 500 };

/** What channels hand to the bot: each is without secrets from here on, is counted, and is a trace of its own. */
export function createReceiving(options: ReceivingOptions): Bot {
  const { channelOf, arrivals, clicks, speaking, scrub, clock, log, meter, tracer } = options;
  const replies = new LRUCache<string, Promise<ClickReply>>({
    ...repliesKept,
    ttlResolution: 0,
    // lru-cache takes a start of 0 for no time to live at all.
    perf: { now: () => clock.elapsed() + 1 },
  });

  async function accept(arrival: Arrival): Promise<boolean> {
    const { channel } = whereOf(arrival);
    meter.count("arrivals", { channel, kind: arrival.kind });
    if (channelOf(channel) === undefined) {
      return true;
    }
    const about = { "deskhand.channel": channel, "deskhand.arrival": arrival.kind } as const;
    return tracer.span("receive", about, async (span) => {
      const accepted = await arrivals.accept(arrival);
      span.set({ "deskhand.outcome": accepted ? "accepted" : "left" });
      return accepted;
    });
  }

  function answerClick(channel: Channel, press: Click): Promise<ClickReply> {
    const about = { "deskhand.channel": channel.name, "deskhand.arrival": "click" } as const;
    return tracer.span("receive", about, async (span) => {
      const began = clock.elapsed();
      const reply = await clicks.answer(channel, await speaking(press));
      meter.observe("click_duration_seconds", (clock.elapsed() - began) / 1_000, { channel: channel.name });
      meter.count("clicks", { channel: channel.name, outcome: reply.kind });
      span.set({ "deskhand.outcome": reply.kind });
      return reply;
    });
  }

  function withoutSecrets(message: Message): Message {
    const text = scrub(message.text);
    if (text !== message.text) {
      const { channel, chat } = message;
      const todo = "Make a new one where it is from, and put that into the configuration.";
      log.warn(
        { channel, chat, todo },
        "Somebody wrote a secret of the configuration into a chat: it is read by others.",
      );
    }
    return { ...message, text };
  }

  return {
    receive: (message) => accept({ kind: "message", at: clock.now(), message: withoutSecrets(message) }),
    joined: (joined) => accept({ kind: "joined", at: clock.now(), joined }),
    left: (left) => accept({ kind: "left", at: clock.now(), left }),
    async click(pressed) {
      const press = { ...pressed, text: scrub(pressed.text) };
      meter.count("arrivals", { channel: press.channel, kind: "click" });
      const channel = channelOf(press.channel);
      if (channel === undefined) {
        return { kind: "toast", text: textsOf(press.locale).refused.happened, colour: "orange" };
      }
      const key = JSON.stringify([press.channel, press.chat, press.user, press.id]);
      const known = replies.get(key);
      const reply = known ?? answerClick(channel, press);
      replies.set(key, reply);
      if (known !== undefined) {
        meter.count("duplicates", { channel: press.channel, kind: "click" });
      }
      return reply;
    },
  };
}
