import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { limits } from "../../../adapters/playground/limits.ts";
import { createStreams } from "../../../adapters/playground/link.ts";
import type { Entry } from "../../../adapters/playground/wire.ts";
import { cardOf } from "./fake-bot.ts";
import { chat, createHarness, type Harness } from "./harness.ts";

let at: Harness;
beforeEach(async () => {
  at = await createHarness();
});
afterEach(async () => {
  vi.useRealTimers();
  await at.playground.stop();
});

const titleOf = (entry: Entry) => (entry.kind === "card" ? entry.card.header.title : entry.kind);

describe("the stream of a chat", () => {
  it("begins at once, so that the browser knows that it is open", async () => {
    expect(await (await at.events()).next()).toMatchObject({ comment: "welcome" });
  });

  it("tells every open page of what is sent", async () => {
    const pages = [await at.events(), await at.events()];
    await at.playground.send(chat, cardOf("news"), { key: "k" });
    for (const page of pages) expect(titleOf(await page.entry())).toBe("news");
  });

  it("tells a chat nothing of another", async () => {
    const page = await at.events();
    await at.playground.send(`${chat}x`, cardOf("not for us"), { key: "k" });
    await at.playground.send(chat, cardOf("for us"), { key: "k" });
    expect(titleOf(await page.entry())).toBe("for us");
  });

  it("goes on after the last event that the browser had, with the latest picture of each card", async () => {
    const page = await at.events();
    await at.playground.send(chat, cardOf("one"), { key: "1" });
    const first = await page.entry();
    await page.cancel();
    const sent = await at.playground.send(chat, cardOf("two"), { key: "2" });
    await at.playground.update(chat, sent.ok ? sent.message : "", cardOf("two, changed"));
    await at.playground.send(chat, cardOf("three"), { key: "3" });
    const again = await at.events({ "last-event-id": String(first.changed) }, "&after=0");
    expect([titleOf(await again.entry()), titleOf(await again.entry())]).toEqual(["two, changed", "three"]);
  });

  it("tells everything to a page that comes from the time of an earlier process", async () => {
    await at.playground.send(chat, cardOf("one"), { key: "1" });
    const page = await at.events({ "last-event-id": "9999999999999" });
    expect(titleOf(await page.entry())).toBe("one");
  });

  it("refuses a Last-Event-ID that is none", async () => {
    expect((await at.get(`/playground/events?chat=${chat}`, { "last-event-id": "x" })).status).toBe(400);
  });

  it("gives a sign of life every 15 s", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const own = await createHarness();
    const page = await own.events();
    await page.next();
    vi.advanceTimersByTime(15_000);
    expect(await page.next()).toMatchObject({ comment: "alive" });
    await own.playground.stop();
    expect(await page.next()).toBeUndefined();
  });

  it("of a fifth page takes the place of the oldest, which is told why", async () => {
    const first = await at.events();
    for (let number = 0; number < limits.streamsPerChat; number++) await at.events();
    await first.next();
    expect(await first.next()).toMatchObject({ event: "elsewhere" });
    expect(await first.next()).toBeUndefined();
  });
});

describe("streams", () => {
  it("are forgotten when the browser goes", async () => {
    const streams = createStreams();
    const body = streams.open(chat, []);
    expect(streams.count()).toBe(1);
    await body?.cancel();
    expect(streams.count()).toBe(0);
  });

  it("are bounded over all chats", () => {
    const streams = createStreams();
    for (let number = 0; number < limits.streams; number++) streams.open(`chat${number}`, []);
    expect(streams.open("one more", [])).toBeUndefined();
    streams.close("chat0");
    expect(streams.open("one more", [])).toBeDefined();
  });

  it("cut off a page that does not read", () => {
    const streams = createStreams();
    streams.open(chat, []);
    const entry: Entry = { kind: "person", id: "b1", at: 1, changed: 1, text: "x".repeat(limits.streamBacklog) };
    streams.push(chat, entry);
    expect(streams.count()).toBe(0);
  });
});

describe("quiesce", () => {
  it("refuses what comes with a sentence, and tells and closes the pages that wait for nothing", async () => {
    const page = await at.events();
    await page.next();
    expect(at.playground.connected()).toBe(true);
    await at.playground.quiesce();
    expect(at.playground.connected()).toBe(false);
    expect(await page.next()).toMatchObject({ event: "stopping" });
    expect(await page.next()).toBeUndefined();
    for (const response of [await at.say("b-0000001", "/help"), await at.get(`/playground/events?chat=${chat}`)]) {
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/stopping/) });
    }
    expect(at.bot.messages).toEqual([]);
  });

  it("still brings the answer to a message that was accepted, and closes then", async () => {
    const page = await at.events();
    await at.say("b-0000001", "/help");
    await page.entry();
    await at.playground.quiesce();
    expect(await page.next()).toMatchObject({ event: "stopping" });
    await at.playground.send(chat, cardOf("the answer"), { key: "k", replyTo: "b-0000001" });
    expect(titleOf(await page.entry())).toBe("the answer");
    expect(await page.next()).toBeUndefined();
  });

  it("stop closes what still waits", async () => {
    const page = await at.events();
    await at.say("b-0000001", "/help");
    await page.entry();
    await at.playground.quiesce();
    await at.playground.stop();
    expect(await page.next()).toMatchObject({ event: "stopping" });
    expect(await page.next()).toBeUndefined();
  });
});
