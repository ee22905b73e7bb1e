import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { everybodySees, labelsOf, titleOf, wordsOf } from "./card.ts";
import { anna, group, openRig, type Rig } from "./rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.fake.forget());

test("a mention with a command is answered in its group with one card, by one call", async () => {
  const card = await rig.ask("/runtimes status=Running");
  expect([card.chat, card.via, card.kind]).toEqual([group, "card", "card"]);
  expect(titleOf(card)).toBe("Agent runtimes");
  expect(wordsOf(card.content)).toContain("/runtimes status=Running");
  expect(rig.fake.calls).toMatchObject({ deliver: 1, update: 0, group: 0, direct: 0, webhook: 0, upload: 0 });
});

test("the list of chats says in both languages what a card is about", async () => {
  const card = await rig.ask("/runtimes");
  expect(Object.keys(card.lastMessage).toSorted()).toEqual(["EN_US", "ZH_CN"]);
  for (const text of Object.values(card.lastMessage)) expect(text).toMatch(/^Agent runtimes.*\d/);
});

test("in a chat of two the card goes to the person", async () => {
  const card = await rig.ask("/runtimes", { group: false, user: "single01" });
  expect(rig.fake.directory.chat(card.chat)).toMatchObject({ group: false, person: "single01" });
  expect([card.via, titleOf(card)]).toEqual(["card", "Agent runtimes"]);
  expect((await rig.press(card, "Refresh", { user: "single01" })).outcome).toBe("card");
  expect(rig.fake.calls).toMatchObject({ deliver: 1, direct: 0, webhook: 0 });
});

test.each([
  ["blanks around it", "   /runtimes status=Stopped  ", "/runtimes status=Stopped"],
  ["full-width forms", "／运行时　状态＝运行中，已停止", "/runtimes status=Running,Stopped"],
  ["a line break", "/runtimes\nstatus=Stopped", "/runtimes status=Stopped"],
  ["a link in place of a word", "/runtimes [status=Stopped](https://example.com)", "/runtimes status=Stopped"],
])("%s: the command is understood", async (_, text, command) => {
  expect(wordsOf((await rig.ask(text)).content)).toContain(command);
});

test("a command that rich text has cut into parts is one command, a picture among them is none of it", async () => {
  const richText = [
    { text: " /run" },
    { text: "times ", attrs: { bold: true } },
    { type: "picture", downloadCode: "mIof", pictureDownloadCode: "mIof" },
    { text: "status=Stopped" },
  ];
  expect(wordsOf((await rig.say({ richText })).content)).toContain("/runtimes status=Stopped");
});

test("a question mark, and talk, are answered with help", async () => {
  for (const text of ["?", "？", "hello", "which runtimes are there?"]) {
    const card = await rig.ask(text);
    expect(titleOf(card)).toBe("Deskhand");
    expect(wordsOf(card.content)).toContain("/runtimes");
  }
});

describe("what is no text", () => {
  const pictures = { richText: [{ type: "picture", downloadCode: "mIof" }] };
  test.each([
    ["a picture", { msgtype: "picture", content: { downloadCode: "mIof" } }],
    ["a recording", { msgtype: "audio", content: { duration: 4000, downloadCode: "mIof", recognition: "/runtimes" } }],
    ["a video", { msgtype: "video", content: { duration: 4, downloadCode: "mIof", videoType: "mp4" } }],
    ["a file", { msgtype: "file", content: { fileName: "/runtimes", spaceId: "1", fileId: "2" } }],
    ["pictures alone", pictures],
    ["a type that is new", { msgtype: "hologram" }],
    ["a text without its text", { msgtype: "text", content: {} }],
  ])("%s is answered with a line on help, through the session webhook and without a call", async (_, writing) => {
    const before = rig.simulator.stats().requests;
    const shown = await rig.say(writing);
    expect([shown.via, shown.kind, shown.chat]).toEqual(["webhook", "markdown", group]);
    expect(wordsOf(shown.content)).toContain("I read text only.");
    expect(wordsOf(shown.content)).toContain("/help");
    expect(rig.fake.calls).toMatchObject({ deliver: 0, group: 0, direct: 0, webhook: 1 });
    expect(rig.simulator.stats().requests).toBe(before);
  });
});

test("a text of 20 kB is answered with a short card, and its words are nowhere in full", async () => {
  const card = await rig.ask(`/runtimes name=${"长".repeat(7_000)}`);
  expect(JSON.stringify(card.content).length).toBeLessThan(8_000);
  const problem = await rig.ask(`/runtimes ${"x".repeat(20_000)}`);
  expect(titleOf(problem)).toBe("That command has a mistake");
});

test("a message that comes eleven minutes late is told so, once, and not run", async () => {
  const before = rig.simulator.stats().requests;
  rig.fake.faults.duplicate(1);
  const late = await rig.ask("/runtimes sort=name", { chat: "cidLate==", createdAt: Date.now() - 11 * 60_000 });
  expect([late.via, titleOf(late)]).toEqual(["webhook", "Too late"]);
  expect(wordsOf(late.content)).toContain("11 minutes");
  await rig.quiet();
  expect(rig.fake.within("cidLate==")).toHaveLength(1);
  expect(rig.simulator.stats().requests).toBe(before);
});

describe("somebody outside of the organisation, who has no id to deliver a card to", () => {
  test("is answered in a chat of two by markdown through the session webhook, whose links run commands", async () => {
    const about = { user: "guest01", outsider: true, group: false } as const;
    const answer = await rig.ask("/runtimes size=5", about);
    expect([answer.via, answer.kind]).toEqual(["webhook", "markdown"]);
    expect(wordsOf(answer.content)).toContain("Page 1 of 5 · 24 runtimes");
    expect(rig.fake.calls).toMatchObject({ deliver: 0, direct: 0, webhook: 1 });
    rig.fake.tap({ message: answer.id, user: "guest01", label: "Next" });
    await rig.fake.until(() => rig.fake.within(answer.chat).length === 2, 5_000, "the tap is answered");
    expect(wordsOf(rig.fake.within(answer.chat).at(-1)?.content ?? {})).toContain("Page 2 of 5 · 24 runtimes");
  });

  test("is answered in a group with a card like everybody", async () => {
    const card = await rig.ask("/runtimes", { user: "guest02", outsider: true });
    expect([card.via, titleOf(card)]).toEqual(["card", "Agent runtimes"]);
  });
});

describe("languages", () => {
  test("answers are Chinese unless another language is configured, whatever people write", async () => {
    const chinese = await openRig({ locale: "auto" });
    try {
      const card = await chinese.ask("/runtimes size=5");
      expect(titleOf(card)).toBe("代理运行时");
      expect(wordsOf(card.content)).toContain("第 1/5 页 · 共 24 个");
      expect(labelsOf(card.content).join()).toMatch(/下一页.*刷新.*导出/);
      await chinese.turn(card, "下一页");
      expect(everybodySees(chinese.fake, card)).toContain("第 2/5 页 · 共 24 个");
      const unread = await chinese.say({ msgtype: "picture", content: {} });
      expect(wordsOf(unread.content)).toContain("/help");
      expect(wordsOf(unread.content)).not.toMatch(/I read/);
    } finally {
      await chinese.close();
    }
  });
});

test("who writes is known by their staffId", async () => {
  await rig.ask("/runtimes size=6");
  const lines = rig.log.filter((line) => line.includes("/runtimes size=6"));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ channel: "dingtalk", chat: group, user: anna, command: "/runtimes size=6" }),
  ]);
});
