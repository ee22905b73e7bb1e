import { describe, expect, it } from "vitest";
import type { Card } from "../../../src/cards/index.ts";
import { settle } from "../../manual-clock.ts";
import { cardOf, createSendRig, createShared, failing, noticeOf } from "./send-rig.ts";

const key = "key-1";
const chat = "cidGroup";

const chart: Card = cardOf("shares", {
  blocks: [{ kind: "chart", shape: "donut", title: "Status", total: 2, slices: [{ label: "Running", value: 2 }] }],
});

describe("sending a card", () => {
  it("delivers it to a group under its key, and notes its buttons before", async () => {
    const rig = createSendRig();
    let noted: readonly object[] = [];
    rig.answer(() => {
      noted = rig.memory.notes.all();
      return undefined;
    });
    expect(await rig.sender.send(chat, cardOf("a"), { key, replyTo: "msg1" })).toEqual({ ok: true, message: key });
    const request = {
      outTrackId: key,
      to: { kind: "group", conversationId: chat },
      params: { tips: "" },
    };
    expect(rig.asked).toMatchObject([{ call: "createCard", request }]);
    expect(noted).toMatchObject([{ kind: "card", key, text: expect.stringContaining(chat) }]);
    const command = "/runtimes name=a page=2";
    const labels = labelsOf(rig.asked[0]);
    expect(await rig.cards.meaning(key, { ids: [], labels })).toEqual({ chat, command });
  });

  it("delivers it to a person by their staff id", async () => {
    const rig = createSendRig();
    rig.heard("cidOne", { single: true, staffId: "li.na" });
    await rig.sender.send("cidOne", cardOf("a"), { key });
    expect(rig.asked).toMatchObject([{ call: "createCard", request: { to: { kind: "single", staffId: "li.na" } } }]);
  });

  it("shows its charts as a picture, and does without where there is none; where calls are few it uploads none", async () => {
    const rig = createSendRig();
    rig.state.mediaId = "@media-1";
    await rig.sender.send(chat, chart, { key: "one" });
    rig.state.mediaId = undefined;
    await rig.sender.send(chat, chart, { key: "two" });
    rig.state.mediaId = "@media-1";
    rig.state.sparing = true;
    await rig.sender.send(chat, chart, { key: "three" });
    await rig.sender.send(chat, cardOf("a"), { key: "four" });
    expect(rig.state.pictured.map(({ upload }) => upload)).toEqual([true, true, false]);
    const pictured = rig.asked.map((asked) => JSON.stringify(asked).includes("![](@media-1)"));
    expect(pictured).toEqual([true, false, true, false]);
  });

  it("says that the bot is gone where the robot is not in the group any more", async () => {
    const rig = createSendRig();
    rig.answer(() => failing("gone"));
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({
      ok: false,
      recoverable: false,
      gone: true,
    });
    expect(rig.names()).toEqual(["createCard"]);
  });

  it.each(["rate", "unavailable", "token", "credentials"] as const)(
    "is to be tried again with the same key after %s, and by no other way",
    async (kind) => {
      const rig = createSendRig();
      rig.heard();
      rig.answer(() => failing(kind, kind === "unavailable"));
      const sent = await rig.sender.send(chat, cardOf("a"), { key });
      expect(sent).toMatchObject({ ok: false, recoverable: true, reason: `It failed: ${kind}.` });
      expect(rig.names()).toEqual(["createCard"]);
    },
  );

  it("goes no other way while it is open whether it arrived", async () => {
    const rig = createSendRig();
    rig.answer(() => failing("unknown", true));
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: false, recoverable: true });
    expect(rig.names()).toEqual(["createCard"]);
  });

  it("is left out while calls are few where it is only for the time being", async () => {
    const rig = createSendRig();
    rig.state.sparing = true;
    const sent = await rig.sender.send(chat, cardOf("a"), { key, passing: true });
    expect(sent).toMatchObject({ ok: false, recoverable: false, spared: true });
    expect(rig.asked).toEqual([]);
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: true });
  });

  it("ends with the channel", async () => {
    const rig = createSendRig();
    rig.sender.stop();
    const file = { name: "a.xlsx", type: "xlsx", path: "/a.xlsx", bytes: 1 } as const;
    for (const sent of [
      rig.sender.send(chat, cardOf("a"), { key }),
      rig.sender.update(chat, key, cardOf("a")),
      rig.sender.sendFile(chat, file, { key }),
    ]) {
      expect(await sent).toMatchObject({ ok: false, recoverable: true });
    }
    expect(rig.asked).toEqual([]);
  });
});

