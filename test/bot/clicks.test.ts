import { describe, expect, test } from "vitest";
import type { Access, ClickReply } from "../../src/bot/index.ts";
import { settle } from "../manual-clock.ts";
import { createRig, listAnswer, type Rig } from "./rig.ts";

/** Lets a command that was begun be answered. */
function answer({ fake }: Rig, index: number): void {
  const asked = fake.asked[index];
  asked?.answer(listAnswer(asked.command));
}

const commandIn = (reply: ClickReply | "not yet") =>
  reply !== "not yet" && reply.kind === "card" ? reply.card.command : undefined;

const updatesOf = ({ channel }: Rig) => channel.shown.map(({ act, message, card }) => [act, message, card.command]);

describe("a press", () => {
  test("is answered with the page when that is there in time, and nothing is sent", async () => {
    const rig = createRig();
    rig.fake.answerAll(listAnswer);
    const reply = await (await rig.press("/runtimes page=2")).reply;
    expect(commandIn(reply)).toBe("/runtimes page=2");
    await rig.clock.advance(60_000);
    expect(rig.channel.shown).toEqual([]);
    expect(rig.clock.sleeping()).toBe(0);
  });

  test("on what the card shows already, as the bot remembers it, is asked of the API anew", async () => {
    const rig = createRig();
    rig.fake.answerAll(listAnswer);
    await rig.press("/runtimes page=2");
    await rig.press("/runtimes page=2");
    await rig.press("/runtimes page=2", { message: "another card" });
    expect(rig.fake.asked.map(({ call }) => call.fresh)).toEqual([false, true, false]);
  });

  test("is asked as usual where the store cannot say what the card shows", async () => {
    const rig = createRig();
    rig.memory.cards.shown = () => Promise.reject(new Error("disk on fire"));
    rig.fake.answerAll(listAnswer);
    expect(commandIn(await (await rig.press("/runtimes page=2")).reply)).toBe("/runtimes page=2");
  });

  test("is answered within its deadline whatever the API does, and the page comes as one update of the card", async () => {
    const rig = createRig();
    const press = await rig.press("/runtimes page=2");
    await rig.clock.advance(1_799);
    expect(await press.settled()).toBe("not yet");
    await rig.clock.advance(1);
    expect(await press.settled()).toEqual({ kind: "later", text: "Asking Alibaba Cloud…" });
    answer(rig, 0);
    await settle();
    expect(updatesOf(rig)).toEqual([["update", "card-1", "/runtimes page=2"]]);
    await rig.clock.advance(60_000);
    expect(rig.channel.shown).toHaveLength(1);
    expect(rig.clock.sleeping()).toBe(0);
  });

  test("that has to wait says what for", async () => {
    const rig = createRig();
    const press = await rig.press("/runtimes");
    rig.fake.asked[0]?.call.onWait?.("throttled");
    await rig.clock.advance(1_800);
    expect(await press.reply).toEqual({ kind: "later", text: "Alibaba Cloud is busy, retrying…" });
  });

  test("whose page comes in the moment of the deadline brings it exactly once", async () => {
    const rig = createRig();
    const press = await rig.press("/runtimes page=2");
    void rig.clock.sleep(1_800).then(() => answer(rig, 0));
    await rig.clock.advance(1_800);
    const reply = await press.reply;
    await settle();
    expect([reply.kind === "card", rig.channel.shown.length]).toEqual(reply.kind === "card" ? [true, 0] : [false, 1]);
  });

  test("runs as the person who pressed", async () => {
    const access: Access = {
      default: "deny",
      rules: [
        {
          channel: "lark",
          chats: undefined,
          users: ["ann"],
          allow: ["query"],
          scope: { group: ["g"] },
          show: "full",
          mention: false,
        },
      ],
    };
    const rig = createRig({ access });
    await rig.press("/runtimes", { user: "ann" });
    expect(rig.fake.asked[0]?.grant.scope).toEqual({ group: ["g"] });
  });

  test("whose command fails by a fault of the bot is answered, and the fault is logged", async () => {
    const rig = createRig();
    const press = await rig.press("/runtimes");
    rig.fake.asked[0]?.fail(new Error("broken"));
    expect(await press.reply).toMatchObject({ kind: "card", card: { header: { title: "Something went wrong" } } });
    expect(rig.log.lines[0]).toMatchObject({ level: "error" });
  });

  test("whose card cannot be changed any more is answered with a new message", async () => {
    const rig = createRig();
    rig.channel.answer = ({ act, message }) =>
      act === "update" ? { ok: false, recoverable: false, reason: "too old" } : { ok: true, message };
    await rig.press("/runtimes page=2");
    await rig.clock.advance(1_800);
    answer(rig, 0);
    await settle();
    expect(rig.channel.shown).toMatchObject([{ act: "update" }, { act: "send", chat: "chat-1", replyTo: "card-1" }]);
  });

  test("whose late update breaks disturbs nobody", async () => {
    const rig = createRig();
    rig.channel.answer = () => Promise.reject(new Error("broken pipe"));
    await rig.press("/runtimes page=2");
    await rig.clock.advance(1_800);
    answer(rig, 0);
    await settle();
    expect(rig.log.lines.filter(({ level }) => level === "error")).toHaveLength(2);
    rig.channel.answer = ({ message }) => ({ ok: true, message });
    rig.fake.answerAll(listAnswer);
    expect(commandIn(await (await rig.press("/runtimes page=3")).reply)).toBe("/runtimes page=3");
  });
});

