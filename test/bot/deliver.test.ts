import { describe, expect, test } from "vitest";
import { createDelivery, sendKey } from "../../src/bot/deliver.ts";
import { createPresence } from "../../src/bot/presence.ts";
import { toCard } from "../../src/cards/index.ts";
import { noTracer } from "../../src/telemetry/index.ts";
import { createCountingMeter } from "../counting-meter.ts";
import { createManualClock } from "../manual-clock.ts";
import { createPlainMemory } from "./memory.ts";
import { createRecordingChannel, createRecordingLog } from "./rig.ts";

const card = toCard(
  { kind: "missing", command: { kind: "show", target: "words-of-card" }, target: "words-of-card" },
  "en",
);

function rigOf() {
  const clock = createManualClock();
  const log = createRecordingLog();
  const channel = createRecordingChannel();
  const memory = createPlainMemory();
  const { meter, counted } = createCountingMeter();
  const delivery = createDelivery({
    cards: memory.cards,
    presence: createPresence({ chats: memory.chats, clock, log }),
    clock,
    log,
    meter,
    tracer: noTracer,
    patience: 20_000,
  });
  return { clock, log, channel, memory, counted, delivery };
}

describe("a delivery", () => {
  test("that works is not logged", async () => {
    const { delivery, channel, log } = rigOf();
    expect(await delivery.send(channel, "chat", card, { key: "k" })).toEqual({ ok: true, message: "sent-1" });
    expect(log.lines).toEqual([]);
  });

  test("that a channel refuses is logged with the reason and without the card", async () => {
    const { delivery, channel, log } = rigOf();
    channel.answer = () => ({ ok: false, recoverable: false, reason: "no such chat" });
    expect(await delivery.update(channel, "chat", "m", card)).toMatchObject({ ok: false, reason: "no such chat" });
    expect(log.lines).toMatchObject([{ level: "warn", fields: { channel: "lark", reason: "no such chat" } }]);
    expect(JSON.stringify(log.lines)).not.toContain("words-of-card");
  });

  test("that a channel throws at does not throw, and is logged without the card", async () => {
    const { delivery, channel, log } = rigOf();
    channel.answer = () => Promise.reject(Object.assign(new Error("broken pipe"), { data: JSON.stringify(card) }));
    expect(await delivery.send(channel, "chat", card, { key: "k" })).toMatchObject({ ok: false });
    expect(log.lines).toMatchObject([{ level: "error", fields: { fault: { message: "broken pipe" } } }]);
    expect(JSON.stringify(log.lines)).not.toContain("words-of-card");
  });

  test("that a channel never answers is not waited for without end", async () => {
    const { delivery, channel, clock, log } = rigOf();
    channel.answer = () => new Promise(() => {});
    const sent = delivery.send(channel, "chat", card, { key: "k" });
    await clock.advance(20_000);
    expect(await sent).toMatchObject({ ok: false, recoverable: true });
    expect(log.lines).toHaveLength(1);
    expect(clock.sleeping()).toBe(0);
  });
});

test("the key of a send is the same for the same, another for another, and short whatever the ids", () => {
  expect(sendKey("lark", "chat", "m")).toBe(sendKey("lark", "chat", "m"));
  expect(sendKey("lark", "chat", "m")).not.toBe(sendKey("lark", "chatm", ""));
  expect(sendKey("x".repeat(500))).toMatch(/^[A-Za-z0-9_-]{1,50}$/);
});