describe("a notice", () => {
  it("goes through the session webhook as markdown, which saves a call", async () => {
    const rig = createSendRig();
    rig.heard();
    const sent = await rig.sender.send(chat, noticeOf("late"), { key, replyTo: "msg1" });
    expect(sent).toEqual({ ok: true, message: `text:${key}`, certain: true });
    expect(rig.asked).toMatchObject([
      {
        call: "sendWebhook",
        body: { msgtype: "markdown", markdown: { title: "late", text: expect.stringContaining("Too late") } },
      },
    ]);
    expect(rig.counts.of("dingtalk_fallbacks reason=unknown")).toBe(0);
  });

  it.each([
    ["there is no webhook", noticeOf("late"), { replyTo: "msg1" }, false],
    ["nobody asked, as only cards have a key against doubles", noticeOf("late"), {}, true],
    ["an answer takes its place", noticeOf("late"), { replyTo: "msg1", passing: true }, true],
    ["it came of a command", cardOf("a", { blocks: [] }), { replyTo: "msg1" }, true],
    ["it can be pressed", cardOf("a", { command: undefined }), { replyTo: "msg1" }, true],
  ])("goes as a card where %s", async (_, card, about, heard) => {
    const rig = createSendRig();
    if (heard) {
      rig.heard();
    }
    expect(await rig.sender.send(chat, card, { key, ...about })).toEqual({ ok: true, message: key });
    expect(rig.names()).toEqual(["createCard"]);
  });

  it("goes as a card where the webhook surely did not take it", async () => {
    const rig = createSendRig();
    rig.heard();
    rig.answer(({ call }) => (call === "sendWebhook" ? failing("expired") : undefined));
    expect(await rig.sender.send(chat, noticeOf("late"), { key, replyTo: "m" })).toEqual({ ok: true, message: key });
    await rig.sender.send(chat, noticeOf("late"), { key: "key-2", replyTo: "m" });
    expect(rig.names()).toEqual(["sendWebhook", "createCard", "createCard"]);
  });

  it("goes no other way, and not again, where it may have arrived", async () => {
    const rig = createSendRig();
    rig.heard();
    rig.answer(() => failing("unavailable", true));
    for (let time = 0; time < 2; time += 1) {
      const sent = await rig.sender.send(chat, noticeOf("late"), { key, replyTo: "msg1" });
      expect(sent).toMatchObject({
        ok: false,
        recoverable: false,
        reason: expect.stringContaining("may have arrived"),
      });
    }
    expect(rig.names()).toEqual(["sendWebhook"]);
  });
});

