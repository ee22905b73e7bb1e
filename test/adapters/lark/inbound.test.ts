import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Card } from "../../../src/cards/index.ts";
import { botId, clickOf, createInboundRig, envelopeOf, mentionOf, messageOf, writtenAt } from "./inbound-rig.ts";

const done = { accepted: true, body: {} };
const bot = mentionOf(1, botId, "Deskhand");
const lina = mentionOf(2, "ou_lina", "Li Na");
const inGroup = (text: string, mentions: readonly object[] = [], about: object = {}) =>
  messageOf(text, { message: { chat_type: "group", mentions, ...about } });

describe("a message", () => {
  it("reaches the bot with its own id, its writer and its moment", async () => {
    const at = createInboundRig();
    expect(await at.handle(messageOf("/runtimes status=Running"))).toEqual(done);
    expect(at.messages).toEqual([
      {
        channel: "lark",
        chat: "oc_1",
        user: "ou_writer",
        id: "om_1",
        text: "/runtimes status=Running",
        inThread: false,
        writtenAt,
        locale: "en",
      },
    ]);
  });

  it("that comes in two events has the same id in both", async () => {
    const at = createInboundRig();
    await at.handle(messageOf("/help"));
    await at.handle({ ...messageOf("/help"), header: { ...messageOf("").header, event_id: "ev-2" } });
    expect(at.messages.map(({ id }) => id)).toEqual(["om_1", "om_1"]);
  });

  it("in Chinese comes with that language", async () => {
    const at = createInboundRig();
    await at.handle(messageOf("/运行时"));
    expect(at.messages[0]?.locale).toBe("zh");
  });

  it.each([
    ["in a thread", { chat_type: "group", thread_id: "omt_1" }, true],
    ["in a group of topics", { chat_type: "topic_group" }, true],
    ["that answers another outside of a thread", { chat_type: "group", root_id: "om_0", parent_id: "om_0" }, false],
  ])("%s is told so", async (_, about, inThread) => {
    const at = createInboundRig();
    await at.handle(messageOf("/help", { message: about }));
    expect(at.messages[0]?.inThread).toBe(inThread);
  });

  it("that the bot does not accept is left for another delivery", async () => {
    const at = createInboundRig();
    at.accepts = false;
    expect(await at.handle(messageOf("/help"))).toEqual({ accepted: false });
  });

  it.each([
    ["an app", { sender: { sender_type: "app", sender_id: null } }, "sender"],
    ["a bot", { sender: { sender_type: "bot" } }, "sender"],
    ["the system", { message: { message_type: "system" } }, "system"],
  ])("of %s is acknowledged and not read", async (_, about, reason) => {
    const at = createInboundRig();
    expect(await at.handle(messageOf("/help", about))).toEqual(done);
    expect(at.messages).toEqual([]);
    expect(at.counted).toEqual([`lark_ignored ${reason}`]);
  });
});

describe("in a 1:1 chat", () => {
  it.each(["hello", "", "?", "@_all hello"])("%j reaches the bot", async (text) => {
    const at = createInboundRig();
    await at.handle(messageOf(text));
    expect(at.messages.map((message) => message.text)).toEqual([text.replace("@_all", "@all")]);
  });

  it("a picture reaches the bot as an empty text", async () => {
    const at = createInboundRig();
    await at.handle(messageOf("", { message: { message_type: "image", content: '{"image_key":"img_1"}' } }));
    expect(at.messages.map(({ text }) => text)).toEqual([""]);
  });
});

describe("in a group", () => {
  it.each([
    ["a mention of the bot", inGroup("@_user_1 hello", [bot]), "hello"],
    ["a mention of the bot after somebody else's", inGroup("@_user_2 @_user_1 hi", [bot, lina]), "@Li_Na  hi"],
    ["nothing but a mention", inGroup("@_user_1", [bot]), ""],
    ["a command", inGroup("/runtimes"), "/runtimes"],
    ["a command in full-width form", inGroup("／运行时"), "／运行时"],
    ["a command that names somebody", inGroup("/runtimes user=@_user_2", [lina]), "/runtimes user=@Li_Na"],
    ["a picture with a mention", inGroup("", [bot], { message_type: "image", content: "{}" }), ""],
  ])("%s reaches the bot", async (_, message, text) => {
    const at = createInboundRig();
    expect(await at.handle(message)).toEqual(done);
    expect(at.messages.map((one) => one.text)).toEqual([text]);
  });

  it.each([
    ["talk", inGroup("what is /runtimes?")],
    ["a lone question mark", inGroup("?")],
    ["a mention of somebody else", inGroup("@_user_2 hello", [lina])],
    ["a command to somebody else", inGroup("@_user_2 /runtimes", [lina])],
    ["a command to somebody whose name has no blank", inGroup("@_user_2 /help", [mentionOf(2, "ou_2", "Lina")])],
    ["a command to everyone", inGroup("@_all /runtimes")],
    ["a mention of everyone", inGroup("@_all", [{ key: "@_all", id: { open_id: botId }, name: "all" }])],
    ["a picture", inGroup("", [], { message_type: "image", content: "{}" })],
    ["talk in a kind of chat that is not known", inGroup("hello", [], { chat_type: "newer" })],
  ])("%s does not reach the bot", async (_, message) => {
    const at = createInboundRig();
    expect(await at.handle(message)).toEqual(done);
    expect(at.messages).toEqual([]);
    expect(at.counted).toEqual(["lark_ignored talk"]);
  });

  it("any mention may be the bot's while its own id is not known", async () => {
    const at = createInboundRig({ botOpenId: undefined });
    await at.handle(inGroup("@_user_1 hello", [bot]));
    expect(at.messages.map(({ text }) => text)).toEqual(["hello"]);
  });
});

