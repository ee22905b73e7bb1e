import { LRUCache } from "lru-cache";
import { textsOf } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Meter, Tracer } from "../telemetry/index.ts";
import type { Arrivals } from "./arrivals.ts";
import type { Bot, Channel, Click, ClickReply } from "./channel.ts";
import type { Clicks } from "./clicks.ts";
import { type Arrival, whereOf } from "./memory.ts";
import type { Speaking } from "./speaking.ts";

export interface ReceivingOptions {
  readonly channelOf: (name: string) => Channel | undefined;
  readonly arrivals: Pick<Arrivals, "accept">;
  readonly clicks: Pick<Clicks, "answer">;
  readonly speaking: Speaking;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly tracer: Tracer;
}

/** For how long a reply to a press is kept for a second delivery, milliseconds, and how many; a card can be 100 kB. */
const repliesKept = { ttl: 60_000, max: 500 };

/** What channels hand to the bot: each is counted, and is a trace of its own. */
export function createReceiving(options: ReceivingOptions): Bot {
  const { channelOf, arrivals, clicks, speaking, clock, meter, tracer } = options;
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

  return {
    receive: (message) => accept({ kind: "message", at: clock.now(), message }),
    joined: (joined) => accept({ kind: "joined", at: clock.now(), joined }),
    left: (left) => accept({ kind: "left", at: clock.now(), left }),
    async click(press) {
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