describe("changing a card", () => {
  it("changes it by its key for everyone, without words to one, and notes its buttons", async () => {
    const rig = createSendRig();
    expect(await rig.sender.update(chat, key, cardOf("b"))).toEqual({ ok: true, message: key });
    expect(rig.asked).toMatchObject([{ call: "updateCard", outTrackId: key, params: { title: "b", tips: "" } }]);
    expect(rig.memory.notes.all()).toMatchObject([{ kind: "card", key }]);
  });

  it("waits for the callbacks of the card, 3 s at most", async () => {
    const rig = createSendRig();
    const answered = rig.cards.opened(key);
    const updating = rig.sender.update(chat, key, cardOf("b"));
    await settle();
    answered();
    await rig.clock.advance(299);
    expect(rig.asked).toEqual([]);
    await rig.clock.advance(1);
    await updating;
    expect(rig.names()).toEqual(["updateCard"]);
    rig.cards.opened(key);
    const next = rig.sender.update(chat, key, cardOf("c"));
    await rig.clock.advance(3_000);
    expect(await next).toMatchObject({ ok: true });
    expect(rig.clock.sleeping()).toBe(0);
  });

  it("is one after the other, and leaves out what was overtaken", async () => {
    const rig = createSendRig();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    rig.answer(() => promise);
    const first = rig.sender.update(chat, key, cardOf("a"));
    await settle();
    const updates = [first, ...["b", "c"].map((title) => rig.sender.update(chat, key, cardOf(title)))];
    const other = rig.sender.update(chat, "key-2", cardOf("x"));
    await settle();
    expect(rig.asked).toMatchObject([{ outTrackId: key }, { outTrackId: "key-2" }]);
    expect(await updates[1]).toEqual({ ok: true, message: key });
    resolve(undefined);
    expect(await Promise.all([...updates, other])).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
    expect(rig.asked.map((asked) => asked.call === "updateCard" && asked.params.title)).toEqual(["a", "x", "c"]);
  });

  it("is left out when it is overtaken while a callback is open", async () => {
    const rig = createSendRig();
    const answered = rig.cards.opened(key);
    const first = rig.sender.update(chat, key, cardOf("a"));
    await settle();
    const second = rig.sender.update(chat, key, cardOf("b"));
    answered();
    await rig.clock.advance(300);
    expect([await first, await second]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(rig.asked).toMatchObject([{ params: { title: "b" } }]);
  });

  it("costs no call where everyone sees it already", async () => {
    const rig = createSendRig();
    await rig.sender.update(chat, key, cardOf("a"));
    expect(await rig.sender.update(chat, key, cardOf("a"))).toEqual({ ok: true, message: key });
    expect(rig.asked).toHaveLength(1);
    await rig.sender.update(chat, key, cardOf("b"));
    await rig.sender.update(chat, key, cardOf("a"));
    expect(rig.asked).toHaveLength(3);
  });

  it("is made where another process has shown something else since", async () => {
    const shared = createShared();
    const [one, other] = [createSendRig({ shared, random: 0.1 }), createSendRig({ shared, random: 0.2 })];
    await one.sender.update(chat, key, cardOf("a"));
    await other.sender.update(chat, key, cardOf("b"));
    await one.sender.update(chat, key, cardOf("a"));
    expect(one.asked.map((asked) => asked.call === "updateCard" && asked.params.title)).toEqual(["a", "b", "a"]);
  });

  it("is made where the note of the card cannot be read", async () => {
    const rig = createSendRig();
    await rig.sender.update(chat, key, cardOf("a"));
    rig.memory.failure = new Error("The disk is full.");
    await rig.sender.update(chat, key, cardOf("a"));
    expect(rig.asked).toHaveLength(2);
  });

  it("is made where who pressed got a word, so that the word vanishes", async () => {
    const rig = createSendRig();
    await rig.sender.update(chat, key, cardOf("a"));
    await rig.pressed(key);
    await rig.clock.advance(300);
    await rig.sender.update(chat, key, cardOf("a"));
    expect(rig.asked).toHaveLength(2);
  });

  it("is made after a card was sent, which may be an earlier one of that key", async () => {
    const rig = createSendRig();
    await rig.sender.send(chat, cardOf("a"), { key });
    await rig.sender.update(chat, key, cardOf("a"));
    expect(rig.names()).toEqual(["createCard", "updateCard"]);
  });

  it("costs no call where who pressed got the card that was sent", async () => {
    const rig = createSendRig();
    await rig.sender.send(chat, cardOf("a"), { key });
    const [created] = rig.asked;
    await rig.pressed(key, created?.call === "createCard" ? created.request.params : undefined);
    await rig.clock.advance(300);
    await rig.sender.update(chat, key, cardOf("a"));
    expect(rig.names()).toEqual(["createCard"]);
  });

  it("is made again where a callback was open meanwhile, which undoes it", async () => {
    const rig = createSendRig();
    let answered = (): void => undefined;
    rig.answer(() => {
      if (rig.asked.length === 1) {
        answered = rig.cards.opened(key);
      }
      return undefined;
    });
    const updating = rig.sender.update(chat, key, cardOf("a"));
    await settle();
    expect(rig.asked).toHaveLength(1);
    answered();
    await rig.clock.advance(300);
    expect(await updating).toMatchObject({ ok: true });
    expect(rig.asked).toHaveLength(2);
  });

  it("is made three times at most", async () => {
    const rig = createSendRig();
    rig.answer(() => {
      rig.cards.opened(key)();
      return undefined;
    });
    const updating = rig.sender.update(chat, key, cardOf("a"));
    await rig.clock.advance(600);
    expect(await updating).toMatchObject({ ok: true });
    expect(rig.asked).toHaveLength(3);
  });

  it.each([
    ["missing-card", false],
    ["quota", false],
    ["scope", false],
    ["unknown", false],
    ["refused", false],
    ["unavailable", true],
    ["rate", true],
    ["token", true],
  ] as const)("that fails with %s is to be tried again: %s", async (kind, recoverable) => {
    const rig = createSendRig();
    rig.answer(() => failing(kind));
    expect(await rig.sender.update(chat, key, cardOf("a"))).toMatchObject({ ok: false, recoverable });
    rig.answer(() => undefined);
    await rig.clock.advance(300_000);
    expect(await rig.sender.update(chat, key, cardOf("a"))).toMatchObject({ ok: true });
    expect(rig.asked).toHaveLength(2);
  });

  it("is left out while calls are few where it is only for the time being", async () => {
    const rig = createSendRig();
    rig.state.sparing = true;
    expect(await rig.sender.update(chat, key, cardOf("a"), { passing: true })).toMatchObject({ spared: true });
    expect(rig.asked).toEqual([]);
    expect(await rig.sender.update(chat, key, cardOf("a"), {})).toMatchObject({ ok: true });
  });

  it("ends with the channel, also while it waits", async () => {
    const rig = createSendRig();
    rig.cards.opened(key);
    const updating = rig.sender.update(chat, key, cardOf("a"));
    await settle();
    rig.sender.stop();
    expect(await updating).toMatchObject({ ok: false, recoverable: true });
    expect([rig.asked, rig.clock.sleeping()]).toEqual([[], 0]);
  });
});

describe("sending a file", () => {
  const file = { name: "fleet.xlsx", type: "xlsx", path: "/tmp/fleet.xlsx", bytes: 1_000 } as const;

  it("uploads it, and sends it to the group or the person", async () => {
    const rig = createSendRig();
    rig.heard("cidOne", { single: true, staffId: "li.na" });
    expect(await rig.sender.sendFile(chat, file, { key })).toEqual({ ok: true, message: `file:${key}`, certain: true });
    await rig.sender.sendFile("cidOne", { ...file, type: "zip", name: "fleet.zip" }, { key: "key-2" });
    expect(rig.asked).toEqual([
      {
        call: "upload",
        file: { type: "file", name: "fleet.xlsx", bytes: 1_000, content: { path: "/tmp/fleet.xlsx" } },
      },
      {
        call: "sendGroup",
        to: chat,
        key: "sampleFile",
        param: { mediaId: "@media-1", fileName: "fleet.xlsx", fileType: "xlsx" },
      },
      { call: "upload", file: { type: "file", name: "fleet.zip", bytes: 1_000, content: { path: "/tmp/fleet.xlsx" } } },
      {
        call: "sendUser",
        to: "li.na",
        key: "sampleFile",
        param: { mediaId: "@media-3", fileName: "fleet.zip", fileType: "zip" },
      },
    ]);
  });

  it.each([
    [{ type: "csv", name: "fleet.csv" }, "csv"],
    [{ bytes: 0 }, "empty"],
    [{ bytes: 20_971_520 }, "at most"],
  ] as const)("refuses what DingTalk would not take: %o", async (about, word) => {
    const rig = createSendRig();
    const sent = await rig.sender.sendFile(chat, { ...file, ...about }, { key });
    expect(sent).toMatchObject({ ok: false, recoverable: false, reason: expect.stringContaining(word) });
    expect(rig.asked).toEqual([]);
  });

  it("cannot reach people outside of the organisation", async () => {
    const rig = createSendRig();
    rig.heard("cidOne", { single: true });
    const sent = await rig.sender.sendFile("cidOne", file, { key });
    expect(sent).toMatchObject({ ok: false, recoverable: false, reason: expect.stringContaining("organisation") });
    expect(rig.asked).toEqual([]);
  });

  it("may be tried again where the upload failed, or the message surely did not arrive", async () => {
    const rig = createSendRig();
    for (const failed of ["upload", "sendGroup"]) {
      rig.answer(({ call }) => (call === failed ? failing("unavailable", failed === "upload") : undefined));
      expect(await rig.sender.sendFile(chat, file, { key })).toMatchObject({ ok: false, recoverable: true });
    }
    rig.answer(() => undefined);
    expect(await rig.sender.sendFile(chat, file, { key })).toMatchObject({ ok: true });
    expect(rig.names()).toEqual(["upload", "upload", "sendGroup", "upload", "sendGroup"]);
  });

  it.each(["upload", "sendGroup"])("is not tried again where the month's calls are spent (%s)", async (spent) => {
    const rig = createSendRig();
    rig.answer(({ call }) => (call === spent ? failing("quota") : undefined));
    const sent = await rig.sender.sendFile(chat, file, { key });
    expect(sent).toMatchObject({ ok: false, recoverable: false, reason: "It failed: quota." });
    expect(sent).not.toHaveProperty("maybe");
  });

  it("is not sent again where it may have arrived, nor where it did, nor while it is under way", async () => {
    const rig = createSendRig();
    rig.answer(({ call }) => (call === "sendGroup" ? failing("unavailable", true) : undefined));
    const both = [rig.sender.sendFile(chat, file, { key }), rig.sender.sendFile(chat, file, { key })];
    const reason = expect.stringContaining("may have arrived");
    expect(await Promise.all(both)).toMatchObject(
      Array(2).fill({ ok: false, recoverable: false, maybe: true, reason }),
    );
    rig.answer(() => undefined);
    await rig.sender.sendFile(chat, file, { key });
    expect(rig.names()).toEqual(["upload", "sendGroup"]);
    await rig.sender.sendFile(chat, file, { key: "key-2" });
    expect(await rig.sender.sendFile(chat, file, { key: "key-2" })).toMatchObject({ ok: true });
    expect(rig.names()).toHaveLength(4);
  });

  it("says that the bot is gone", async () => {
    const rig = createSendRig();
    rig.answer(({ call }) => (call === "sendGroup" ? failing("gone") : undefined));
    expect(await rig.sender.sendFile(chat, file, { key })).toMatchObject({ ok: false, recoverable: false, gone: true });
  });

  it("cannot be changed afterwards", async () => {
    const rig = createSendRig();
    expect(await rig.sender.update(chat, `file:${key}`, cardOf("a"))).toMatchObject({ ok: false, recoverable: false });
    expect(rig.asked).toEqual([]);
  });
});

/** The labels of the buttons of a card that was sent. */
function labelsOf(asked: unknown): readonly string[] {
  const { request } = asked as { readonly request: { readonly params: { readonly sys_full_json_obj: string } } };
  const { msgButtons } = JSON.parse(request.params.sys_full_json_obj) as { msgButtons: { readonly text: string }[] };
  return msgButtons.map(({ text }) => text);
}
