import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { labelsOf, titleOf, wordsOf } from "./card.ts";
import { anna, bothWays, openRig, type Rig } from "./rig.ts";

describe.each(bothWays)("events by %s", (events) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig({ events });
  });
  afterAll(() => rig.close());

  const answersTo = (message: string) => rig.fake.sent.filter(({ replyTo }) => replyTo === message);
  /** Everything delivered so far was taken in, and something later was answered. */
  async function quiet(): Promise<void> {
    await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "all events are acknowledged");
    await rig.ask("/help", { user: "ou_later", chat: "oc_later" });
  }

  test("what stands in a thread is answered there", async () => {
    const card = await rig.ask("/runtimes", { thread: "omt_1" });
    expect(card.thread).toBe("omt_1");
    expect((await rig.ask("/runtimes")).thread).toBeUndefined();
    const topic = await rig.ask("/runtimes", { chat: "oc_topics", chatType: "topic_group" });
    expect(topic.thread).toMatch(/^omt_/);
    expect((await rig.press(topic, { label: "Refresh" })).outcome).toBe("card");
  });

  test("a message that is edited is not answered again", async () => {
    const asked = rig.write("/runtimes");
    await rig.answerTo(asked);
    rig.fake.edit(asked, "/help", "updated");
    rig.fake.edit(asked, "/help", "receive");
    await quiet();
    expect(answersTo(asked)).toHaveLength(1);
  });

  test("what bots write, and what people say to each other, is not answered", async () => {
    const bot = rig.write("/runtimes", { senderType: "app" });
    const talk = rig.write("shall we look at the runtimes?", { mentions: [] });
    const other = rig.write("/runtimes", { mentions: [{ openId: "ou_other_bot", name: "Other bot" }] });
    await quiet();
    expect([bot, talk, other].map((message) => answersTo(message).length)).toEqual([0, 0, 0]);
  });

  test("in a 1:1 chat nothing has to be mentioned, and a question mark asks for help", async () => {
    const direct = { chat: "oc_direct", chatType: "p2p" } as const;
    expect(titleOf((await rig.ask("/runtimes", direct)).content)).toBe("Agent runtimes");
    expect(titleOf((await rig.ask("?", direct)).content)).toBe("Deskhand");
    expect(wordsOf((await rig.ask("／运行时　风险＝是", direct)).content)).toContain("/runtimes risk=yes");
  });

  test("a post is read like a text", async () => {
    const content = [
      [
        { tag: "at", user_id: "@_user_1" },
        { tag: "text", text: " /runtimes " },
      ],
      [{ tag: "text", text: "status=Stopped" }],
    ];
    const { messageId } = rig.fake.write({ chat: "oc_posts", user: anna, post: { content }, mentions: ["bot"] });
    expect(wordsOf((await rig.answerTo(messageId)).content)).toContain("/runtimes status=Stopped");
  });

  /** The hellos in a chat, once there are so many. */
  async function hellosIn(chat: string, count: number) {
    const hellos = () => rig.fake.sent.filter((message) => message.chat === chat);
    await rig.fake.until(() => hellos().length >= count, 5_000, `hello number ${count} in ${chat}`);
    return hellos();
  }

  test("the bot says hello once in a chat that it is added to", async () => {
    rig.fake.faults.duplicate(1, "same-event");
    rig.fake.admit({ chat: "oc_new", user: anna });
    await hellosIn("oc_new", 1);
    await quiet();
    expect(await hellosIn("oc_new", 1)).toHaveLength(1);
  });

  test.each([0, 1, 2])("button %i of the hello works", async (index) => {
    const chat = `oc_button_${index}`;
    rig.fake.admit({ chat, user: anna });
    for (const hello of await hellosIn(chat, 1)) {
      const labels = labelsOf(hello.content);
      expect(labels).toHaveLength(3);
      expect((await rig.press(hello, { label: labels[index] ?? "" })).outcome).toBe("card");
      expect(titleOf(hello.content)).not.toBe("Hello");
    }
  });

  test("a chat that the bot comes back to is greeted and served again", async () => {
    const chat = "oc_back";
    rig.fake.admit({ chat, user: anna });
    await hellosIn(chat, 1);
    rig.fake.expel({ chat, user: anna });
    await quiet();
    rig.fake.admit({ chat, user: anna });
    expect(await hellosIn(chat, 2)).toHaveLength(2);
    expect(titleOf((await rig.ask("/runtimes", { chat })).content)).toBe("Agent runtimes");
  });

  test("a message that comes eleven minutes late is told so, once, and not run", async () => {
    const calls = rig.simulator.stats().requests;
    rig.fake.faults.duplicate(1, "new-event");
    const asked = rig.write("/runtimes sort=name", { createTime: Date.now() - 11 * 60_000 });
    const card = await rig.answerTo(asked);
    expect(titleOf(card.content)).toBe("Too late");
    expect(wordsOf(card.content)).toContain("11 minutes");
    await quiet();
    expect(answersTo(asked)).toHaveLength(1);
    expect(rig.simulator.stats().requests).toBe(calls);
  });
});
