import { beforeEach, describe, expect, test } from "vitest";
import { createDelivery } from "../../src/bot/deliver.ts";
import type { Message, Sent } from "../../src/bot/index.ts";
import { createPresence } from "../../src/bot/presence.ts";
import { createReply, type Reply } from "../../src/bot/reply.ts";
import { type Card, toCard } from "../../src/cards/index.ts";
import { noMeter, noTracer } from "../../src/telemetry/index.ts";
import { createManualClock, type ManualClock, settle } from "../manual-clock.ts";
import { createPlainMemory } from "./memory.ts";
import { createRecordingChannel, createRecordingLog, type RecordingChannel, type Shown } from "./rig.ts";

const cardOf = (target: string): Card => toCard({ kind: "missing", command: { kind: "show", target }, target }, "en");

let channel: RecordingChannel;
let clock: ManualClock;
let ending: AbortController;
let reply: Reply;

beforeEach(() => {
  channel = createRecordingChannel();
  clock = createManualClock();
  ending = new AbortController();
  reply = replyOf({ resumed: false });
});

function replyOf({ resumed }: { readonly resumed: boolean }): Reply {
  const { cards, chats } = createPlainMemory();
  const log = createRecordingLog();
  const presence = createPresence({ chats, clock, log });
  const delivery = createDelivery({ cards, presence, clock, log, meter: noMeter, tracer: noTracer, patience: 20_000 });
  const message: Message = {
    ...{ channel: "lark", chat: "chat-1", user: "u", id: "m-1", text: "", writtenAt: 0, locale: "en" },
  };
  return createReply({ delivery, clock, channel, message, resumed, ending: ending.signal });
}

const history = () => channel.shown.map(({ act, message, card }) => [act, message, card.command?.split(" ").at(-1)]);

/** A channel that answers when the test says so. */
function held() {
  const waiting: ((sent?: Sent) => void)[] = [];
  channel.answer = (shown: Shown) =>
    new Promise((resolve) => waiting.push((sent) => resolve(sent ?? { ok: true, message: shown.message })));
  return waiting;
}

describe("the message that answers a message", () => {
  test("is sent once, as an answer to it", async () => {
    await reply.finish(cardOf("answer"));
    expect(channel.shown).toMatchObject([{ act: "send", chat: "chat-1", replyTo: "m-1" }]);
  });

  test("is changed by what comes later", async () => {
    reply.show(cardOf("working"));
    await settle();
    await reply.finish(cardOf("answer"));
    expect(history()).toEqual([
      ["send", "sent-1", "working"],
      ["update", "sent-1", "answer"],
    ]);
  });

  test("is changed one at a time, and what was overtaken is left out", async () => {
    const waiting = held();
    reply.show(cardOf("first"));
    reply.show(cardOf("second"));
    reply.show(cardOf("third"));
    const finished = reply.finish(cardOf("answer"));
    await settle();
    expect(history()).toEqual([["send", "sent-1", "first"]]);
    waiting[0]?.();
    await settle();
    waiting[1]?.();
    await finished;
    expect(history()).toEqual([
      ["send", "sent-1", "first"],
      ["update", "sent-1", "answer"],
    ]);
  });

  test("is sent with the answer when it could not be sent before, by the same key", async () => {
    channel.answer = () => ({ ok: false, recoverable: true, reason: "busy" });
    reply.show(cardOf("working"));
    await settle();
    channel.answer = ({ message }) => ({ ok: true, message });
    await reply.finish(cardOf("answer"));
    // The first one may have arrived after all: then the second was taken for the same, and has to be changed.
    expect(history()).toEqual([
      ["send", "sent-1", "working"],
      ["send", "sent-2", "answer"],
      ["update", "sent-2", "answer"],
    ]);
    expect(channel.shown[0]?.key).toBe(channel.shown[1]?.key);
  });

  test("is sent anew, by another key, where it cannot be changed into the answer", async () => {
    reply.show(cardOf("working"));
    await settle();
    channel.answer = ({ act, message }) =>
      act === "update" ? { ok: false, recoverable: false, reason: "too old" } : { ok: true, message };
    await reply.finish(cardOf("answer"));
    expect(history()).toEqual([
      ["send", "sent-1", "working"],
      ["update", "sent-1", "answer"],
      ["send", "sent-2", "answer"],
    ]);
    expect(channel.shown[2]?.key).not.toBe(channel.shown[0]?.key);
  });
});
