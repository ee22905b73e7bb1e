import { request } from "node:http";
import { describe, expect, it } from "vitest";
import type { Handled } from "../../../adapters/lark/inbound.ts";
import { createHttpServer } from "../../../src/http/index.ts";
import { settle } from "../../manual-clock.ts";
import { createInboundRig, messageOf } from "./inbound-rig.ts";
import { createWebhookRig, encryptKey, sealed, verificationToken } from "./webhook-rig.ts";

describe("an event that is encrypted and signed", () => {
  it("is handed on, and acknowledged with what that answers", async () => {
    const body = { toast: { type: "info", content: "等" } };
    const at = createWebhookRig({}, async () => ({ accepted: true, body }));
    const response = await at.send(messageOf("/help"));
    expect([response.status, await response.json()]).toEqual([200, body]);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  });

  it("is handed on as it was before it was encrypted", async () => {
    const at = createWebhookRig();
    expect((await at.send(messageOf("/运行时"))).status).toBe(200);
    expect(at.taken).toEqual([messageOf("/运行时")]);
    expect([at.counted, at.lines]).toEqual([[], []]);
  });

  it("is handed on again when it is replayed: the bot tells deliveries apart", async () => {
    const at = createWebhookRig();
    const body = sealed(messageOf("/help"));
    const headers = at.signed(body);
    for (let times = 0; times < 2; times += 1) expect((await at.post(body, headers)).status).toBe(200);
    expect(at.taken).toHaveLength(2);
  });

  it("is signed over the bytes that came, not over what they mean", async () => {
    const at = createWebhookRig();
    const spaced = sealed(messageOf("/help")).replace(":", " :  ");
    expect((await at.post(spaced, at.signed(spaced))).status).toBe(200);
    expect((await at.post(spaced.replace(" :  ", ":"), at.signed(spaced))).status).toBe(401);
  });

  it("that is not accepted is not acknowledged", async () => {
    const at = createWebhookRig({}, async () => ({ accepted: false }));
    expect((await at.send(messageOf("/help"))).status).toBe(503);
    expect(at.counted).toEqual(["lark_webhook_refused left"]);
  });

  it("reaches the bot through the same way in as over the long connection", async () => {
    const inbound = createInboundRig();
    const at = createWebhookRig({}, inbound.handle);
    expect(await (await at.send(messageOf("/help"))).json()).toEqual({});
    expect(inbound.messages.map(({ text }) => text)).toEqual(["/help"]);
  });

  it("with five minutes between the clocks is taken, with more is not", async () => {
    const at = createWebhookRig();
    const seconds = at.clock.now() / 1_000;
    for (const off of [-300, 300]) {
      expect((await at.send(messageOf("/help"), { timestamp: String(seconds + off) })).status).toBe(200);
    }
    for (const off of [-301, 301]) {
      expect((await at.send(messageOf("/help"), { timestamp: String(seconds + off) })).status).toBe(401);
    }
    expect(at.counted).toEqual(["lark_webhook_refused timestamp", "lark_webhook_refused timestamp"]);
  });
});

describe("the answer", () => {
  it("is there within 2.5 s whatever the bot does, and asks for another delivery", async () => {
    const { promise, resolve } = Promise.withResolvers<Handled>();
    const at = createWebhookRig({}, () => promise);
    const answered = at.send(messageOf("/help"));
    await at.clock.advance(2_500);
    expect((await answered).status).toBe(503);
    expect(at.counted).toEqual(["lark_webhook_refused late"]);
    expect(at.clock.sleeping()).toBe(0);
    resolve({ accepted: true, body: {} });
  });

  it("is there within 2.5 s of the request's beginning, however slow its body was", async () => {
    const at = createWebhookRig({ encryptKey: "" }, () => new Promise(() => {}));
    const body = new ReadableStream<Uint8Array>({
      async start(stream) {
        await at.clock.sleep(2_000);
        stream.enqueue(Buffer.from(JSON.stringify(messageOf("/help"))));
        stream.close();
      },
    });
    const answered = at.post(body);
    await at.clock.advance(2_500);
    expect((await answered).status).toBe(503);
  });

  it("leaves no timer behind when it was in time", async () => {
    const at = createWebhookRig();
    await at.send(messageOf("/help"));
    await settle();
    expect(at.clock.sleeping()).toBe(0);
  });

  it("is there although handling failed, and says nothing of it", async () => {
    const at = createWebhookRig({}, () => Promise.reject(new Error("secret")));
    const response = await at.send(messageOf("/help"));
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("secret");
    expect(JSON.stringify(at.lines)).not.toContain("secret");
  });

  it("to a body that does not arrive is there in time as well", async () => {
    const at = createWebhookRig();
    const answered = at.post(new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from("{")) }));
    await at.clock.advance(2_500);
    expect((await answered).status).toBe(408);
    expect(at.counted).toEqual(["lark_webhook_refused slow"]);
  });
});

