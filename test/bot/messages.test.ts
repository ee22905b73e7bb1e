import { describe, expect, test } from "vitest";
import { sentencesOf } from "../cards/read.ts";
import { settle } from "../manual-clock.ts";
import { createRig, listAnswer, titlesOf } from "./rig.ts";

describe("a message", () => {
  test("is answered by one card in its chat, as an answer to it, in its language", async () => {
    const { write, fake, channel, clock } = createRig();
    fake.answerAll(listAnswer);
    expect(await write("@bot /runtimes status=Running", { locale: "zh" })).toBe(true);
    expect(channel.shown).toMatchObject([
      {
        ...{ act: "send", chat: "chat-1", replyTo: "message-1" },
        card: { command: "/runtimes status=Running", locale: "zh" },
      },
    ]);
    expect(clock.sleeping()).toBe(0);
  });

  test("is accepted before it is answered", async () => {
    const { write, channel } = createRig();
    expect(await write("/runtimes")).toBe(true);
    expect(channel.shown).toEqual([]);
  });

  test.each(["hello", "", " 你好 "])("that is no command (%j) is answered with what can be asked", async (text) => {
    const { write, fake } = createRig();
    await write(text);
    expect(fake.asked.map(({ command }) => command)).toEqual([{ kind: "help" }]);
  });

  test("of 100 kB is refused politely, and nothing is run", async () => {
    const { write, channel, fake } = createRig();
    await write(`/runtimes name=${"x".repeat(100_000)}`);
    expect(sentencesOf(channel.shown[0]?.card ?? never())[0]).toContain("too long");
    expect(JSON.stringify(channel.shown[0]?.card).length).toBeLessThan(2_000);
    expect(fake.asked).toEqual([]);
  });

  test("of someone without a right is refused", async () => {
    const { write, channel, fake } = createRig({ access: { default: "deny", rules: [] } });
    await write("/runtimes");
    expect(titlesOf(channel)).toEqual(["send: Not allowed here"]);
    expect(fake.asked).toEqual([]);
  });

  test("whose command fails by a fault of the bot is told so", async () => {
    const { write, channel, fake, log } = createRig();
    await write("/runtimes");
    fake.asked[0]?.fail(new Error("broken"));
    await settle();
    expect(titlesOf(channel)).toEqual(["send: Something went wrong"]);
    expect(log.lines[0]).toMatchObject({ level: "error", fields: { fault: { message: "broken" } } });
  });

  test("whose answer cannot be shown is told so", async () => {
    const { write, channel, fake, log } = createRig();
    // A value that breaks its type: what a fault in the code would bring.
    fake.answerAll(() => JSON.parse(`{"kind":"list"}`));
    await write("/runtimes");
    expect(titlesOf(channel)).toEqual(["send: Something went wrong"]);
    expect(log.lines.some(({ level }) => level === "error")).toBe(true);
  });
});

describe("a message that comes late", () => {
  test("by more than ten minutes is not run, and its writer is told once", async () => {
    const { write, channel, clock, fake, log } = createRig();
    const late = { id: "late", writtenAt: clock.now() - 601_000 };
    await write("/runtimes", late);
    await write("/runtimes", late);
    expect(fake.asked).toEqual([]);
    expect(channel.shown.map(({ card }) => sentencesOf(card)[0])).toEqual([
      "This command was written 10 minutes ago, and was not run.",
    ]);
    expect(log.lines.filter(({ message }) => message === "command").map(({ fields }) => fields)).toEqual([
      { channel: "lark", chat: "chat-1", user: "user-1", command: "/runtimes", outcome: "late" },
    ]);
  });

  test("by ten minutes is run", async () => {
    const { write, clock, fake } = createRig();
    await write("/runtimes", { writtenAt: clock.now() - 600_000 });
    expect(fake.asked).toHaveLength(1);
  });

  test("by the clock of a platform that is ahead is run", async () => {
    const { write, clock, fake } = createRig();
    await write("/runtimes", { writtenAt: clock.now() + 3_600_000 });
    expect(fake.asked).toHaveLength(1);
  });
});

describe("a slow command", () => {
  test("shows after a while that it is being worked on, and then the answer in the same message", async () => {
    const { write, channel, clock, fake } = createRig();
    await write("/runtimes");
    await clock.advance(1_999);
    expect(channel.shown).toEqual([]);
    await clock.advance(1);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    expect(channel.shown.map(({ act, message, card }) => [act, message, card.header.title])).toEqual([
      ["send", "sent-1", "One moment"],
      ["update", "sent-1", "Agent runtimes"],
    ]);
    expect(clock.sleeping()).toBe(0);
  });

  test("says what it waits for, each time that changes", async () => {
    const { write, channel, clock, fake } = createRig();
    await write("/runtimes");
    fake.asked[0]?.call.onWait?.("queued");
    await clock.advance(2_000);
    for (const wait of ["throttled", "throttled", "retrying"] as const) {
      fake.asked[0]?.call.onWait?.(wait);
      await settle();
    }
    expect(channel.shown.map(({ act, card }) => [act, sentencesOf(card)[0]])).toEqual([
      ["send", "Waiting for a turn: other requests go first…"],
      ["update", "Alibaba Cloud is busy, retrying…"],
      ["update", "No answer yet, retrying…"],
    ]);
  });

  test("says nothing of waiting once it is answered", async () => {
    const { write, channel, clock, fake } = createRig();
    await write("/runtimes");
    await clock.advance(2_000);
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    fake.asked[0]?.call.onWait?.("throttled");
    await settle();
    fake.asked[0]?.call.onWait?.("retrying");
    await clock.advance(10_000);
    expect(titlesOf(channel).at(-1)).toBe("update: Agent runtimes");
  });

  test("gets its answer though the message that it is being worked on hangs on its way", async () => {
    const { write, channel, clock, fake } = createRig();
    await write("/runtimes");
    channel.answer = () => new Promise(() => {});
    await clock.advance(2_000);
    channel.answer = ({ message }) => ({ ok: true, message });
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await clock.advance(20_000);
    expect(titlesOf(channel)).toEqual(["send: One moment", "send: Agent runtimes", "update: Agent runtimes"]);
  });

  test("gets its answer though the channel breaks at the message that it is being worked on", async () => {
    const { write, channel, clock, fake, log } = createRig();
    await write("/runtimes");
    channel.answer = () => Promise.reject(new Error("broken pipe"));
    await clock.advance(2_000);
    fake.asked[0]?.call.onWait?.("throttled");
    await settle();
    channel.answer = ({ message }) => ({ ok: true, message });
    fake.asked[0]?.answer(listAnswer(fake.asked[0].command));
    await settle();
    expect(titlesOf(channel).slice(-2)).toEqual(["send: Agent runtimes", "update: Agent runtimes"]);
    expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(2);
  });

  test("is given up by the deadline", async () => {
    const { write, channel, clock } = createRig();
    await write("/runtimes");
    await clock.advance(61_000);
    expect(titlesOf(channel)).toEqual(["send: One moment", "update: No answer from the fleet"]);
    expect(clock.sleeping()).toBe(0);
  });
});

function never(): never {
  throw new Error("Nothing was shown.");
}