describe("a press", () => {
  const value = { deskhand: 1, command: "/runtimes page=2", locale: "zh" };

  it("reaches the bot with the event's id, the card's message and the command of the button", async () => {
    const at = createInboundRig();
    await at.handle(clickOf({ value }));
    expect(at.clicks).toEqual([
      {
        channel: "lark",
        chat: "oc_1",
        user: "ou_presser",
        id: "ev-click",
        message: "om_card",
        text: "/runtimes page=2",
        locale: "zh",
      },
    ]);
  });

  it("on a picker runs the option that was chosen", async () => {
    const at = createInboundRig();
    const action = { tag: "select_static", value: { deskhand: 1, locale: "en" }, option: "/runtimes status=Stopped" };
    await at.handle(clickOf(action));
    expect(at.clicks).toMatchObject([{ text: "/runtimes status=Stopped", locale: "en" }]);
  });

  it("on a card that does not say its language has the one of everybody", async () => {
    const at = createInboundRig();
    await at.handle(clickOf({ value: { deskhand: 1, command: "/help" } }));
    expect(at.clicks[0]?.locale).toBe("en");
  });

  const card: Card = { header: { title: "T", colour: "blue", tags: [] }, blocks: [], command: undefined, locale: "en" };
  it.each([
    [{ kind: "card", card }, { card: { type: "raw", data: { rendered: "T" } } }],
    [{ kind: "later", text: "Wait." }, { toast: { type: "info", content: "Wait." } }],
    [{ kind: "toast", text: "Good.", colour: "green" }, { toast: { type: "success", content: "Good." } }],
    [{ kind: "toast", text: "No.", colour: "orange" }, { toast: { type: "warning", content: "No." } }],
    [{ kind: "toast", text: "Bad.", colour: "red" }, { toast: { type: "error", content: "Bad." } }],
  ] as const)("that the bot answers with %j is answered with %j", async (reply, body) => {
    const at = createInboundRig();
    at.reply = reply;
    expect(await at.handle(clickOf({ value }))).toEqual({ accepted: true, body });
  });

  it.each([
    ["nothing", {}],
    ["text", { value: "/runtimes" }],
    ["somebody else's value", { value: { command: "/runtimes" } }],
    ["a later version's value", { value: { ...value, deskhand: 2 } }],
    ["a command that is too long", { value: { ...value, command: "x".repeat(20_001) } }],
    ["an option that is too long", { value: { deskhand: 1 }, option: "x".repeat(20_001) }],
    ["an option that is no text", { value: { deskhand: 1 }, option: ["/runtimes"] }],
    ["somebody else's option", { option: "/runtimes" }],
  ])("on something that carries %s is told that it is not the bot's", async (_, action) => {
    const at = createInboundRig();
    const content = expect.stringContaining("not one of mine");
    expect(await at.handle(clickOf(action))).toEqual({ accepted: true, body: { toast: { type: "warning", content } } });
    expect(at.clicks).toEqual([]);
    expect(at.counted).toEqual(["lark_refused button"]);
  });
});

