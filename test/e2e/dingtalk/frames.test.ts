import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Disturbance } from "../../platforms/dingtalk/index.ts";
import { titleOf } from "./card.ts";
import { group, openRig, type Rig } from "./rig.ts";

let rig: Rig;

describe("a connection that brings rubbish", () => {
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  const disturbances: readonly Disturbance[] = [
    ...["rubbish", "empty", "binary", "null", "array", "no-headers", "no-data", "data-not-json", "data-null"],
    ...["unknown-type", "unknown-topic", "unknown-system", "long"],
  ] as const;

  test.each(disturbances)("after a frame of the kind %s the next message is served on the same one", async (how) => {
    const [connection] = rig.fake.connections;
    connection?.disturb(how);
    expect(titleOf(await rig.ask("/help"))).toBe("Deskhand");
    expect(rig.fake.connections).toEqual([connection]);
  });

  test("an event that was not asked for is acknowledged, so that it does not come again, and counted", async () => {
    const [connection] = rig.fake.connections;
    connection?.send({
      type: "EVENT",
      topic: "*",
      messageId: "disturbance-event",
      data: '{"eventType":"user_add_org"}',
    });
    expect(titleOf(await rig.ask("/help"))).toBe("Deskhand");
    expect(await rig.metrics()).toMatch(/dingtalk_frames_refused_total\{reason="topic"\} \d/);
  });

  test("pings of the platform are answered with their own data", async () => {
    const [connection] = rig.fake.connections;
    const before = connection?.pongs ?? 0;
    connection?.ping();
    await rig.fake.until(() => connection?.pongs === before + 1, 5_000, "the ping is answered");
  });

  const strange: readonly (readonly [string, object])[] = [
    ["without a chat", { conversationId: undefined }],
    ["without an id", { msgId: undefined }],
    ["without a writer", { senderId: undefined, senderStaffId: undefined }],
    ["whose id has lost digits", { msgId: 2 ** 60 }],
    ["whose chat has a huge id", { conversationId: "cid".padEnd(5_000, "A") }],
  ];
  test.each(strange)("a message %s is acknowledged once, counted, and forgotten", async (_, data) => {
    const before = rig.fake.sent.length;
    const id = rig.write("/runtimes", { data: { ...data } });
    await rig.fake.until(() => rig.fake.underWay === 0, 5_000, "it is acknowledged");
    expect(rig.fake.acknowledgements.filter(({ about }) => about === id).map(({ code }) => code)).toEqual([200]);
    expect(titleOf(await rig.ask("/help"))).toBe("Deskhand");
    expect(rig.fake.sent).toHaveLength(before + 1);
    expect(await rig.metrics()).toContain('deskhand_dingtalk_refused_total{reason="message"}');
  });

  test.each([
    ["no time of writing", { createAt: undefined }],
    ["a type that is none", { msgtype: 7 }],
    ["an id that is a number", { msgId: 123_456_789 }],
    ["a time of writing as text", { createAt: String(Date.now()) }],
    ["no session webhook", { sessionWebhook: undefined, sessionWebhookExpiredTime: undefined }],
    ["a session webhook of somebody else", { sessionWebhook: "https://evil.example/robot/sendBySession?session=x" }],
    ["a session webhook that is no address", { sessionWebhook: "javascript:alert(1)" }],
    ["fields that are new", { robotVersion: { a: [1] }, senderTags: null }],
  ])("a message with %s is answered all the same", async (_, data) => {
    const card = await rig.ask("/runtimes size=5", { data });
    expect([card.chat, titleOf(card)]).toEqual([group, "Agent runtimes"]);
  });

  test("a session webhook of somebody else is not written to", async () => {
    const fetching = vi.spyOn(globalThis, "fetch");
    rig.fake.forget();
    const sessionWebhook = `http://localhost:${new URL(rig.fake.url).port}/robot/sendBySession?session=x`;
    const shown = await rig.say({ msgtype: "picture", content: {}, chat: "cidEvil==", data: { sessionWebhook } });
    expect(shown.via).not.toBe("webhook");
    expect(rig.fake.calls.webhook).toBe(0);
    expect(fetching).not.toHaveBeenCalled();
    fetching.mockRestore();
  });
});