describe("a press that gets only a word, while the card stays", () => {
  const masked: Access = {
    default: "deny",
    rules: [
      { channel: "*", chats: undefined, users: undefined, allow: ["query"], scope: {}, show: "masked", mention: false },
    ],
  };

  test.each([
    ["of someone without a right", { default: "deny", rules: [] }, "/runtimes", "orange"],
    ["for users, of someone who may not see them", masked, "/runtimes user=li.na", "orange"],
    ["whose text cannot be read", undefined, "/runtimes statsu=Running", "red"],
    ["whose text is no command", undefined, "hello", "red"],
    ["whose text is endless", undefined, `/runtimes ${"x".repeat(100_000)}`, "red"],
  ] as const)("is one %s", async (_, access, text, colour) => {
    const rig = createRig(access === undefined ? {} : { access });
    const reply = await (await rig.press(text)).reply;
    expect(reply).toMatchObject({ kind: "toast", colour });
    expect(reply.kind === "toast" && reply.text.length > 0 && reply.text.length < 200).toBe(true);
    await rig.clock.advance(60_000);
    expect([rig.fake.asked, rig.channel.shown]).toEqual([[], []]);
  });

  test("says that users are not shown where it asks for them", async () => {
    const reply = await (await createRig({ access: masked }).press("/runtimes user=li.na")).reply;
    expect(reply).toMatchObject({ text: expect.stringContaining("cannot be filtered or sorted by them") });
  });

  test("does not overtake the press of someone who may", async () => {
    const rig = createRig({
      access: {
        default: "deny",
        rules: [
          { channel: "*", chats: undefined, users: ["ann"], allow: ["query"], scope: {}, show: "full", mention: false },
        ],
      },
    });
    const allowed = await rig.press("/runtimes page=2", { user: "ann" });
    await (await rig.press("/runtimes page=3", { user: "bob" })).reply;
    answer(rig, 0);
    expect(commandIn(await allowed.reply)).toBe("/runtimes page=2");
  });

  test("is one that comes when too much is under way", async () => {
    const rig = createRig({ limit: 1 });
    await rig.press("/runtimes", { message: "other" });
    expect(await (await rig.press("/runtimes page=2")).reply).toEqual({
      kind: "toast",
      text: "The bot has too much to do at the moment.",
      colour: "orange",
    });
  });
});

