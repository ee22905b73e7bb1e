import type { WSClient } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeLark, type Disturbance, type FakeLark, type FakeLarkOptions } from "./index.ts";
import { connectSdk } from "./sdk.ts";

const clientConfig = { ReconnectCount: -1, ReconnectInterval: 0.05, ReconnectNonce: 0, PingInterval: 0.05 };

let fake: FakeLark;
let clients: WSClient[] = [];
/** Enough deliveries for the slowest machine. */
const patiently = { answerWithin: 60, redelivery: Array.from({ length: 200 }, () => 30) };
const events: Readonly<Record<string, unknown>>[] = [];

async function restart(options: FakeLarkOptions): Promise<void> {
  await fake.stop();
  fake = createFakeLark({ clientConfig, redelivery: [20, 20], ...options });
  await fake.start();
}

async function connect(
  handle: (data: Readonly<Record<string, unknown>>) => unknown = () => ({}),
  more: Parameters<typeof connectSdk>[2] = {},
): Promise<WSClient> {
  const client = await connectSdk(
    fake,
    (data) => {
      events.push(data);
      return handle(data);
    },
    more,
  );
  clients.push(client);
  return client;
}

beforeEach(async () => {
  events.length = 0;
  fake = createFakeLark({ clientConfig, redelivery: [20, 20] });
  await fake.start();
});
afterEach(async () => {
  for (const client of clients) client.close({ force: true });
  clients = [];
  await fake.stop();
});

const acknowledged = (count: number) => fake.until(() => fake.acknowledgements.length >= count, 10_000, "acknowledged");

describe("the long connection, as the SDK sees it", () => {
  it("delivers a message and takes its acknowledgement", async () => {
    await connect();
    const { messageId, eventId } = fake.write({ chat: "oc_1", user: "ou_1", text: "/runtimes", mentions: ["bot"] });
    await acknowledged(1);
    expect(events).toMatchObject([
      {
        event_id: eventId,
        event_type: "im.message.receive_v1",
        sender: { sender_id: { open_id: "ou_1" }, sender_type: "user" },
        message: {
          message_id: messageId,
          chat_id: "oc_1",
          chat_type: "group",
          message_type: "text",
          content: '{"text":"@_user_1 /runtimes"}',
          mentions: [{ key: "@_user_1", id: { open_id: fake.botOpenId } }],
        },
      },
    ]);
    expect(fake.acknowledgements).toMatchObject([{ eventId, attempt: 1, code: 200 }]);
    expect(fake.complaints()).toEqual([]);
  });

  it("delivers a long text in fragments, in whatever order", async () => {
    await restart({ fragmentBytes: 100 });
    await connect();
    const long = "长".repeat(500);
    fake.write({ chat: "oc_1", user: "ou_1", text: long });
    await acknowledged(1);
    fake.faults.reverseFragments = true;
    fake.write({ chat: "oc_1", user: "ou_1", text: long });
    await acknowledged(2);
    const contents = events.map((event) => JSON.stringify(event));
    expect(contents.every((content) => content.includes(long))).toBe(true);
    expect(fake.acknowledgements.map(({ code }) => code)).toEqual([200, 200]);
  });

  it("delivers again what a handler failed at, with the same event, and gives up in the end", async () => {
    let failures = 2;
    await connect(() => {
      failures -= 1;
      if (failures >= 0) throw new Error("not now");
      return {};
    });
    const first = fake.write({ chat: "oc_1", user: "ou_1", text: "one" });
    await acknowledged(3);
    expect(fake.acknowledgements.map(({ attempt, code }) => [attempt, code])).toEqual([
      [1, 500],
      [2, 500],
      [3, 200],
    ]);
    expect(new Set(events.map(({ event_id }) => event_id))).toEqual(new Set([first.eventId]));
    failures = 99;
    const second = fake.write({ chat: "oc_1", user: "ou_1", text: "two" });
    await fake.until(() => fake.lost.length > 0);
    expect(fake.lost).toEqual([second.eventId]);
    expect(fake.underWay).toBe(0);
  });

  it("delivers again what was written while nobody was connected, and what was not acknowledged in time", async () => {
    await restart(patiently);
    const { eventId } = fake.write({ chat: "oc_1", user: "ou_1", text: "early" });
    await acknowledged(1);
    expect(fake.acknowledgements[0]).toMatchObject({ code: undefined, reason: "there is no connection" });
    let letGo: () => void = () => {};
    const slow = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await connect(() => (events.length === 1 ? slow : {}));
    await fake.until(() => fake.acknowledgements.some(({ code }) => code === 200));
    letGo();
    expect(new Set(events.map(({ event_id }) => event_id))).toEqual(new Set([eventId]));
    expect(events.length).toBeGreaterThan(1);
    expect(fake.complaints()).toEqual([]);
  });

  it("gives each event to one of several connections", async () => {
    await connect();
    await connect();
    for (let count = 0; count < 40; count += 1) fake.write({ chat: "oc_1", user: "ou_1", text: `${count}` });
    await acknowledged(40);
    expect(events.length).toBe(40);
    expect(fake.connections.length).toBe(2);
  });

  it("delivers an event twice, under the same id and under another", async () => {
    await connect();
    fake.faults.duplicate(1, "same-event");
    fake.write({ chat: "oc_1", user: "ou_1", text: "one" });
    await acknowledged(2);
    expect(events[0]?.event_id).toBe(events[1]?.event_id);
    fake.faults.duplicate(1, "new-event");
    fake.write({ chat: "oc_1", user: "ou_1", text: "two" });
    await acknowledged(4);
    expect(events[2]?.event_id).not.toBe(events[3]?.event_id);
    expect(events[2]?.message).toEqual(events[3]?.message);
  });

  it("delivers events in another order, and late", async () => {
    await connect();
    fake.faults.reorder(3);
    fake.faults.delayEvents = 5;
    const ids = ["a", "b", "c"].map((text) => fake.write({ chat: "oc_1", user: "ou_1", text }).eventId);
    await acknowledged(3);
    expect(events.map(({ event_id }) => event_id)).toEqual(ids.toReversed());
  });

  it("tells that the bot was added and taken out, that a message was changed and taken back", async () => {
    await connect();
    fake.admit({ chat: "oc_9", user: "ou_1" });
    await acknowledged(1);
    const { messageId } = fake.write({ chat: "oc_9", user: "ou_1", text: "one" });
    await acknowledged(2);
    fake.edit(messageId, "two");
    await acknowledged(3);
    fake.edit(messageId, "three", "receive");
    await acknowledged(4);
    fake.recall(messageId);
    await acknowledged(5);
    fake.expel({ chat: "oc_9", user: "ou_1" });
    await acknowledged(6);
    expect(events.map(({ event_type }) => event_type)).toEqual([
      "im.chat.member.bot.added_v1",
      "im.message.receive_v1",
      "im.message.updated_v1",
      "im.message.receive_v1",
      "im.message.recalled_v1",
      "im.chat.member.bot.deleted_v1",
    ]);
    expect(() => fake.write({ chat: "oc_9", user: "ou_1", text: "anyone?" })).toThrow("it is not in there");
  });

  it("answers pings, or does not", async () => {
    await connect();
    await fake.until(() => (fake.connections[0]?.pings ?? 0) >= 3);
    fake.faults.pong = "withhold";
    const pings = fake.connections[0]?.pings ?? 0;
    await fake.until(() => (fake.connections[0]?.pings ?? 0) > pings + 1);
    fake.faults.pong = "rubbish";
    await fake.until(() => (fake.connections[0]?.pings ?? 0) > pings + 3);
    expect(fake.complaints()).toEqual([]);
  });
});

