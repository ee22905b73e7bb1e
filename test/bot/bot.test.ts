import { describe, expect, test } from "vitest";
import { settle } from "../manual-clock.ts";
import { createRig, listAnswer, titlesOf } from "./rig.ts";

describe("a second delivery", () => {
  test("of a message is accepted and not answered", async () => {
    const { write, fake, channel } = createRig();
    fake.answerAll(listAnswer);
    expect(await write("/runtimes", { id: "same" })).toBe(true);
    expect(await write("/runtimes", { id: "same" })).toBe(true);
    expect([fake.asked.length, channel.shown.length]).toEqual([1, 1]);
  });

  test("of a message while the first is under way is not answered either", async () => {
    const { bot, fake, clock } = createRig();
    const message = {
      ...{ channel: "lark", chat: "c", user: "u", id: "same", text: "/runtimes" },
      ...{ writtenAt: clock.now(), locale: "en" as const },
    };
    await Promise.all([bot.receive(message), bot.receive(message)]);
    expect(fake.asked).toHaveLength(1);
  });

  test("is told by the id within the chat: another chat's message of the same id is another message", async () => {
    const { write, fake } = createRig();
    await write("/runtimes", { id: "same", chat: "chat-1" });
    await write("/runtimes", { id: "same", chat: "chat-2" });
    expect(fake.asked).toHaveLength(2);
  });

  test("of a press gets the same reply, and nothing is run again", async () => {
    const { press, fake } = createRig();
    const [first, second] = [press("/runtimes page=2", { id: "same" }), press("/runtimes page=2", { id: "same" })];
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    expect(await second.reply).toBe(await first.reply);
    expect(await press("/runtimes page=2", { id: "same" }).reply).toBe(await first.reply);
    expect(fake.asked).toHaveLength(1);
  });

  test("of a press that was told to wait is told the same, and one update follows", async () => {
    const { press, fake, clock, channel } = createRig();
    const first = press("/runtimes page=2", { id: "same" });
    await clock.advance(1_800);
    expect(await press("/runtimes page=2", { id: "same" }).reply).toBe(await first.reply);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    expect(channel.shown).toHaveLength(1);
  });

  test("of a press by somebody else is somebody else's press: nobody gets an answer that was not meant for them", async () => {
    const { press, fake } = createRig({
      access: {
        default: "deny",
        rules: [{ channel: "*", chats: undefined, users: ["ann"], allow: ["query"], scope: {}, show: "full" }],
      },
    });
    fake.answerAll(listAnswer);
    expect(await press("/runtimes", { id: "same", user: "ann" }).reply).toMatchObject({ kind: "card" });
    expect(await press("/runtimes", { id: "same", user: "bob" }).reply).toMatchObject({ kind: "toast" });
  });

  test("of a press long after it was answered is not run again, though its card is forgotten", async () => {
    const { press, fake } = createRig();
    fake.answerAll(listAnswer);
    await press("/runtimes", { id: "same" }).reply;
    for (let index = 0; index < 500; index += 1) {
      await press("/runtimes", { id: `other-${index}` }).reply;
    }
    const before = fake.asked.length;
    expect(await press("/runtimes", { id: "same" }).reply).toEqual({
      kind: "toast",
      text: "This was answered already.",
      colour: "orange",
    });
    expect(fake.asked).toHaveLength(before);
  });

  test("after eight hours is a new message", async () => {
    const { write, fake, clock } = createRig();
    fake.answerAll(listAnswer);
    await write("/runtimes", { id: "same" });
    await clock.advance(8 * 3_600_000 - 1);
    await write("/runtimes", { id: "same" });
    expect(fake.asked).toHaveLength(1);
    await clock.advance(2);
    await write("/runtimes", { id: "same" });
    expect(fake.asked).toHaveLength(2);
  });
});

