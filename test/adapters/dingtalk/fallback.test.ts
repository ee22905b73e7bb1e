import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../../adapters/dingtalk/api.ts";
import { type Called, cardOf, createSendRig, failing, type Outcome } from "./send-rig.ts";

const key = "key-1";
const chat = "cidGroup";

type Rig = ReturnType<typeof createSendRig>;

/** Cards fail in this way from now on, and other calls as `others` say. */
function failCards(rig: Rig, kind: FailureKind, others: (called: Called) => Outcome = () => undefined): void {
  rig.answer((called) => (/Card$/.test(called.call) ? failing(kind) : others(called)));
}

const markdown = { title: "a", text: expect.stringContaining("dtmd://dingtalkclient/sendMessage?content=") };

describe("a card that cannot be delivered", () => {
  it.each(["scope", "denied", "quota", "user", "template", "too-long", "refused", "parameter", "unknown"] as const)(
    "goes as markdown with links through the session webhook: %s",
    async (kind) => {
      const rig = createSendRig();
      rig.heard();
      failCards(rig, kind);
      const sent = await rig.sender.send(chat, cardOf("a"), { key });
      expect(sent).toEqual({ ok: true, message: `text:${key}`, certain: true });
      expect(rig.asked).toMatchObject([
        { call: "createCard" },
        { call: "sendWebhook", url: expect.stringContaining("s3cret"), body: { msgtype: "markdown", markdown } },
      ]);
      expect(rig.counts.of(`dingtalk_fallbacks reason=${kind}`)).toBe(1);
      expect(rig.log.lines).toHaveLength(1);
      expect(rig.log.lines.join()).not.toMatch(/s3cret|What a says/);
    },
  );

  it("goes as a message of the robot where there is no webhook", async () => {
    const rig = createSendRig();
    failCards(rig, "template");
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: true, message: `text:${key}` });
    expect(rig.asked).toMatchObject([{}, { call: "sendGroup", to: chat, key: "sampleMarkdown", param: markdown }]);
  });

  it("goes to a person where it was one's", async () => {
    const rig = createSendRig();
    rig.conversations.heard({ chat: "cidOne", kind: "single", staffId: "li.na", webhook: undefined, message: "msg1" });
    failCards(rig, "refused");
    await rig.sender.send("cidOne", cardOf("a"), { key });
    expect(rig.asked).toMatchObject([{}, { call: "sendUser", to: "li.na", key: "sampleMarkdown", param: markdown }]);
  });

  it("of somebody outside of the organisation costs no call, and goes while they have written a short time ago", async () => {
    const rig = createSendRig();
    rig.heard("cidOne", { single: true });
    expect(await rig.sender.send("cidOne", cardOf("a"), { key })).toMatchObject({ ok: true, message: `text:${key}` });
    expect(rig.names()).toEqual(["sendWebhook"]);
    expect(rig.counts.of("dingtalk_fallbacks reason=user")).toBe(1);
    await rig.clock.advance(5_400_000);
    const later = await rig.sender.send("cidOne", cardOf("a"), { key: "key-2" });
    expect(later).toMatchObject({ ok: false, recoverable: false, reason: expect.stringContaining("organisation") });
    expect(rig.names()).toEqual(["sendWebhook"]);
  });

  it.each(["expired", "refused", "rate", "parameter"] as const)(
    "goes as a message of the robot where the webhook surely did not take it: %s",
    async (kind) => {
      const rig = createSendRig();
      rig.heard();
      failCards(rig, "scope", ({ call }) => (call === "sendWebhook" ? failing(kind) : undefined));
      expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: true });
      await rig.sender.send(chat, cardOf("a"), { key: "key-2" });
      const again = kind === "expired" ? [] : ["sendWebhook"];
      expect(rig.names()).toEqual(["createCard", "sendWebhook", "sendGroup", ...again, "sendGroup"]);
    },
  );

  it("does not go again, by no way, where a message may have arrived", async () => {
    const rig = createSendRig();
    rig.heard();
    failCards(rig, "scope", () => failing("unavailable", true));
    for (let time = 0; time < 2; time += 1) {
      const reason = expect.stringContaining("may have arrived");
      expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({
        ok: false,
        recoverable: false,
        reason,
      });
    }
    expect(rig.names()).toEqual(["createCard", "sendWebhook"]);
  });

  it("does not go twice while it is under way, nor once it was sent", async () => {
    const rig = createSendRig();
    failCards(rig, "refused");
    const both = [rig.sender.send(chat, cardOf("a"), { key }), rig.sender.send(chat, cardOf("a"), { key })];
    await Promise.all(both);
    rig.answer(() => undefined);
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: true, message: `text:${key}` });
    expect(rig.names().filter((name) => name === "sendGroup")).toHaveLength(1);
  });

  it.each([
    ["quota", true],
    ["rate", true],
    ["unavailable", true],
    ["unknown", true],
    ["scope", false],
    ["user", false],
    ["refused", false],
  ] as const)("may be tried again later where the robot's message fails with %s: %s", async (kind, recoverable) => {
    const rig = createSendRig();
    failCards(rig, "refused", () => failing(kind));
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: false, recoverable });
  });

  it("does not count as delivered later: the platform has it, and shows it to nobody", async () => {
    const rig = createSendRig();
    for (const kind of ["refused", "gone"] as const) {
      failCards(rig, kind, () => failing("rate"));
      await rig.sender.send(chat, cardOf("a"), { key: kind });
      // As the platform does with a card that it has already.
      rig.answer(() => undefined);
      expect(await rig.sender.send(chat, cardOf("a"), { key: kind })).toMatchObject({
        ok: true,
        message: `text:${kind}`,
      });
    }
  });

  it("says that the bot is gone where that comes out only then", async () => {
    const rig = createSendRig();
    failCards(rig, "refused", () => failing("gone"));
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ recoverable: false, gone: true });
  });

  it("is left out where it was for the time being", async () => {
    const rig = createSendRig();
    rig.heard();
    failCards(rig, "refused");
    expect(await rig.sender.send(chat, cardOf("a"), { key, passing: true })).toMatchObject({ ok: false, spared: true });
    expect(rig.names()).toEqual(["createCard"]);
  });

  it("begins no other way when there is no time left", async () => {
    const rig = createSendRig();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    rig.answer(({ call }) => (call === "createCard" ? promise : undefined));
    const sending = rig.sender.send(chat, cardOf("a"), { key });
    await rig.clock.advance(12_000);
    resolve(failing("refused"));
    expect(await sending).toMatchObject({ ok: false, recoverable: true });
    expect(rig.names()).toEqual(["createCard"]);
    expect(await rig.sender.send(chat, cardOf("a"), { key })).toMatchObject({ ok: true, message: `text:${key}` });
  });

  it("cannot be changed, which costs no call", async () => {
    const rig = createSendRig();
    expect(await rig.sender.update(chat, `text:${key}`, cardOf("b"))).toMatchObject({ ok: false, recoverable: false });
    expect(await rig.sender.update(chat, `text:${key}`, cardOf("b"), { passing: true })).toMatchObject({
      spared: true,
    });
    expect(rig.asked).toEqual([]);
  });
});

