import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { createFakeDingTalk, type Disturbance, type FakeDingTalk, type FakeDingTalkOptions } from "./index.ts";
import { acknowledge, call, connectSdk, StandinClient } from "./sdk.ts";

let fake: FakeDingTalk;
let shift = 0;
const closing: (() => unknown)[] = [];

async function begin(options: FakeDingTalkOptions = {}): Promise<void> {
  fake = createFakeDingTalk({ now: () => Date.now() + shift, ...options });
  await fake.start();
}

beforeEach(() => {
  shift = 0;
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

const subscriptions = [{ type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" }];
const opening = (more: object = {}, headers: Record<string, string> = { accept: "application/json" }) => {
  const { clientId, clientSecret } = fake;
  return call(fake, "POST /v1.0/gateway/connections/open", { clientId, clientSecret, subscriptions, ...more }, headers);
};

async function addressOf(): Promise<{ readonly endpoint: string; readonly ticket: string }> {
  return z.object({ endpoint: z.string(), ticket: z.string() }).parse((await opening()).body);
}

/** "open", or why not. */
function knock(address: string): Promise<string> {
  const socket = new WebSocket(address);
  closing.push(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on("open", () => resolve("open"));
    socket.on("error", (error) => resolve(error.message));
  });
}

describe("the gateway", () => {
  it("gives a ticket that is good once, when it is encoded", async () => {
    const { endpoint, ticket } = await addressOf();
    expect(ticket).toMatch(/[+/=]/);
    expect(await knock(`${endpoint}?ticket=${ticket}`)).toContain("401");
    expect(await knock(`${endpoint}?ticket=${encodeURIComponent(ticket)}`)).toBe("open");
    expect(await knock(`${endpoint}?ticket=${encodeURIComponent(ticket)}`)).toContain("401");
    expect(fake.complaints().length).toBe(2);
  });

  it("gives a ticket that ends after 90 s", async () => {
    const { endpoint, ticket } = await addressOf();
    shift = 90_000;
    expect(await knock(`${endpoint}?ticket=${encodeURIComponent(ticket)}`)).toContain("401");
  });

  it("refuses another secret, and requests without subscriptions", async () => {
    expect(await opening({ clientSecret: "x" })).toMatchObject({
      status: 401,
      code: "AuthenticationFailed.InvalidClient",
    });
    expect(fake.complaints()).toEqual([]);
    expect((await opening({ subscriptions: [] })).status).toBe(400);
    expect((await opening({ subscriptions: undefined })).status).toBe(400);
    expect(fake.complaints().length).toBe(2);
  });

  it("notes a subscription to every event, and answers XML to who does not ask for JSON", async () => {
    await opening({ subscriptions: [...subscriptions, { type: "EVENT", topic: "*" }] });
    expect(fake.complaints()).toEqual(["a subscription to every event: each costs a push"]);
    const { clientId, clientSecret } = fake;
    const response = await fetch(`${fake.url}/v1.0/gateway/connections/open`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret, subscriptions }),
    });
    expect(await response.text()).toMatch(/^<response><endpoint>/);
    expect(fake.complaints().length).toBe(2);
  });

  it("fails on demand, and refuses sockets or lets them hang", async () => {
    fake.faults.api({ kind: "html", status: 503 }, { api: "gateway" });
    const client = new StandinClient(fake, "another");
    await client.connect();
    expect(client.connected).toBe(false);
    expect(fake.requests).toMatchObject([{ api: "gateway", status: 503 }]);
    const { endpoint, ticket } = await addressOf();
    const address = `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
    fake.faults.refuseSockets(20);
    expect(await knock(address)).toContain("503");
    await fake.until(() => fake.faults.sockets === "accept");
    expect(await knock(address)).toBe("open");
  });
});

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
    expect(count).toBe(3);
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
    await restart({ pingEvery: 20 });
    const client = await connect();
    await fake.until(() => (fake.connections[0]?.pongs ?? 0) >= 2);
    expect(fake.complaints()).toEqual([]);
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
    await restart({ disconnectAfter: 30, redelivery: [5000] });
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

  it("sends nothing that was not subscribed to", async () => {
    const { endpoint, ticket } = z
      .object({ endpoint: z.string(), ticket: z.string() })
      .parse((await opening({ subscriptions: [{ type: "CALLBACK", topic: "/v1.0/card/instances/callback" }] })).body);
    expect(await knock(`${endpoint}?ticket=${encodeURIComponent(ticket)}`)).toBe("open");
    await fake.until(() => fake.connections.length === 1);
    fake.write({ user: "li", text: "/help" });
    await fake.until(() => fake.acknowledgements.length === 1);
    expect(fake.acknowledgements).toMatchObject([{ reason: "there is no socket" }]);
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

describe("a disturbance", () => {
  const all: readonly Disturbance[] = [
    "rubbish",
    "empty",
    "binary",
    "null",
    "array",
    "no-headers",
    "no-data",
    "data-not-json",
    "data-null",
    "unknown-type",
    "unknown-topic",
    "unknown-system",
    "long",
  ];
  it.each(all)("such as %s reaches a client, and what is said to it counts for nothing", async (how) => {
    const { endpoint, ticket } = await addressOf();
    const socket = new WebSocket(`${endpoint}?ticket=${encodeURIComponent(ticket)}`);
    closing.push(() => socket.terminate());
    const heard = new Promise((resolve) => socket.on("message", resolve));
    await fake.until(() => fake.connections.length === 1);
    fake.connections[0]?.disturb(how);
    await heard;
    socket.send(JSON.stringify({ code: 200, headers: { messageId: `disturbance-${how}` }, data: "{}" }));
    socket.ping();
    await fake.until(() => fake.connections[0]?.pings === 1);
    expect(fake.complaints()).toEqual([]);
  });
});