describe("a request", () => {
  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])("but %s is refused", async (method) => {
    const at = createWebhookRig();
    const response = await at.app.request("/lark/events", { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(at.counted).toEqual(["lark_webhook_refused method"]);
  });

  it("to another path finds nothing", async () => {
    const { app } = createWebhookRig();
    for (const path of ["/", "/lark", "/lark/events/x"]) {
      expect((await app.request(path, { method: "POST", body: "{}" })).status).toBe(404);
    }
  });

  it("does not fill the log", async () => {
    const at = createWebhookRig();
    for (let times = 0; times < 100; times += 1) await at.post("[]");
    expect(at.counted).toHaveLength(100);
    expect(at.lines).toHaveLength(1);
  });
});

it("a body of 1 MB is read, and of one byte more is not, whatever its length is said to be", async () => {
  const at = createWebhookRig();
  const filled = (size: number) => `{"a":"${"x".repeat(size - 8)}"}`;
  expect((await at.post(filled(1_048_576))).status).toBe(400);
  expect(at.counted).toEqual(["lark_webhook_refused plain"]);
  for (const headers of [{}, { "content-length": "5" }, { "content-length": "x" }]) {
    expect((await at.post(filled(1_048_577), headers)).status).toBe(413);
  }
  expect((await at.post("{}", { "content-length": "9999999" })).status).toBe(413);
});

it("a body that never ends is not read further than 1 MB", async () => {
  const at = createWebhookRig();
  let pulled = 0;
  const body = new ReadableStream({
    pull(stream) {
      pulled += 1;
      stream.enqueue(Buffer.alloc(65_536, 0x20));
    },
  });
  expect((await at.post(body)).status).toBe(413);
  expect(pulled).toBeLessThan(20);
});

it("a body that breaks off is refused", async () => {
  const at = createWebhookRig();
  const body = new ReadableStream({ start: (stream) => stream.error(new Error("reset")) });
  expect((await at.post(body)).status).toBe(400);
  expect(at.counted).toEqual(["lark_webhook_refused broken"]);
});

it("over a real connection, too, a body of 2 MB is refused in words", async () => {
  const { app } = createWebhookRig();
  const server = createHttpServer({ host: "127.0.0.1", port: 0, readiness: () => [], routes: [app] });
  const listening = await server.start();
  if (!listening.ok) throw new Error(listening.reason);
  try {
    for (const headers of [{ "transfer-encoding": "chunked" }, { "content-length": 2_097_152 }]) {
      const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
      const client = request(
        { host: "127.0.0.1", port: listening.port, path: "/lark/events", method: "POST", agent: false, timeout: 5_000 },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      client.on("error", reject);
      client.on("timeout", () => client.destroy(new Error("no answer")));
      for (const [name, value] of Object.entries({ "content-type": "application/json", ...headers })) {
        client.setHeader(name, value);
      }
      client.end(Buffer.alloc(2_097_152, 0x20));
      expect(await promise).toBe(413);
    }
  } finally {
    await server.stop(0);
  }
});

it("no secret, and nothing of a request, stands in the log", async () => {
  const at = createWebhookRig();
  const body = sealed(messageOf("/help"));
  await at.send(messageOf("/help"));
  await at.post(body);
  await at.post(body, { ...at.signed(body), "x-lark-signature": "f".repeat(64) });
  await at.post(JSON.stringify(messageOf("/help")));
  await at.send({ ...messageOf("/help"), header: { token: "a-wrong-token" } });
  const log = JSON.stringify(at.lines);
  expect(at.lines).toHaveLength(4);
  for (const secret of [encryptKey, verificationToken, "a-wrong-token", "a-nonce", "/help", "ffff", "encrypt\\"]) {
    expect(log).not.toContain(secret);
  }
});
