import { describe, expect, test, vi } from "vitest";
import type { ClickReply } from "../../src/bot/index.ts";
import { settle } from "../manual-clock.ts";
import { createRecordingChannel, createRig, listAnswer } from "./rig.ts";

const open = () => createRig({ channel: createRecordingChannel("lark", { repliesTo: "presser" }) });
const commandIn = (reply: ClickReply) => (reply.kind === "card" ? reply.card.command : undefined);
const updates = ({ channel }: ReturnType<typeof open>) => channel.shown.map(({ act, card }) => [act, card.command]);

describe("a press where only who pressed sees the answer", () => {
  test("is answered with the page, and the same page follows for everyone, once", async () => {
    const rig = open();
    rig.fake.answerAll(listAnswer);
    const press = await rig.press("/runtimes page=2");
    expect(commandIn(await press.reply)).toBe("/runtimes page=2");
    await settle();
    expect(updates(rig)).toEqual([["update", "/runtimes page=2"]]);
    expect(rig.memory.open.size).toBe(0);
  });

  test("is owed until everyone sees it: the next process shows it", async () => {
    const rig = open();
    rig.fake.answerAll(listAnswer);
    rig.channel.answer = () => new Promise(() => undefined);
    await (await rig.press("/runtimes page=2")).reply;
    expect(rig.memory.open.size).toBe(1);
    for (const arrival of rig.memory.open.values()) rig.memory.leave(arrival);
    const next = createRig({
      channel: createRecordingChannel("lark", { repliesTo: "presser" }),
      memory: rig.memory,
      clock: rig.clock,
    });
    next.fake.answerAll(listAnswer);
    next.bot.start();
    await settle();
    expect(updates(next)).toEqual([["update", "/runtimes page=2"]]);
    expect(next.memory.open.size).toBe(0);
  });

  test("that is overtaken is not shown to everyone after the newer one", async () => {
    const rig = open();
    const first = await rig.press("/runtimes page=2");
    const second = await rig.press("/runtimes page=3", { id: "second", user: "user-2" });
    for (const asked of rig.fake.asked.toReversed()) asked.answer(listAnswer(asked.command));
    await settle();
    expect(commandIn(await second.reply)).toBe("/runtimes page=3");
    expect((await first.reply).kind).toBe("later");
    expect(updates(rig)).toEqual([["update", "/runtimes page=3"]]);
  });

  test("waits for the change before it, so that the last card is the last press's", async () => {
    const rig = open();
    rig.fake.answerAll(listAnswer);
    const changed = Promise.withResolvers<void>();
    rig.channel.answer = async ({ message }) => {
      await changed.promise;
      return { ok: true, message };
    };
    await (await rig.press("/runtimes page=2")).reply;
    const second = await rig.press("/runtimes page=3", { id: "second" });
    // The change before it may be held up by this very press.
    expect(commandIn(await second.reply)).toBe("/runtimes page=3");
    expect(updates(rig)).toEqual([["update", "/runtimes page=2"]]);
    changed.resolve();
    await settle();
    expect(updates(rig)).toEqual([
      ["update", "/runtimes page=2"],
      ["update", "/runtimes page=3"],
    ]);
  });

  test("is shown to everyone although the change before it ended only after it was pressed", async () => {
    const rig = open();
    const changed = Promise.withResolvers<void>();
    rig.channel.answer = async ({ message }) => {
      await changed.promise;
      return { ok: true, message };
    };
    await rig.press("/runtimes page=2");
    rig.fake.asked[0]?.answer(listAnswer(rig.fake.asked[0].command));
    await settle();
    await rig.press("/runtimes page=3", { id: "second" });
    await rig.clock.advance(1_000);
    changed.resolve();
    await settle();
    rig.fake.asked[1]?.answer(listAnswer(rig.fake.asked[1].command));
    await settle();
    expect(updates(rig)).toEqual([
      ["update", "/runtimes page=2"],
      ["update", "/runtimes page=3"],
    ]);
    expect(rig.memory.open.size).toBe(0);
  });

  test.each([
    ["as soon as its card is there, before the platform has said that it is", 0],
    ["while the card for the time being is changed into the one that it is on", 1],
  ])("is shown to everyone also where it comes %s", async (_, shownBefore) => {
    const rig = open();
    const taken = Promise.withResolvers<void>();
    rig.channel.answer = async ({ message }) => {
      if (rig.channel.shown.length > shownBefore) await taken.promise;
      return { ok: true, message };
    };
    await rig.write("/runtimes");
    await rig.clock.advance(shownBefore * 2_000);
    rig.fake.asked[0]?.answer(listAnswer(rig.fake.asked[0].command));
    await settle();
    await rig.clock.advance(10);
    await rig.press("/runtimes page=2", { message: "sent-1" });
    await rig.clock.advance(10);
    taken.resolve();
    await settle();
    rig.fake.asked[1]?.answer(listAnswer(rig.fake.asked[1].command));
    await settle();
    expect(updates(rig).at(-1)).toEqual(["update", "/runtimes page=2"]);
    expect(rig.memory.open.size).toBe(0);
  });

  test("tells the channel when the change before it need not be shown any more", async () => {
    const rig = open();
    rig.fake.answerAll(listAnswer);
    const update = vi.spyOn(rig.channel, "update");
    const overtaken = () => update.mock.calls.map(([, , , options]) => options?.overtaken?.aborted);
    rig.channel.answer = () => new Promise(() => undefined);
    await rig.press("/runtimes page=2");
    await settle();
    expect(overtaken()).toEqual([false]);
    await rig.press("/runtimes page=3", { id: "second" });
    expect(overtaken()).toEqual([true]);
  });
});
