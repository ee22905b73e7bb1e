import { beforeEach, describe, expect, it } from "vitest";
import { cardOf } from "./fake-bot.ts";
import { chat, createHarness, type Harness } from "./harness.ts";

let at: Harness;
beforeEach(async () => {
  at = await createHarness();
});

describe("a typed message", () => {
  it("reaches the bot as it was typed, with the browser's id and the reader's language", async () => {
    at.clock.time = 42_000;
    const response = await at.post("/playground/messages", {
      chat,
      id: "b-0000001",
      text: "  /runtimes\n",
      locale: "zh",
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ message: "b-0000001" });
    expect(at.bot.messages).toEqual([
      {
        channel: "playground",
        chat,
        user: chat,
        id: "b-0000001",
        text: "  /runtimes\n",
        writtenAt: 42_000,
        locale: "zh",
      },
    ]);
  });

  it("stands once in the chat when it is posted twice, and the bot is told of both deliveries", async () => {
    await at.say("b-0000001", "/help");
    await at.say("b-0000001", "/help");
    expect(await at.history()).toHaveLength(1);
    expect(at.bot.messages.map(({ id }) => id)).toEqual(["b-0000001", "b-0000001"]);
  });

  it("of 100 kB reaches the bot whole", async () => {
    const text = "x".repeat(100 * 1024);
    expect((await at.say("b-0000001", text)).status).toBe(202);
    expect(at.bot.messages[0]?.text).toHaveLength(text.length);
  });

  it("of more than 256 kB is refused with a sentence", async () => {
    const response = await at.say("b-0000001", "x".repeat(257 * 1024));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: expect.stringContaining("too long") });
    expect(at.bot.messages).toEqual([]);
  });
});

describe("a press", () => {
  const press = (message: string, text = "/runtimes page=2") =>
    at.post("/playground/clicks", { chat, id: "c-0000001", message, text, locale: "en" });
  const sendCard = async () => {
    const sent = await at.playground.send(chat, cardOf("Page 1"), { key: "k1" });
    return sent.ok ? sent.message : "";
  };

  it("reaches the bot with the card that was pressed", async () => {
    const message = await sendCard();
    await press(message);
    expect(at.bot.clicks).toEqual([
      {
        ...{ channel: "playground", chat, user: chat, id: "c-0000001", message },
        ...{ text: "/runtimes page=2", locale: "en" },
      },
    ]);
  });

  it("that is answered with a card changes the same message for everyone", async () => {
    const message = await sendCard();
    const other = await at.events({}, "&after=99999999999");
    at.bot.onClick = () => ({ kind: "card", card: cardOf("Page 2") });
    const response = await press(message);
    expect(await response.json()).toMatchObject({
      kind: "card",
      entry: { id: message, card: { header: { title: "Page 2" } } },
    });
    const seen = [await other.entry(), await other.entry()];
    expect(seen.map((entry) => entry.kind === "card" && entry.card.header.title)).toEqual(["Page 1", "Page 2"]);
    expect(await at.history()).toHaveLength(1);
  });

  it("that is answered later marks the card as busy until its update", async () => {
    const message = await sendCard();
    at.bot.onClick = () => ({ kind: "later", text: "Asking the API…" });
    expect(await (await press(message)).json()).toEqual({ kind: "later", text: "Asking the API…" });
    expect(await at.history()).toMatchObject([{ id: message, busy: "Asking the API…" }]);
    await at.playground.update(chat, message, cardOf("Page 2"));
    const [entry] = await at.history();
    expect(entry).not.toHaveProperty("busy");
  });

  it("whose update came before the word that it comes later leaves the card ready", async () => {
    const message = await sendCard();
    at.bot.onClick = async () => {
      await at.playground.update(chat, message, cardOf("Page 2"));
      return { kind: "later", text: "Asking the API…" };
    };
    await press(message);
    const [entry] = await at.history();
    expect(entry).toMatchObject({ card: { header: { title: "Page 2" } } });
    expect(entry).not.toHaveProperty("busy");
  });

  it("that is answered with a word leaves the card as it is", async () => {
    const message = await sendCard();
    expect(await (await press(message)).json()).toEqual({ kind: "toast", text: "Nothing happens.", colour: "orange" });
    expect(await at.history()).toMatchObject([{ card: { header: { title: "Page 1" } } }]);
  });

  it("on a card that an earlier process sent still works", async () => {
    at.bot.onClick = () => ({ kind: "card", card: cardOf("Page 2") });
    expect((await press("m-of-yesterday")).status).toBe(200);
    expect(await at.history()).toMatchObject([{ id: "m-of-yesterday", card: { header: { title: "Page 2" } } }]);
  });
});

describe("a body that is not as it should be is refused with a sentence, and the bot hears nothing", () => {
  const message = { chat, id: "b-0000001", text: "/help", locale: "en" };
  const cases: readonly (readonly [string, string, unknown])[] = [
    ["no JSON", "/playground/messages", "{"],
    ["no object", "/playground/messages", "null"],
    ["a chat of another channel", "/playground/messages", { ...message, chat: "oc_1234" }],
    ["an id that is too short", "/playground/messages", { ...message, id: "b" }],
    ["an id with a line break", "/playground/messages", { ...message, id: "b-0000001\n" }],
    ["an empty text", "/playground/messages", { ...message, text: " \n" }],
    ["a text that is a number", "/playground/messages", { ...message, text: 1 }],
    ["an unknown language", "/playground/messages", { ...message, locale: "xx" }],
    ["no message to press", "/playground/clicks", message],
    ["a person's message to press", "/playground/clicks", { ...message, message: "b-0000002" }],
    ["an empty command", "/playground/clicks", { ...message, message: "m1", text: "" }],
    ["a cursor before the text", "/playground/complete", { text: "/", cursor: -1, locale: "en" }],
  ];
  it.each(cases)("%s", async (_, path, body) => {
    const response = await at.post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^[A-Z].+\.$/) });
    expect([...at.bot.messages, ...at.bot.clicks]).toEqual([]);
    expect(await at.history()).toEqual([]);
  });
});

describe("completion", () => {
  it("answers how to go on", async () => {
    const response = await at.post("/playground/complete", { text: "/run", cursor: 99, locale: "en" });
    expect(await response.json()).toEqual({
      completions: [{ start: 0, end: 4, insert: "/run!", label: "/run!", kind: "command", detail: "" }],
    });
  });

  it("has nothing to say to a very long text", async () => {
    const response = await at.post("/playground/complete", { text: "x".repeat(50_000), cursor: 1, locale: "en" });
    expect(await response.json()).toEqual({ completions: [] });
  });
});

describe("what is not there", () => {
  it("is a sentence in JSON, and the routes of others are left alone", async () => {
    const response = await at.get("/playground/nothing");
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: "There is nothing here." });
    expect((await at.get("/healthz", { host: "elsewhere.example" })).headers.get("content-security-policy")).toBeNull();
  });

  it("a bot that breaks its promise not to throw is a sentence, too", async () => {
    at.bot.onMessage = () => Promise.reject(new Error("secret detail"));
    const response = await at.say("b-0000001", "/help");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
  });
});
