import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { cardTopic, type Disturbance, messageTopic } from "../../platforms/dingtalk/index.ts";
import { titleOf } from "./card.ts";
import { hurriedClock } from "./clock.ts";
import { becomes, group, openRig, type Rig, ready, statusOf } from "./rig.ts";

let rig: Rig;

/** Each of the messages is acknowledged and answered once, in a chat of its own. */
async function expectAnsweredOnce(chats: readonly string[]): Promise<void> {
  const { fake } = rig;
  await fake.until(() => chats.every((chat) => fake.within(chat).length > 0), 15_000, "all are answered");
  await rig.quiet();
  expect(chats.map((chat) => fake.within(chat).length)).toEqual(chats.map(() => 1));
  expect(fake.lost).toEqual([]);
}

function writeIn(chats: readonly string[]): void {
  for (const chat of chats) rig.write("/runtimes", { chat, user: chat.slice(3, -2) });
}

const chatsOf = (name: string, count: number) => Array.from({ length: count }, (_, index) => `cid${name}${index}==`);

describe("a connection", () => {
  afterEach(() => rig.close());

  test("asks for messages and presses, and for no events", async () => {
    rig = await openRig();
    expect(rig.fake.connections.map(({ topics }) => [...topics].toSorted())).toEqual([[cardTopic, messageTopic]]);
    expect(rig.fake.spent.pushes).toBe(0);
  });

  test("that the platform wants to end is followed by the next before it is over: nothing is lost, nothing doubled", async () => {
    rig = await openRig({ fake: { disconnectAfter: 3_000 } });
    rig.simulator.faults.latency = 500;
    const before = chatsOf("Before", 5);
    writeIn(before);
    const [old] = rig.fake.connections;
    old?.disconnect();
    const after = chatsOf("After", 5);
    writeIn(after);
    await rig.fake.until(() => rig.fake.connections.some((one) => one !== old), 5_000, "the next one is open");
    expect(old?.open).toBe(true);
    await expectAnsweredOnce([...before, ...after]);
    await rig.fake.until(() => rig.fake.connections.length === 1, 5_000, "the old one is over");
    expect(await statusOf(`${rig.url}/readyz`)).toBe(200);
  });

  test("a press under way on a connection that the platform wants to end is answered on it", async () => {
    rig = await openRig({ fake: { disconnectAfter: 3_000 } });
    const card = await rig.ask("/runtimes provider=OpenClaw size=5");
    rig.simulator.faults.latency = 700;
    const pressing = rig.press(card, "Next");
    await rig.fake.until(() => card.open === 1, 5_000, "the press is under way");
    rig.fake.connections[0]?.disconnect();
    expect((await pressing).outcome).toBe("card");
    await rig.fake.until(() => rig.changesOf(card) === 1, 5_000, "everybody sees it");
  });

  test.each(["close", "reset"] as const)("that ends (%s) is told by /readyz, and made anew", async (how) => {
    rig = await openRig();
    const before = chatsOf("Before", 3);
    writeIn(before);
    rig.fake.faults.sockets = "refuse";
    rig.fake.connections[0]?.drop(how);
    const during = chatsOf("During", 3);
    writeIn(during);
    await becomes(rig.url, 503);
    const body: unknown = await (await fetch(`${rig.url}/readyz`)).json();
    expect(body).toMatchObject({ ready: false, parts: { dingtalk: "not ready" } });
    expect(await statusOf(`${rig.url}/healthz`)).toBe(200);
    rig.fake.faults.sockets = "accept";
    await ready(rig.url);
    await expectAnsweredOnce([...before, ...during]);
    expect(rig.fake.connections).toHaveLength(1);
    expect(await rig.metrics()).toMatch(/dingtalk_connections_total\{outcome="connected"\} 2\n/);
  });

  test("that is silent in both directions is found out and made anew, and what was sent into it comes again", async () => {
    rig = await openRig({ clock: hurriedClock, fake: { pingEvery: 0 } });
    rig.fake.connections[0]?.drop("half-open");
    const during = chatsOf("During", 3);
    writeIn(during);
    await rig.fake.until(() => rig.fake.calls.gateway === 2, 10_000, "it asks for another connection");
    await expectAnsweredOnce(during);
  });

  test("an upgrade that hangs is given up", async () => {
    rig = await openRig({ clock: hurriedClock });
    rig.fake.faults.sockets = "hang";
    rig.fake.connections[0]?.drop("reset");
    await rig.fake.until(() => rig.fake.hanging > 0, 5_000, "it hangs");
    rig.fake.faults.sockets = "accept";
    const during = chatsOf("During", 1);
    writeIn(during);
    await expectAnsweredOnce(during);
  });

  test("a gateway that does not know the secret is asked again after a while, and told of once", async () => {
    rig = await openRig({ clock: hurriedClock });
    rig.fake.faults.api({ kind: "refuse", code: "AuthenticationFailed.InvalidClient" }, { api: "gateway", count: 3 });
    rig.fake.connections[0]?.drop("reset");
    await becomes(rig.url, 503);
    await ready(rig.url);
    expect(rig.fake.calls.gateway).toBe(5);
    const advice = rig.log.filter((line) => line.includes("refuses the client id or the client secret"));
    expect(advice).toHaveLength(1);
    expect(titleOf(await rig.ask("/help"))).toBe("Deskhand");
  });

  test.each([
    ["a page of a proxy", { kind: "html", status: 502 }],
    ["a reset", { kind: "reset" }],
    ["too many calls", { kind: "refuse", code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" }],
  ] as const)("after %s from the gateway it is made all the same, never two at once", async (_, fault) => {
    rig = await openRig();
    rig.fake.faults.api(fault, { api: "gateway", count: 2 });
    rig.fake.connections[0]?.drop("reset");
    const during = chatsOf("During", 1);
    writeIn(during);
    await expectAnsweredOnce(during);
    expect([rig.fake.calls.gateway, rig.fake.connections.length]).toEqual([4, 1]);
  });
});

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
    ["whose ids are numbers", { conversationId: 7, msgId: 8 }],
    ["whose type is a number", { msgtype: 7 }],
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