describe("two presses on one card", () => {
  test("in time: the last decides, though the first is answered later", async () => {
    const rig = createRig();
    const [first, second] = [await rig.press("/runtimes page=2"), await rig.press("/runtimes page=3")];
    answer(rig, 1);
    expect(commandIn(await second.reply)).toBe("/runtimes page=3");
    answer(rig, 0);
    await rig.clock.advance(60_000);
    expect(await first.reply).toMatchObject({ kind: "later" });
    expect(rig.channel.shown).toEqual([]);
  });

  test("in time: the last decides, though the first is answered first", async () => {
    const rig = createRig();
    const [first, second] = [await rig.press("/runtimes page=2"), await rig.press("/runtimes page=3")];
    answer(rig, 0);
    await settle();
    answer(rig, 1);
    expect(commandIn(await second.reply)).toBe("/runtimes page=3");
    expect(await first.reply).toMatchObject({ kind: "later" });
    await rig.clock.advance(60_000);
    expect(rig.channel.shown).toEqual([]);
  });

  test.each([
    [0, 1],
    [1, 0],
  ])("both late: one update, of the last, in whatever order the answers come (%i, %i)", async (one, other) => {
    const rig = createRig();
    const presses = [await rig.press("/runtimes page=2"), await rig.press("/runtimes page=3")];
    await rig.clock.advance(1_800);
    expect(await Promise.all(presses.map(({ reply }) => reply))).toMatchObject([{ kind: "later" }, { kind: "later" }]);
    answer(rig, one);
    await settle();
    answer(rig, other);
    await settle();
    expect(updatesOf(rig)).toEqual([["update", "card-1", "/runtimes page=3"]]);
  });

  test("the first late, the last in time: the late one changes nothing any more", async () => {
    const rig = createRig();
    await rig.press("/runtimes page=2");
    await rig.clock.advance(1_800);
    const second = await rig.press("/runtimes page=3");
    answer(rig, 1);
    expect(commandIn(await second.reply)).toBe("/runtimes page=3");
    answer(rig, 0);
    await rig.clock.advance(60_000);
    expect(rig.channel.shown).toEqual([]);
  });

  test("the last waits until an update of the first is over, so that it is not overwritten", async () => {
    const rig = createRig();
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.channel.answer = async ({ message }) => {
      await promise;
      return { ok: true, message };
    };
    await rig.press("/runtimes page=2");
    await rig.clock.advance(1_800);
    answer(rig, 0);
    await settle();
    const second = await rig.press("/runtimes page=3");
    answer(rig, 1);
    expect(await second.settled()).toBe("not yet");
    resolve();
    expect(commandIn(await second.reply)).toBe("/runtimes page=3");
    expect(updatesOf(rig)).toEqual([["update", "card-1", "/runtimes page=2"]]);
  });

  test("the last comes as an update of its own when the update of the first hangs", async () => {
    const rig = createRig();
    rig.channel.answer = () => new Promise(() => {});
    await rig.press("/runtimes page=2");
    await rig.clock.advance(1_800);
    answer(rig, 0);
    await settle();
    const second = await rig.press("/runtimes page=3");
    answer(rig, 1);
    await rig.clock.advance(1_800);
    expect(await second.reply).toMatchObject({ kind: "later" });
    rig.channel.answer = ({ message }) => ({ ok: true, message });
    await rig.clock.advance(20_000);
    expect(updatesOf(rig).at(-1)).toEqual(["update", "card-1", "/runtimes page=3"]);
  });

  test("the overtaken command is given up, so that the last does not queue behind it", async () => {
    const rig = createRig();
    const first = await rig.press("/runtimes page=2");
    await rig.press("/runtimes page=3");
    expect(await first.settled()).toMatchObject({ kind: "later" });
    expect(rig.fake.asked.map(({ call }) => call.signal.aborted)).toEqual([true, false]);
  });

  test("on different cards leave each other alone", async () => {
    const rig = createRig();
    rig.fake.answerAll(listAnswer);
    const replies = await Promise.all([
      await (await rig.press("/runtimes page=2", { message: "card-1" })).reply,
      await (await rig.press("/runtimes page=3", { message: "card-2" })).reply,
      await (await rig.press("/runtimes page=4", { message: "card-1", chat: "chat-2" })).reply,
    ]);
    expect(replies.map(commandIn)).toEqual(["/runtimes page=2", "/runtimes page=3", "/runtimes page=4"]);
  });
});
