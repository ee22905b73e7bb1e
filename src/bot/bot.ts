import { LRUCache } from "lru-cache";
import { textsOf, toCard } from "../cards/index.ts";
import type { Clock } from "../fleet/index.ts";
import { type Meter, noTracer, type Tracer } from "../telemetry/index.ts";
import { type Access, grantOf } from "./access.ts";
import { createAnswering } from "./answering.ts";
import { type ArrivalCall, createArrivals } from "./arrivals.ts";
import type { Audit } from "./audit.ts";
import { createAuditing } from "./auditing.ts";
import type { Bot, Channel, Click, ClickReply, Joined } from "./channel.ts";
import { createClicks } from "./clicks.ts";
import { createDelivery, type Delivery, sendKey } from "./deliver.ts";
import type { Desk } from "./desk.ts";
import type { Exporter } from "./exporter.ts";
import { createExports } from "./exports.ts";
import { faultOf, type Log } from "./log.ts";
import { type Arrival, type ChannelMemory, type Memory, whereOf } from "./memory.ts";
import { createMessages } from "./messages.ts";
import { createOwed } from "./owed.ts";
import { createPace, type Pace } from "./pace.ts";
import { createPresence } from "./presence.ts";
import type { Run } from "./run.ts";
import { createShowAnswer } from "./show-answer.ts";
import { createSpeaking } from "./speaking.ts";
import { createTurnCard } from "./turn-card.ts";
import { within } from "./within.ts";
import { createWork } from "./work.ts";

export interface BotOptions {
  readonly run: Run;
  readonly exporter: Exporter;
  readonly desk: Desk;
  readonly access: Access;
  readonly audit: Audit;
  readonly channels: readonly Channel[];
  readonly memory: Memory & Pick<ChannelMemory, "notes">;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly tracer?: Tracer | undefined;
  readonly pace?: Pace | undefined;
  /** After how long a typed command shows that it is being worked on, milliseconds. */
  readonly patience?: number | undefined;
  /** Within which a click is answered whatever the API does, milliseconds; platforms allow 2 to 3 s, the way there included. */
  readonly clickDeadline?: number | undefined;
  /** After how long a command is given up, milliseconds. */
  readonly deadline?: number | undefined;
  /** After how long a channel that does not answer is not waited for any more, milliseconds. */
  readonly sendDeadline?: number | undefined;
  /** How many commands may be under way at once. */
  readonly limit?: number | undefined;
  /** How many more may wait for their turn. */
  readonly backlog?: number | undefined;
}

export interface RunningBot extends Bot {
  /** Sends what nobody asked for: to the same chats, with the same memory of them. */
  readonly delivery: Delivery;
  /** Takes up what an earlier process left unanswered. */
  start(): void;
  /** Answers what was accepted, takes nothing new, and ends what is not done by the deadline (milliseconds). */
  stop(deadline: number): Promise<void>;
}

/** For how long a reply to a press is kept for a second delivery, milliseconds, and how many; a card can be 100 kB. */
const repliesKept = { ttl: 60_000, max: 500 };
/** How many chats at once are told that there is too much to do; the others are not told. */
const excuses = 100;

/**
 * One pipeline for every channel: receive, drop what was delivered before, read, check what this person may do here, run
 * with a deadline, and answer with a card.
 */