describe("too much at once", () => {
  test("is told to those who come then, once each, and what is under way goes on", async () => {
    const { write, fake, channel } = createRig({ limit: 2 });
    await write("/runtimes");
    await write("/runtimes");
    expect(await write("/runtimes", { id: "third" })).toBe(true);
    await write("/runtimes", { id: "third" });
    expect(titlesOf(channel)).toEqual(["send: Busy"]);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    await write("/runtimes");
    expect(fake.asked).toHaveLength(3);
  });

  test("does not become more by telling it: what a slow channel cannot take is left out and logged", async () => {
    const { write, channel, log } = createRig({ limit: 1 });
    channel.answer = () => new Promise(() => {});
    for (let index = 0; index < 120; index += 1) {
      expect(await write("/runtimes")).toBe(true);
    }
    expect(channel.shown).toHaveLength(100);
    expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(119);
  });

  test("is no fault of the bot when the channel breaks at the excuse", async () => {
    const { write, channel } = createRig({ limit: 1 });
    channel.answer = () => Promise.reject(new Error("broken pipe"));
    await write("/runtimes");
    expect(await write("/runtimes")).toBe(true);
  });
});

describe("what comes from a channel that the bot does not have", () => {
  test("is logged and does nothing", async () => {
    const { write, press, fake, log } = createRig();
    await write("/runtimes", { channel: "elsewhere" });
    expect(await press("/runtimes", { channel: "elsewhere" }).reply).toMatchObject({ kind: "toast" });
    expect(fake.asked).toEqual([]);
    expect(log.lines.map(({ level }) => level)).toEqual(["error", "error"]);
  });
});

describe("stopping", () => {
  test("answers what was accepted, and is done as soon as that is", async () => {
    const { bot, write, press, fake, channel, clock } = createRig();
    await write("/runtimes");
    const pressed = press("/runtimes page=2");
    const stopped = bot.stop(10_000);
    await clock.advance(1_000);
    for (const asked of fake.asked) {
      asked.answer(listAnswer(asked.command));
    }
    await stopped;
    expect(titlesOf(channel)).toEqual(["send: Agent runtimes"]);
    expect(await pressed.reply).toMatchObject({ kind: "card" });
    expect(clock.sleeping()).toBe(0);
  });

  test("waits for the late update of a press", async () => {
    const { bot, press, fake, channel, clock } = createRig();
    const pressed = press("/runtimes page=2");
    const stopped = bot.stop(10_000);
    await clock.advance(5_000);
    expect(await pressed.reply).toMatchObject({ kind: "later" });
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await stopped;
    expect(titlesOf(channel)).toEqual(["update: Agent runtimes"]);
  });

  test("ends what is too slow by its deadline, and tells the chat", async () => {
    const { bot, write, press, fake, channel, clock } = createRig();
    await write("/runtimes");
    press("/runtimes page=2");
    for (const asked of fake.asked) {
      const failure = { kind: "stopped", attempts: 1 } as const;
      const none = {
        code: undefined,
        detail: undefined,
        requestId: undefined,
        action: undefined,
        principal: undefined,
      };
      asked.call.signal.addEventListener("abort", () =>
        asked.answer({ kind: "failure", command: asked.command, failure: { ...none, ...failure } }),
      );
    }
    const stopped = bot.stop(10_000);
    await clock.advance(10_000);
    await stopped;
    expect(titlesOf(channel)).toEqual([
      "send: One moment",
      "update: No answer from the fleet",
      "update: No answer from the fleet",
    ]);
    expect(clock.sleeping()).toBe(0);
  });

  test("does not wait without end for a command or a channel that does not end", async () => {
    const { bot, write, channel, clock } = createRig();
    await write("/runtimes");
    channel.answer = () => new Promise(() => {});
    const stopped = bot.stop(10_000);
    await clock.advance(12_000);
    await stopped;
  });

  test("takes nothing new: a message is left to be delivered again, a press gets a word", async () => {
    const { bot, write, press, fake, channel } = createRig();
    await bot.stop(10_000);
    expect(await write("/runtimes", { id: "kept" })).toBe(false);
    expect(await press("/runtimes").reply).toMatchObject({ kind: "toast", text: expect.stringContaining("restarted") });
    expect([fake.asked, channel.shown]).toEqual([[], []]);
  });
});

test("a channel that breaks at every card leaves a bot that works", async () => {
  const { write, fake, channel, log } = createRig();
  fake.answerAll(listAnswer);
  channel.answer = () => Promise.reject(Object.assign(new Error("broken pipe"), { card: "agent-1" }));
  await write("/runtimes");
  await write("/runtimes");
  expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(2);
  expect(JSON.stringify(log.lines)).not.toContain("agent-1");
  channel.answer = ({ message }) => ({ ok: true, message });
  await write("/runtimes");
  expect(titlesOf(channel)).toHaveLength(3);
});
