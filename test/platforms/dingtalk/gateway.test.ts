import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { call } from "./calls.ts";
import { createFakeDingTalk, type Disturbance, type FakeDingTalk } from "./index.ts";
import { StandinClient } from "./sdk.ts";

let fake: FakeDingTalk;
let shift = 0;
const closing: (() => unknown)[] = [];

beforeEach(() => {
  shift = 0;
  // The SDK writes to the console.
  for (const method of ["info", "warn", "error"] as const) vi.spyOn(console, method).mockImplementation(() => {});
  fake = createFakeDingTalk({ now: () => Date.now() + shift });
  return fake.start();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await fake.stop();
  vi.restoreAllMocks();
});

const subscriptions = [{ type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" }];
const opening = (more: object = {}, headers: Record<string, string> = { accept: "application/json" }) => {
  const { clientId, clientSecret } = fake;
  return call(fake, "POST /v1.0/gateway/connections/open", { clientId, clientSecret, subscriptions, ...more }, headers);
};

async function addressOf(given = subscriptions): Promise<{ readonly endpoint: string; readonly ticket: string }> {
  const opened = await opening({ subscriptions: given });
  return z.object({ endpoint: z.string(), ticket: z.string() }).parse(opened.body);
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

  it("fails on demand, and refuses sockets for a time", async () => {
    fake.faults.api({ kind: "html", status: 503 }, { api: "gateway" });
    const client = new StandinClient(fake, "another");
    await client.connect();
    expect(client.connected).toBe(false);
    expect(fake.requests).toMatchObject([{ api: "gateway", status: 503 }]);
    const { endpoint, ticket } = await addressOf();
    const address = `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
    fake.faults.sockets = "refuse";
    expect(await knock(address)).toContain("503");
    fake.faults.refuseSockets(1);
    expect(fake.faults.sockets).toBe("refuse");
    await fake.until(() => fake.faults.sockets === "accept");
    expect(await knock(address)).toBe("open");
  });

  it("lets sockets hang, until it stops", async () => {
    const { endpoint, ticket } = await addressOf();
    fake.faults.sockets = "hang";
    const knocking = knock(`${endpoint}?ticket=${encodeURIComponent(ticket)}`);
    await fake.until(() => fake.hanging === 1);
    expect(fake.connections).toEqual([]);
    await fake.stop();
    expect(await knocking).not.toBe("open");
  });
});

describe("a socket", () => {
  it("sends nothing that was not subscribed to", async () => {
    const { endpoint, ticket } = await addressOf([{ type: "CALLBACK", topic: "/v1.0/card/instances/callback" }]);
    expect(await knock(`${endpoint}?ticket=${encodeURIComponent(ticket)}`)).toBe("open");
    await fake.until(() => fake.connections.length === 1);
    fake.write({ user: "li", text: "/help" });
    await fake.until(() => fake.acknowledgements.length === 1);
    expect(fake.acknowledgements).toMatchObject([{ reason: "there is no socket" }]);
  });

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
  it.each(all)("can be disturbed by %s, and what is said to it counts for nothing", async (how) => {
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