describe("what every card of the app would meet", () => {
  it.each(["scope", "template", "quota"] as const)("spares the calls for five minutes: %s", async (kind) => {
    const rig = createSendRig();
    failCards(rig, kind);
    const send = (name: string) => rig.sender.send(chat, cardOf("a"), { key: name });
    await send("one");
    await rig.clock.advance(299_999);
    await send("two");
    expect(rig.names()).toEqual(["createCard", "sendGroup", "sendGroup"]);
    await rig.clock.advance(1);
    await Promise.all([send("three"), send("four")]);
    expect(rig.names().filter((name) => name === "createCard")).toHaveLength(2);
    rig.answer(() => undefined);
    await rig.clock.advance(300_000);
    expect(await send("five")).toEqual({ ok: true, message: "five" });
    expect(await send("six")).toEqual({ ok: true, message: "six" });
  });

  it.each(["refused", "user", "denied", "too-long", "parameter", "unknown"] as const)(
    "is not what one card met: %s",
    async (kind) => {
      const rig = createSendRig();
      failCards(rig, kind);
      await rig.sender.send(chat, cardOf("a"), { key: "one" });
      await rig.sender.send(chat, cardOf("a"), { key: "two" });
      expect(rig.names()).toEqual(["createCard", "sendGroup", "createCard", "sendGroup"]);
    },
  );

  it("leaves out what is for the time being", async () => {
    const rig = createSendRig();
    failCards(rig, "quota");
    await rig.sender.send(chat, cardOf("a"), { key: "one" });
    const { length } = rig.asked;
    expect(await rig.sender.send(chat, cardOf("a"), { key: "two", passing: true })).toMatchObject({ spared: true });
    expect(await rig.sender.update(chat, "card1", cardOf("a"), { passing: true })).toMatchObject({ spared: true });
    expect(rig.asked).toHaveLength(length);
  });

  it.each([
    ["scope", false],
    ["quota", false],
    ["template", true],
  ] as const)(
    "stops changes of cards as well, but for a template, of which they have no need: %s",
    async (kind, ok) => {
      const rig = createSendRig();
      rig.answer(({ call }) => (call === "createCard" ? failing(kind) : undefined));
      await rig.sender.send(chat, cardOf("a"), { key: "one" });
      expect(await rig.sender.update(chat, "card1", cardOf("b"))).toMatchObject({ ok });
      expect(rig.names().includes("updateCard")).toBe(ok);
      // That a card can be changed does not show that one can be made.
      await rig.sender.send(chat, cardOf("a"), { key: "two" });
      expect(rig.names().filter((name) => name === "createCard")).toHaveLength(1);
    },
  );

  it("is found by a change as well", async () => {
    const rig = createSendRig();
    failCards(rig, "quota");
    expect(await rig.sender.update(chat, "card1", cardOf("a"))).toMatchObject({ ok: false, recoverable: false });
    expect(await rig.sender.update(chat, "card1", cardOf("a"))).toMatchObject({ ok: false, recoverable: false });
    await rig.sender.send(chat, cardOf("a"), { key: "one" });
    expect(rig.names()).toEqual(["updateCard", "sendGroup"]);
  });

  it("is tried again at once where the try said nothing of it", async () => {
    const rig = createSendRig();
    failCards(rig, "scope");
    await rig.sender.send(chat, cardOf("a"), { key: "one" });
    await rig.clock.advance(300_000);
    failCards(rig, "unavailable");
    await rig.sender.send(chat, cardOf("a"), { key: "two" });
    rig.answer(() => undefined);
    expect(await rig.sender.send(chat, cardOf("a"), { key: "three" })).toEqual({ ok: true, message: "three" });
  });

  it("is told once an hour, and counted each time", async () => {
    const rig = createSendRig();
    failCards(rig, "quota");
    for (let time = 0; time < 14; time += 1) {
      await rig.sender.send(chat, cardOf("a"), { key: `key-${time}` });
      await rig.clock.advance(299_000);
    }
    expect(rig.counts.of("dingtalk_fallbacks reason=quota")).toBe(14);
    expect(rig.log.lines).toHaveLength(2);
    expect(rig.log.lines[1]).toContain('"sinceLastLine":13');
  });
});