describe("a chat", () => {
  it("that the bot was added to is told to the bot, with who added it", async () => {
    const at = createInboundRig();
    const event = { chat_id: "oc_2", operator_id: { open_id: "ou_adder" }, external: false, name: "Ops" };
    expect(await at.handle(envelopeOf("im.chat.member.bot.added_v1", event))).toEqual(done);
    expect(at.joined).toEqual([{ channel: "lark", chat: "oc_2", user: "ou_adder", id: "ev-1", locale: "en" }]);
  });

  it("that the bot was taken out of is told to the bot", async () => {
    const at = createInboundRig();
    expect(await at.handle(envelopeOf("im.chat.member.bot.deleted_v1", { chat_id: "oc_2" }))).toEqual(done);
    expect(at.left).toMatchObject([{ channel: "lark", chat: "oc_2", id: "ev-1" }]);
  });

  it.each(["added", "deleted"])("is told again when the bot did not accept that it was %s", async (what) => {
    const at = createInboundRig();
    at.accepts = false;
    const event = { chat_id: "oc_2", operator_id: { open_id: "ou_adder" } };
    expect(await at.handle(envelopeOf(`im.chat.member.bot.${what}_v1`, event))).toEqual({ accepted: false });
  });
});

describe("what cannot be read", () => {
  it.each([
    ["envelope", null],
    ["envelope", "text"],
    ["envelope", { schema: "1.0" }],
    ["app", { ...messageOf("/help"), header: { ...messageOf("").header, app_id: "cli_other" } }],
    ["message", envelopeOf("im.message.receive_v1", undefined)],
    ["message", messageOf("/help", { sender: { sender_id: {} } })],
    ["message", messageOf("/help", { message: { message_id: "om\n1" } })],
    ["content", messageOf("/help", { message: { content: "/help" } })],
    ["callback", envelopeOf("card.action.trigger", {})],
    ["added", envelopeOf("im.chat.member.bot.added_v1", [])],
    ["deleted", envelopeOf("im.chat.member.bot.deleted_v1", { chat_id: 7 })],
  ])("(%s) is acknowledged, counted, and logged without its content: %j", async (reason, envelope) => {
    const at = createInboundRig();
    expect(await at.handle(envelope)).toEqual(done);
    expect(at.counted).toEqual([`lark_refused ${reason}`]);
    expect(at.lines.map(({ fields }) => fields)).toEqual([{ reason, sinceLastLine: 1 }]);
    expect([at.messages, at.clicks, at.joined, at.left].flat()).toEqual([]);
  });

  it("does not fill the log: one line a minute says how often it came", async () => {
    const at = createInboundRig();
    for (let times = 0; times < 50; times += 1) await at.handle(null);
    at.time = 60_000;
    await at.handle(null);
    expect(at.counted).toHaveLength(51);
    expect(at.lines.map(({ fields }) => fields)).toMatchObject([{ sinceLastLine: 1 }, { sinceLastLine: 50 }]);
  });
});

it("an event without an app id is taken", async () => {
  const at = createInboundRig();
  for (const app_id of [undefined, null, ""]) {
    await at.handle({ ...messageOf("/help"), header: { ...messageOf("").header, app_id } });
  }
  expect(at.messages).toHaveLength(3);
});

it("an event of a kind that nobody asked for is acknowledged", async () => {
  const at = createInboundRig();
  expect(await at.handle(envelopeOf("im.message.message_read_v1", { any: "thing" }))).toEqual(done);
  expect(at.counted).toEqual(["lark_ignored type"]);
});

it("a fault of the bot leaves the event for another delivery", async () => {
  const at = createInboundRig();
  at.fails = true;
  for (const envelope of [messageOf("/help"), clickOf({ value: { deskhand: 1, command: "/help" } })]) {
    expect(await at.handle(envelope)).toEqual({ accepted: false });
  }
  expect(at.counted).toEqual(["lark_refused fault", "lark_refused fault"]);
});

it("anything at all is answered, and nothing that was delivered stands in the log", async () => {
  const type = fc.constantFrom(
    "im.message.receive_v1",
    "card.action.trigger",
    "im.chat.member.bot.added_v1",
    "im.chat.member.bot.deleted_v1",
  );
  const message = fc.record({ message: fc.anything(), sender: fc.anything() });
  const action = fc.record({ action: fc.anything(), operator: fc.anything(), context: fc.anything() });
  const delivered = fc.oneof(
    fc.anything(),
    fc.jsonValue(),
    fc.tuple(type, fc.oneof(fc.anything(), message, action)).map(([kind, event]) => envelopeOf(kind, event)),
    fc
      .dictionary(fc.constantFrom("message_id", "content", "mentions", "chat_type", "thread_id"), fc.anything())
      .map((about) => messageOf("/help", { message: about })),
    fc.record({ value: fc.anything(), option: fc.anything() }).map((about) => clickOf(about)),
  );
  await fc.assert(
    fc.asyncProperty(delivered, async (envelope) => {
      const at = createInboundRig();
      expect(await at.handle(envelope)).toMatchObject({ accepted: true, body: expect.any(Object) });
      for (const { fields } of at.lines) expect(Object.keys(fields)).toEqual(["reason", "sinceLastLine"]);
    }),
  );
});
