import { describe, expect, test } from "vitest";
import { createPace } from "../../src/bot/pace.ts";
import { createManualClock, settle } from "../manual-clock.ts";
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
    const [first, second] = [
      await press("/runtimes page=2", { id: "same" }),
      await press("/runtimes page=2", { id: "same" }),
    ];
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    expect(await second.reply).toBe(await first.reply);
    expect(await (await press("/runtimes page=2", { id: "same" })).reply).toBe(await first.reply);
    expect(fake.asked).toHaveLength(1);
  });

  test("of a press that was told to wait is told the same, and one update follows", async () => {
    const { press, fake, clock, channel } = createRig();
    const first = await press("/runtimes page=2", { id: "same" });
    await clock.advance(1_800);
    expect(await (await press("/runtimes page=2", { id: "same" })).reply).toBe(await first.reply);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    expect(channel.shown).toHaveLength(1);
  });

  test("of a press by somebody else is somebody else's press: nobody gets an answer that was not meant for them", async () => {
    const { press, fake } = createRig({
      access: {
        default: "deny",
        rules: [
          { channel: "*", chats: undefined, users: ["ann"], allow: ["query"], scope: {}, show: "full", mention: false },
        ],
      },
    });
    fake.answerAll(listAnswer);
    expect(await (await press("/runtimes", { id: "same", user: "ann" })).reply).toMatchObject({ kind: "card" });
    expect(await (await press("/runtimes", { id: "same", user: "bob" })).reply).toMatchObject({ kind: "toast" });
  });

  test("of a press long after it was answered is not run again, though its card is forgotten", async () => {
    const { press, fake } = createRig();
    fake.answerAll(listAnswer);
    await (await press("/runtimes", { id: "same" })).reply;
    for (let index = 0; index < 500; index += 1) {
      await (await press("/runtimes", { id: `other-${index}` })).reply;
    }
    const before = fake.asked.length;
    expect(await (await press("/runtimes", { id: "same" })).reply).toEqual({
      kind: "toast",
      text: "This was answered already.",
      colour: "orange",
    });
    expect(fake.asked).toHaveLength(before);
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

describe("what was accepted", () => {
  test("is on disk until it is answered", async () => {
    const { write, fake, memory } = createRig();
    await write("/runtimes", { id: "m" });
    expect([...memory.open.values()]).toMatchObject([{ kind: "message", message: { id: "m" } }]);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    expect(memory.open.size).toBe(0);
  });

  test("where it cannot be stored is refused, so that the platform delivers it again, and answered all the same", async () => {
    const { write, press, memory, fake, log } = createRig();
    memory.failure = new Error("disk full");
    expect(await write("/runtimes", { id: "m" })).toBe(false);
    const pressed = await press("/runtimes");
    expect(fake.asked).toHaveLength(2);
    fake.asked[1]?.answer(listAnswer(fake.asked[1].command));
    expect(await pressed.reply).toMatchObject({ kind: "card" });
    const lines = log.lines.filter(({ level }) => level === "error").map(({ message }) => message);
    expect(lines).toContain("What was delivered could not be stored, and was refused.");
    expect(lines).toContain("A press could not be stored.");
  });

  test.each([true, false])(
    "and was answered without being stored (answered: %s) is not run again when it comes again",
    async (answered) => {
      const { write, memory, fake } = createRig();
      memory.failure = new Error("disk full");
      expect(await write("/runtimes", { id: "m" })).toBe(false);
      expect(await write("/runtimes", { id: "m" })).toBe(false);
      const answer = () => fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
      if (answered) {
        answer();
        await settle();
      }
      memory.failure = undefined;
      expect(await write("/runtimes", { id: "m" })).toBe(true);
      answer();
      await settle();
      expect(fake.asked).toHaveLength(1);
      expect(memory.open.size).toBe(0);
    },
  );

  test("by a process that is no more is answered by this one, by the same key, whatever that one had shown", async () => {
    const { bot, memory, fake, channel, clock } = createRig();
    fake.answerAll(listAnswer);
    memory.leave({
      kind: "message",
      at: clock.now(),
      message: {
        ...{ channel: "lark", chat: "chat-1", user: "u", id: "left", text: "/runtimes" },
        ...{ writtenAt: clock.now(), locale: "en" },
      },
    });
    bot.start();
    await settle();
    expect(channel.shown).toMatchObject([{ act: "send", replyTo: "left" }, { act: "update" }]);
    expect(memory.open.size).toBe(0);
    await bot.stop(1_000);
    expect(clock.sleeping()).toBe(0);
  });

  test("of presses by a process that is no more turns the card by this one", async () => {
    const { bot, memory, fake, channel, clock } = createRig();
    fake.answerAll(listAnswer);
    const click = { channel: "lark", chat: "chat-1", user: "u", id: "left", message: "card-1", locale: "en" } as const;
    const at = clock.now();
    memory.leave({ kind: "click", at, click: { ...click, text: "/runtimes page=2" } });
    memory.leave({ kind: "click", at, click: { ...click, id: "broken", text: "/runtimes statsu=Running" } });
    bot.start();
    await settle();
    expect(channel.shown).toMatchObject([{ act: "update", message: "card-1", card: { command: "/runtimes page=2" } }]);
    expect(memory.open.size).toBe(0);
    await bot.stop(1_000);
  });

  test("waits for its turn when many are under way, and is answered then", async () => {
    const { write, fake, channel } = createRig({ limit: 1, backlog: 2 });
    await write("/runtimes");
    await write("/runtimes page=2");
    await write("/runtimes page=3");
    expect(fake.asked).toHaveLength(1);
    fake.answerAll(listAnswer);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    expect(channel.shown).toHaveLength(3);
  });

  test("and could not begin by the end is left to the next process", async () => {
    const { bot, write, memory, clock, channel } = createRig({ limit: 1, backlog: 2 });
    channel.answer = () => new Promise(() => {});
    await write("/runtimes", { id: "first" });
    await write("/runtimes", { id: "second" });
    const stopped = bot.stop(1_000);
    await clock.advance(3_000);
    await stopped;
    expect([...memory.open.values()]).toMatchObject([{ message: { id: "first" } }, { message: { id: "second" } }]);
  });
});

describe("a platform that fails for a time", () => {
  test("gets the answer when it is back, once, by the same key", async () => {
    const { bot, write, fake, channel, clock, memory } = createRig();
    fake.answerAll(listAnswer);
    channel.answer = () => ({ ok: false, recoverable: true, reason: "HTTP 503" });
    bot.start();
    await write("/runtimes");
    await clock.advance(300_000);
    const tries = channel.shown.length;
    channel.answer = ({ message }) => ({ ok: true, message });
    await clock.advance(60_000);
    expect(tries).toBeGreaterThan(2);
    expect(new Set(channel.shown.flatMap(({ key }) => key ?? [])).size).toBe(1);
    const since = channel.shown.slice(tries).map(({ act, card }) => [act, card.command]);
    expect(since).toEqual([
      ["send", "/runtimes"],
      ["update", "/runtimes"],
    ]);
    await clock.advance(600_000);
    expect(channel.shown).toHaveLength(tries + 2);
    expect([memory.open.size, memory.left.length]).toEqual([0, 0]);
    await bot.stop(1_000);
    expect(clock.sleeping()).toBe(0);
  });

  test("takes up no room meanwhile: what it would not take is given back to the store", async () => {
    const { write, fake, channel, clock, memory } = createRig({ limit: 1 });
    fake.answerAll(listAnswer);
    channel.answer = ({ chat, message }) =>
      chat === "bad" ? { ok: false, recoverable: true, reason: "HTTP 503" } : { ok: true, message };
    await write("/runtimes", { chat: "bad" });
    await clock.advance(60_000);
    expect([memory.open.size, memory.left.length, clock.sleeping()]).toEqual([0, 1, 0]);
    await write("/runtimes");
    expect(channel.shown.at(-1)?.chat).toBe("chat-1");
  });

  test("gets the page of a press when it is back, as one update of the card", async () => {
    const { bot, press, fake, channel, clock, memory } = createRig();
    channel.answer = () => ({ ok: false, recoverable: true, reason: "HTTP 503" });
    bot.start();
    await press("/runtimes page=2");
    await clock.advance(1_800);
    fake.answerAll(listAnswer);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await clock.advance(120_000);
    const tries = channel.shown.length;
    channel.answer = ({ message }) => ({ ok: true, message });
    await clock.advance(60_000);
    expect(channel.shown.every(({ act, message }) => act === "update" && message === "card-1")).toBe(true);
    expect([channel.shown.length - tries, memory.left.length, memory.open.size]).toEqual([1, 0, 0]);
    await bot.stop(1_000);
  });
});

describe("what is taken up later", () => {
  const where = { channel: "lark", chat: "chat-1", user: "u", locale: "en" } as const;

  test("is not too late because of the time that it waited", async () => {
    const { bot, memory, fake, channel, clock } = createRig();
    fake.answerAll(listAnswer);
    const at = clock.now();
    memory.leave({ kind: "message", at, message: { ...where, id: "m", text: "/runtimes", writtenAt: at } });
    await clock.advance(30 * 60_000);
    bot.start();
    await settle();
    expect(channel.shown.map(({ card }) => card.command)).toEqual(["/runtimes", "/runtimes"]);
    await bot.stop(1_000);
  });

  test("is not run after an hour, and its writer is told", async () => {
    const { bot, memory, fake, channel, clock } = createRig();
    const at = clock.now();
    memory.leave({ kind: "message", at, message: { ...where, id: "m", text: "/runtimes", writtenAt: at } });
    await clock.advance(61 * 60_000);
    bot.start();
    await settle();
    expect([fake.asked.length, channel.shown[0]?.card.header.title]).toEqual([0, "Too late"]);
    await bot.stop(1_000);
  });

  test("is not held to the pace of who types", async () => {
    const { bot, memory, fake, channel, clock } = createRig({ pace: { allows: () => false } });
    fake.answerAll(listAnswer);
    const at = clock.now();
    memory.leave({ kind: "message", at, message: { ...where, id: "m", text: "/runtimes", writtenAt: at } });
    bot.start();
    await settle();
    expect(channel.shown[0]?.card.header.title).toBe("Agent runtimes");
    await bot.stop(1_000);
  });

  test("of presses turns no card that was turned since, is being turned, or was pressed long ago", async () => {
    const { bot, memory, press, fake, channel, clock } = createRig();
    const click = (id: string, message: string) => ({ ...where, id, message, text: "/runtimes page=9" });
    const at = clock.now();
    memory.leave({ kind: "click", at: at - 11 * 60_000, click: click("old", "card-old") });
    memory.leave({ kind: "click", at, click: click("turned", "card-1") });
    memory.leave({ kind: "click", at, click: click("turning", "card-2") });
    await clock.advance(1_000);
    const turned = await press("/runtimes page=2", { message: "card-1" });
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    expect(await turned.reply).toMatchObject({ kind: "card" });
    await press("/runtimes page=3", { message: "card-2" });
    bot.start();
    await settle();
    expect(fake.asked.map(({ command }) => command.kind === "list" && command.page)).toEqual([2, 3]);
    expect([channel.shown, memory.left]).toEqual([[], []]);
    fake.asked[1]?.answer(listAnswer(fake.asked[1].command));
    await bot.stop(1_000);
  });

  test("is taken up as fast as there is room for it", async () => {
    const { bot, memory, fake, channel, clock } = createRig({ limit: 10, backlog: 40 });
    fake.answerAll(listAnswer);
    const at = clock.now();
    for (let index = 0; index < 500; index += 1) {
      memory.leave({ kind: "message", at, message: { ...where, id: `m${index}`, text: "/help", writtenAt: at } });
    }
    bot.start();
    await clock.advance(60_000);
    expect(channel.shown.filter(({ act }) => act === "send")).toHaveLength(500);
    expect(channel.shown.some(({ card }) => card.header.title === "Busy")).toBe(false);
    await bot.stop(1_000);
  });
});

describe("a bot that is added to a chat", () => {
  const joined = { channel: "lark", chat: "new", user: "ann", id: "e-1", locale: "en" } as const;

  test("says hello once, with three buttons that work there", async () => {
    const { bot, channel, press, fake } = createRig();
    expect([await bot.joined(joined), await bot.joined(joined)]).toEqual([true, true]);
    await settle();
    expect(channel.shown).toMatchObject([{ act: "send", chat: "new", replyTo: undefined }]);
    const buttons = channel.shown[0]?.card.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    expect(buttons).toHaveLength(3);
    for (const { command } of buttons ?? []) {
      await press(command, { chat: "new", user: "ann" });
    }
    expect(fake.asked.map(({ command }) => command.kind)).toEqual(["list", "list", "help"]);
  });

  test("names the chat and the user for the access rules where nothing is allowed", async () => {
    const { bot, channel } = createRig({ access: { default: "deny", rules: [] } });
    await bot.joined(joined);
    await settle();
    const card = channel.shown[0]?.card;
    expect(JSON.stringify(card?.blocks)).toContain("chat new, user ann");
    expect(card?.blocks.some(({ kind }) => kind === "buttons")).toBe(false);
  });

  test("and taken out of it sends nothing there until something comes from there", async () => {
    const { bot, channel, memory, write, fake } = createRig();
    fake.answerAll(listAnswer);
    const left = { ...joined, chat: "chat-1", id: "e-2" };
    expect(await bot.left(left)).toBe(true);
    await settle();
    expect(memory.gone.size).toBe(1);
    await write("/runtimes");
    expect([memory.gone.size, channel.shown.length]).toEqual([0, 1]);
    await bot.left(left);
    await settle();
    expect(memory.gone.size).toBe(0);
  });

  test("is told of by the platform when it sends", async () => {
    const { write, channel, fake, memory } = createRig();
    fake.answerAll(listAnswer);
    channel.answer = () => ({
      ok: false,
      recoverable: false,
      gone: true,
      reason: "230002: the bot is not in the chat",
    });
    await write("/runtimes");
    expect([...memory.gone]).toEqual([['["lark","chat-1"]', "230002: the bot is not in the chat"]]);
  });
});

describe("somebody who goes too fast", () => {
  test("is told so, message by message, and is answered again after a while", async () => {
    const clock = createManualClock();
    const rig = createRig({ clock, pace: createPace({ clock, user: { burst: 2, perSecond: 1 } }) });
    rig.fake.answerAll(listAnswer);
    for (const id of ["1", "2", "3"]) {
      await rig.write("/runtimes", { id, writtenAt: clock.now() });
    }
    await rig.write("/runtimes", { id: "4", user: "another", writtenAt: clock.now() });
    expect(titlesOf(rig.channel)).toEqual([
      "send: Agent runtimes",
      "send: Agent runtimes",
      "send: One at a time",
      "send: Agent runtimes",
    ]);
    expect(await (await rig.press("/runtimes")).reply).toMatchObject({ kind: "toast", colour: "orange" });
    await clock.advance(1_000);
    expect(await (await rig.press("/runtimes")).reply).toMatchObject({ kind: "card" });
  });
});

describe("what comes from a channel that the bot does not have", () => {
  test("is logged and does nothing", async () => {
    const { write, press, fake, log } = createRig();
    await write("/runtimes", { channel: "elsewhere" });
    expect(await (await press("/runtimes", { channel: "elsewhere" })).reply).toMatchObject({ kind: "toast" });
    expect(fake.asked).toEqual([]);
    expect(log.lines.map(({ level }) => level)).toEqual(["error", "error"]);
  });
});

describe("stopping", () => {
  test("answers what was accepted, and is done as soon as that is", async () => {
    const { bot, write, press, fake, channel, clock } = createRig();
    await write("/runtimes");
    const pressed = await press("/runtimes page=2");
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
    const pressed = await press("/runtimes page=2");
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
    await press("/runtimes page=2");
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

  test("answers what was just being stored when it began", async () => {
    const { bot, write, memory, fake, channel } = createRig();
    fake.answerAll(listAnswer);
    const stored = Promise.withResolvers<"new">();
    memory.inbox.take = () => stored.promise;
    const accepted = write("/runtimes");
    const stopped = bot.stop(10_000);
    await settle();
    stored.resolve("new");
    expect(await accepted).toBe(true);
    await stopped;
    expect(titlesOf(channel)).toEqual(["send: Agent runtimes"]);
  });

  test("leaves to the next process what the platform would not take", async () => {
    const { bot, write, press, memory, fake, channel, clock } = createRig();
    channel.answer = () => ({ ok: false, recoverable: true, reason: "HTTP 503" });
    await write("/runtimes", { id: "m" });
    await press("/runtimes page=2", { id: "p" });
    await clock.advance(1_800);
    const stopped = bot.stop(10_000);
    for (const asked of fake.asked) {
      asked.answer(listAnswer(asked.command));
    }
    await clock.advance(12_000);
    await stopped;
    expect([...memory.open.values(), ...memory.left].map(({ kind }) => kind)).toEqual(["message", "click"]);
  });

  test("takes nothing new: a message is left to be delivered again, a press gets a word", async () => {
    const { bot, write, press, fake, channel } = createRig();
    await bot.stop(10_000);
    expect(await write("/runtimes", { id: "kept" })).toBe(false);
    expect(await (await press("/runtimes")).reply).toMatchObject({
      kind: "toast",
      text: expect.stringContaining("restarted"),
    });
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