export function createBot(options: BotOptions): RunningBot {
  const { access, memory, clock, log, meter, tracer = noTracer } = options;
  const { patience = 2_000, clickDeadline = 1_500, deadline = 60_000 } = options;
  const channels = new Map(options.channels.map((channel) => [channel.name, channel]));
  const replies = new LRUCache<string, Promise<ClickReply>>({
    ...repliesKept,
    ttlResolution: 0,
    // lru-cache takes a start of 0 for no time to live at all.
    perf: { now: () => clock.elapsed() + 1 },
  });

  const onFault = (error: unknown) => log.error({ fault: faultOf(error) }, "An answer failed by a fault of the bot.");
  const work = createWork({ clock, limit: options.limit ?? 500, backlog: options.backlog ?? 10_000, onFault });
  const excusing = createWork({ clock, limit: excuses, backlog: 0, onFault });
  const pace = options.pace ?? createPace({ clock });
  meter.gauge("work_under_way", work.underWay);
  meter.gauge("work_waiting", work.waiting);

  const presence = createPresence({ chats: memory.chats, clock, log });
  const delivery = createDelivery({
    cards: memory.cards,
    presence,
    clock,
    log,
    meter,
    tracer,
    patience: options.sendDeadline ?? 20_000,
  });
  const auditing = createAuditing({ audit: options.audit, clock, log, meter });
  const { run, desk } = options;
  const answering = createAnswering({ run, desk, access, auditing, clock, log, meter, tracer, deadline });
  const speaking = createSpeaking({ desk: options.desk, clock });
  const showAnswer = createShowAnswer(log, tracer);
  const exports = createExports({ exporter: options.exporter, delivery, notes: memory.notes, clock, log });
  const answerMessage = createMessages({
    answering,
    auditing,
    delivery,
    exports,
    showAnswer,
    pace,
    clock,
    meter,
    patience,
  });
  const { inbox, cards } = memory;
  const owed = createOwed({ inbox, clock, log });
  const turnCard = createTurnCard({ answering, delivery, showAnswer, cards, clock, log });
  const clicks = createClicks({
    access,
    auditing,
    turnCard,
    answerMessage,
    inbox,
    owed,
    pace,
    work,
    clock,
    log,
    meter,
    tracer,
    deadline: clickDeadline,
  });
  const arrivals = createArrivals({ inbox, owed, work, clock, log, meter, tracer, answer, onFull: excuse });

  async function answer(arrival: Arrival, call: ArrivalCall): Promise<boolean> {
    const channel = channelOf(whereOf(arrival).channel);
    if (channel === undefined) {
      return true;
    }
    switch (arrival.kind) {
      case "message":
        presence.seen(arrival.message);
        return answerMessage(channel, await speaking(arrival.message), { ...call, at: arrival.at });
      case "click":
        return clicks.resume(channel, { ...arrival, click: await speaking(arrival.click) }, call.ending);
      case "joined":
        auditing.moved(arrival.joined, "joined", arrival.at);
        return hello(channel, await speaking(arrival.joined));
      case "left":
        auditing.moved(arrival.left, "left", arrival.at);
        await presence.gone(arrival.left, "The bot was taken out of the chat.");
        return true;
    }
  }

  async function hello(channel: Channel, joined: Joined): Promise<boolean> {
    await presence.joined(joined);
    const { chat, user, id, locale } = joined;
    const allowed = grantOf(access, joined).rights.has("query");
    const card = toCard({ kind: "hello", allowed, where: { chat, user } }, locale);
    const sent = await delivery.send(channel, chat, card, { key: sendKey(channel.name, chat, id) });
    return sent.ok || !sent.recoverable;
  }

  function excuse(arrival: Arrival): void {
    const { channel: name, chat, id, locale } = whereOf(arrival);
    const channel = channels.get(name);
    const begun =
      channel !== undefined &&
      excusing.begin(async () => {
        const card = toCard({ kind: "busy", command: undefined }, locale);
        const replyTo = arrival.kind === "message" ? id : undefined;
        await delivery.send(channel, chat, card, { replyTo, key: sendKey(name, chat, id) });
      });
    meter.count("turned_away", { channel: name, reason: "full" });
    log.warn({ channel: name, chat, told: begun === "begun" }, "Too much is under way: a command was not run.");
  }

  function channelOf(name: string): Channel | undefined {
    const channel = channels.get(name);
    if (channel === undefined) {
      log.error({ channel: name }, "Something came from a channel that the bot does not have.");
    }
    return channel;
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

  return {
    delivery,
    receive: (message) => accept({ kind: "message", at: clock.now(), message }),
    joined: (joined) => accept({ kind: "joined", at: clock.now(), joined }),
    left: (left) => accept({ kind: "left", at: clock.now(), left }),
    async click(press: Click) {
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
    start: arrivals.start,
    async stop(limit) {
      await within(clock, limit, arrivals.stop(), undefined);
      await Promise.all([work.drain(limit), excusing.drain(limit)]);
    },
  };
}