describe("a connection that is disturbed", () => {
  // A fragment count of 2^32 - 1 takes the memory of the SDK's own client, which is why ours checks it first.
  const survivable: readonly Disturbance[] = [
    "rubbish",
    "empty",
    "truncated",
    "no-headers",
    "unknown-method",
    "unknown-type",
    "wrong-sum",
    "wrong-seq",
    "not-json",
  ];

  it.each(survivable)("still delivers the next event after %s", async (how) => {
    await connect();
    fake.connections[0]?.disturb(how);
    fake.write({ chat: "oc_1", user: "ou_1", text: "next" });
    await acknowledged(1);
    expect(events.length).toBe(1);
  });

  // The SDK listens some turns after the connection is there: an event that comes at once is lost, and delivered again.
  it.each(["close", "reset"] as const)("is made anew by the client after %s", async (how) => {
    await restart(patiently);
    await connect(undefined, { autoReconnect: true });
    fake.connections[0]?.drop(how);
    await fake.until(() => fake.connections.length === 0);
    await fake.until(() => fake.connections.length === 1);
    fake.write({ chat: "oc_1", user: "ou_1", text: "again" });
    await fake.until(() => fake.acknowledgements.some(({ code }) => code === 200));
    expect(fake.complaints()).toEqual([]);
  });

  it("swallows events while it is half open, until the platform drops it, and then they come again", async () => {
    await restart(patiently);
    await connect(undefined, { autoReconnect: true });
    fake.connections[0]?.drop("half-open");
    const { eventId } = fake.write({ chat: "oc_1", user: "ou_1", text: "lost?" });
    await fake.until(() => fake.acknowledgements.some(({ code }) => code === 200));
    expect(fake.acknowledgements[0]).toMatchObject({ eventId, code: undefined });
  });
});

describe("the endpoint of the long connection", () => {
  it("refuses a wrong secret for good", async () => {
    const errors: string[] = [];
    await connect(undefined, { secret: "wrong", onError: (error) => errors.push(error.message) });
    expect(errors).toEqual([expect.stringContaining("514")]);
    expect(fake.connections.length).toBe(0);
    expect(fake.requests).toMatchObject([{ path: "/callback/ws/endpoint", status: 200, code: 514 }]);
  });

  it("refuses more connections than there may be, and when it is told to", async () => {
    fake.limits.connections = 1;
    await connect();
    await connect();
    expect(fake.connections.length).toBe(1);
    fake.limits.connections = 0;
    fake.faults.refuseEndpoint(1, "busy");
    await connect();
    expect(fake.requests.map(({ code }) => code)).toEqual([0, 1000040343, 1]);
  });

  it("gives a ticket for one connection alone", async () => {
    const response = await fetch(`${fake.url}/callback/ws/endpoint`, {
      method: "POST",
      body: JSON.stringify({ AppID: fake.appId, AppSecret: fake.appSecret }),
    });
    const text = await response.text();
    const url = /"URL":"([^"]+)"/.exec(text)?.[1] ?? "";
    const opened = () =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => {
          socket.close();
          resolve(true);
        };
        socket.onerror = () => resolve(false);
      });
    expect([await opened(), await opened()]).toEqual([true, false]);
    expect(fake.complaints()).toEqual([expect.stringContaining("ticket")]);
  });
});
