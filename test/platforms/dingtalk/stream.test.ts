import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { call } from "./calls.ts";
import { createFakeDingTalk, type FakeDingTalk, type FakeDingTalkOptions } from "./index.ts";
import { acknowledge, connectSdk, type StandinClient } from "./sdk.ts";

let fake: FakeDingTalk;
const closing: (() => unknown)[] = [];

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  fake = createFakeDingTalk(options);
  await fake.start();
}

beforeEach(() => {
  // The SDK writes to the console.
  for (const method of ["info", "warn", "error"] as const) vi.spyOn(console, method).mockImplementation(() => {});
  return begin();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await fake.stop();
  vi.restoreAllMocks();
});

async function restart(options: FakeDingTalkOptions): Promise<void> {
  await fake.stop();
  await begin(options);
}

async function connect(...handlers: [Parameters<typeof connectSdk>[1]?, Parameters<typeof connectSdk>[2]?]) {
  const client = await connectSdk(fake, ...handlers);
  closing.push(() => client.disconnect());
  return client;
}

describe("the stream, as the SDK sees it", () => {
  it("brings a message of a group, and takes its acknowledgement", async () => {
    const frames: unknown[] = [];
    await connect((frame, client) => {
      frames.push({ ...frame, data: JSON.parse(frame.data) });
      acknowledge(frame, client);
    });
    const { msgId } = fake.write({ chat: "cid1==", user: "li", nick: "Li Na", text: "/runtimes" });
    await fake.until(() => fake.underWay === 0);
    expect(frames).toMatchObject([
      {
        specVersion: "1.0",
        type: "CALLBACK",
        headers: { appId: fake.clientId, contentType: "application/json", topic: "/v1.0/im/bot/messages/get" },
        data: {
          conversationId: "cid1==",
          conversationType: "2",
          msgId,
          senderNick: "Li Na",
          senderStaffId: "li",
          msgtype: "text",
          text: { content: " /runtimes" },
          robotCode: fake.robotCode,
          isInAtList: true,
        },
      },
    ]);
    expect(fake.acknowledgements).toMatchObject([{ about: msgId, attempt: 1, code: 200 }]);
    expect(fake.complaints()).toEqual([]);
    expect(fake.spent.pushes).toBe(1);
  });

  it("brings 1:1 messages, rich texts, pictures, and those of outsiders", async () => {
    const heard: Record<string, unknown>[] = [];
    await connect((frame, client) => {
      heard.push(JSON.parse(frame.data));
      acknowledge(frame, client);
    });
    fake.write({ user: "li", text: "/help" });
    fake.write({ chat: "cid1==", user: "guest", outsider: true, richText: [{ text: "/help" }] });
    fake.write({ user: "li", msgtype: "picture", content: { downloadCode: "x" }, data: { robotCode: undefined } });
    await fake.until(() => fake.underWay === 0);
    expect(heard[0]).toMatchObject({ conversationType: "1", text: { content: "/help" } });
    expect(heard[1]).toMatchObject({ msgtype: "richText", content: { richText: [{ text: "/help" }] } });
    expect(heard[1]).not.toHaveProperty("senderStaffId");
    expect(heard[2]).toMatchObject({ msgtype: "picture", conversationId: heard[0]?.conversationId });
    expect(heard[2]).not.toHaveProperty("robotCode");
  });

  it("brings a message again that was not acknowledged, with the same msgId, and gives up at last", async () => {
    await restart({ redelivery: [20, 20] });
    const messageIds: string[] = [];
    await connect(({ headers }) => void messageIds.push(headers.messageId));
    const { msgId } = fake.write({ user: "li", text: "/help" });
    await fake.until(() => fake.lost.length === 1);
    expect(new Set(messageIds).size).toBe(3);
    expect(fake.acknowledgements.map(({ about, attempt }) => [about, attempt])).toEqual([
      [msgId, 1],
      [msgId, 2],
      [msgId, 3],
    ]);
    expect(fake.lost).toEqual([msgId]);
  });

  it("brings a message again that was acknowledged with an error, or when its socket went, or before there was one", async () => {
    await restart({ redelivery: Array.from({ length: 200 }, () => 20) });
    fake.write({ user: "li", text: "one" });
    let count = 0;
    const client = await connect((frame, client) => {
      count += 1;
      if (count === 1)
        Reflect.get(client, "socket").send(JSON.stringify({ code: 500, headers: frame.headers, data: "{}" }));
      else if (count === 2) fake.connections[0]?.drop("reset");
      else acknowledge(frame, client);
    });
    await fake.until(() => fake.connections.length === 0);
    await client.connect();
    await fake.until(() => fake.underWay === 0);
    expect(fake.lost).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(3);
  });

  it("doubles a message on demand", async () => {
    await connect();
    fake.faults.duplicate(1);
    fake.write({ user: "li", text: "/help" });
    await fake.until(() => fake.acknowledgements.length === 2);
    expect(new Set(fake.acknowledgements.map(({ about }) => about)).size).toBe(1);
    expect(new Set(fake.acknowledgements.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it("gives each frame to one of several sockets, in turn", async () => {
    await connect();
    await connect();
    for (const text of ["1", "2", "3", "4"]) fake.write({ user: "li", text });
    await fake.until(() => fake.underWay === 0);
    const went = (id: string) => fake.acknowledgements.filter(({ connection }) => connection === id).length;
    expect(fake.connections.map(({ id }) => went(id))).toEqual([2, 2]);
  });

  it("pings, and drops who does not answer", async () => {
    await connect();
    fake.connections[0]?.ping();
    await fake.until(() => fake.connections[0]?.pongs === 1);
    expect(fake.complaints()).toEqual([]);
    await restart({ pingEvery: 20 });
    const client = await connect();
    client.onSystem = () => {};
    await fake.until(() => fake.connections.length === 0);
    expect(fake.complaints()).toEqual(["stream: a ping of the platform was not answered"]);
  });

  it("answers pings of the WebSocket, unless it is half-open", async () => {
    const client = await connect();
    const socket: WebSocket = Reflect.get(client, "socket");
    let pongs = 0;
    const answered = new Promise<void>((resolve) => {
      socket.on("pong", () => {
        pongs += 1;
        resolve();
      });
    });
    socket.ping();
    await answered;
    expect(fake.connections[0]?.pings).toBe(1);
    fake.connections[0]?.drop("half-open");
    socket.ping();
    fake.write({ user: "li", text: "/help" });
    await call(fake, "POST /v1.0/oauth2/accessToken", {});
    expect(pongs).toBe(1);
    expect(fake.underWay).toBe(1);
  });

  it("says before it closes a socket, sends nothing more there, and takes acknowledgements until then", async () => {
    await restart({ disconnectAfter: 200, redelivery: [5000] });
    const held: (() => void)[] = [];
    const told: unknown[] = [];
    const first = await connect((frame, client) => void held.push(() => acknowledge(frame, client)));
    first.onSystem = (frame) => void told.push(frame.headers.topic);
    fake.write({ user: "li", text: "1" });
    await fake.until(() => fake.spent.pushes === 1);
    await connect();
    fake.connections[0]?.disconnect();
    fake.write({ user: "li", text: "2" });
    await fake.until(() => held.length === 1);
    held[0]?.();
    await fake.until(() => fake.underWay === 0 && fake.connections.length === 1);
    expect(told).toEqual(["disconnect"]);
    expect(fake.complaints()).toEqual([]);
  });
});

describe("what a client says", () => {
  const frames: Record<string, unknown> = {
    "an acknowledgement of nothing": { code: 200, headers: { messageId: "never" }, data: "{}" },
    "no headers": { code: 200, data: "{}" },
    "no object": [1],
  };
  it.each(Object.keys(frames))("is noted when it is %s", async (name) => {
    const client = await connect();
    Reflect.get(client, "socket").send(JSON.stringify(frames[name]));
    await fake.until(() => fake.complaints().length === 1);
  });

  it("is noted when it acknowledges twice, elsewhere, or without JSON", async () => {
    await restart({ redelivery: [5000] });
    const clients: StandinClient[] = [];
    const say = (client: StandinClient | undefined, messageId: string, data: string) =>
      client && Reflect.get(client, "socket").send(JSON.stringify({ code: 200, headers: { messageId }, data }));
    clients.push(await connect(({ headers }) => say(clients[1], headers.messageId, "{}")));
    clients.push(await connect(({ headers }) => say(clients[1], headers.messageId, "ok")));
    fake.write({ user: "li", text: "1" });
    await fake.until(() => fake.complaints().length === 1);
    expect(fake.complaints()[0]).toContain("another socket");
    fake.write({ user: "li", text: "2" });
    await fake.until(() => fake.complaints().length === 2);
    expect(fake.complaints()[1]).toContain("no JSON text");
    say(clients[1], fake.acknowledgements.at(-1)?.messageId ?? "", "{}");
    await fake.until(() => fake.complaints().length === 3);
    expect(fake.complaints()[2]).toContain("acknowledged before");
  });
});
