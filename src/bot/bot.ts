import { LRUCache } from "lru-cache";
import { textsOf, toCard } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import type { Access } from "./access.ts";
import { createAnswering } from "./answering.ts";
import type { Bot, Channel, Click, ClickReply, Message } from "./channel.ts";
import { createClicks } from "./clicks.ts";
import { createDelivery, sendKey } from "./deliver.ts";
import { faultOf, type Log } from "./log.ts";
import { createMessages } from "./messages.ts";
import type { Run } from "./run.ts";
import { createShowAnswer } from "./show-answer.ts";
import { createWork } from "./work.ts";

export interface BotOptions {
  readonly run: Run;
  readonly access: Access;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly log: Log;
  /** After how long a typed command shows that it is being worked on, milliseconds. */
  readonly patience?: number | undefined;
  /** Within which a click is answered whatever the API does, milliseconds; platforms allow 2 to 3 s. */
  readonly clickDeadline?: number | undefined;
  /** After how long a command is given up, milliseconds. */
  readonly deadline?: number | undefined;
  /** After how long a channel that does not answer is not waited for any more, milliseconds. */
  readonly sendDeadline?: number | undefined;
  /** How many commands may be under way at once. */
  readonly limit?: number | undefined;
}

export interface RunningBot extends Bot {
  /** Answers what was accepted, takes nothing new, and ends what is not done by the deadline (milliseconds). */
  stop(deadline: number): Promise<void>;
}

/** For how long deliveries are remembered, milliseconds: Lark delivers a message again up to six hours later. */
const remembered = 8 * 3_600_000;
/** How many answers to clicks are kept for a second delivery, which comes within seconds; a card can be 100 kB. */
const keptReplies = 500;
/** How many chats at once are told that there is too much to do; the others are not told. */
const excuses = 100;

/**
 * One pipeline for every channel: receive, drop what was delivered before, read, check what this person may do here, run
 * with a deadline, and answer with a card.
 */
export function createBot(options: BotOptions): RunningBot {
  const { access, clock, log, patience = 2_000, clickDeadline = 1_800, deadline = 60_000 } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const age = { ttl: remembered, ttlResolution: 0, perf: { now: () => clock.elapsed() } };
  const seen = new LRUCache<string, true>({ max: 50_000, ...age });
  const replies = new LRUCache<string, Promise<ClickReply>>({ max: keptReplies, ...age });

  const onFault = (error: unknown) => log.error({ fault: faultOf(error) }, "An answer failed by a fault of the bot.");
  const work = createWork({ clock, limit: options.limit ?? 500, onFault });
  const excusing = createWork({ clock, limit: excuses, onFault });

  const delivery = createDelivery({ clock, log, patience: options.sendDeadline ?? 20_000 });
  const answering = createAnswering({ run: options.run, access, clock, log, deadline });
  const showAnswer = createShowAnswer(log);
  const answerMessage = createMessages({ answering, delivery, showAnswer, clock, patience });
  const answerClick = createClicks({
    ...{ answering, access, delivery, showAnswer, work, clock },
    deadline: clickDeadline,
  });

  function excuse(channel: Channel, { chat, id, locale }: Message): void {
    const begun = excusing.begin(async () => {
      const card = toCard({ kind: "busy", command: undefined }, locale);
      await delivery.send(channel, chat, card, { replyTo: id, key: sendKey(channel.name, chat, id) });
    });
    log.warn({ channel: channel.name, chat, told: begun === "begun" }, "Too much is under way: a command was not run.");
  }

  function channelOf(name: string): Channel | undefined {
    const channel = channels.get(name);
    if (channel === undefined) {
      log.error({ channel: name }, "Something came from a channel that the bot does not have.");
    }
    return channel;
  }

  async function click(press: Click): Promise<ClickReply> {
    const channel = channelOf(press.channel);
    if (channel === undefined) {
      return { kind: "toast", text: textsOf(press.locale).refused.happened, colour: "orange" };
    }
    const key = JSON.stringify(["click", press.channel, press.chat, press.user, press.id]);
    const kept = replies.get(key);
    if (kept !== undefined) {
      return kept;
    }
    if (seen.has(key)) {
      return { kind: "toast", text: textsOf(press.locale).answered, colour: "orange" };
    }
    seen.set(key, true);
    const reply = answerClick(channel, press);
    replies.set(key, reply);
    return reply;
  }

  return {
    async receive(message) {
      const channel = channelOf(message.channel);
      const key = JSON.stringify(["message", message.channel, message.chat, message.id]);
      if (channel === undefined || seen.has(key)) {
        return true;
      }
      const begun = work.begin((ending) => answerMessage(channel, message, ending));
      if (begun === "closed") {
        return false;
      }
      seen.set(key, true);
      if (begun === "full") {
        excuse(channel, message);
      }
      return true;
    },
    click,
    async stop(limit) {
      await Promise.all([work.drain(limit), excusing.drain(limit)]);
    },
  };
}
