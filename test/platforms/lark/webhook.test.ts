import { createDecipheriv, createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createFakeLark, type FakeLark } from "./index.ts";
import { clientOf, sampleCard } from "./sdk.ts";

const encryptKey = "key of the events";
const verificationToken = "token-of-the-app";

interface Arrived {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly raw: string;
  readonly message: Readonly<Record<string, unknown>>;
}

const encrypted = z.object({ encrypt: z.string() });
const record = z.record(z.string(), z.unknown());

function decrypt(text: string): string {
  const bytes = Buffer.from(text, "base64");
  const key = createHash("sha256").update(encryptKey).digest();
  const decipher = createDecipheriv("aes-256-cbc", key, bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString();
}

let fake: FakeLark;
let server: Server;
let arrived: Arrived[] = [];
let mode = { webhook: "", encryptKey, verificationToken };
let answer: (message: Arrived["message"]) => { readonly status: number; readonly body: object } | undefined;

beforeEach(async () => {
  arrived = [];
  answer = () => ({ status: 200, body: {} });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const raw = Buffer.concat(chunks).toString();
    const read = encrypted.safeParse(JSON.parse(raw));
    const message = record.parse(JSON.parse(read.success ? decrypt(read.data.encrypt) : raw));
    arrived.push({ headers: request.headers, raw, message });
    const chosen = answer(message);
    if (chosen === undefined) return;
    response.writeHead(chosen.status, { "content-type": "application/json" });
    response.end(JSON.stringify(chosen.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  mode = { webhook: `http://127.0.0.1:${port}/lark/events`, encryptKey, verificationToken };
  fake = createFakeLark({ mode, redelivery: [10, 10] });
  await fake.start();
});
afterEach(async () => {
  await fake.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const write = () => fake.write({ chat: "oc_1", user: "ou_1", text: "/runtimes" });

describe("events by webhook", () => {
  it("are encrypted, signed over the bytes that were sent, and carry the token", async () => {
    const { messageId } = write();
    await fake.until(() => fake.acknowledgements.length === 1);
    const [event] = arrived;
    expect(event?.raw).toMatch(/^\{"encrypt":"[A-Za-z0-9+/=]+"\}$/);
    expect(event?.message).toMatchObject({
      schema: "2.0",
      header: { event_type: "im.message.receive_v1", token: verificationToken, app_id: fake.appId },
      event: { message: { message_id: messageId } },
    });
    const { "x-lark-request-timestamp": time, "x-lark-request-nonce": nonce } = event?.headers ?? {};
    const signature = createHash("sha256").update(`${time}${nonce}${encryptKey}${event?.raw}`).digest("hex");
    expect(event?.headers["x-lark-signature"]).toBe(signature);
    expect(fake.acknowledgements).toMatchObject([{ attempt: 1, code: 200 }]);
  });

  it("come again while they are not answered with 200", async () => {
    const answers = [503, 404, 200];
    answer = () => ({ status: answers.shift() ?? 200, body: {} });
    write();
    await fake.until(() => fake.acknowledgements.length === 3);
    expect(fake.acknowledgements.map(({ code }) => code)).toEqual([503, 404, 200]);
  });

  it("come again when they are not answered in time", async () => {
    await fake.stop();
    fake = createFakeLark({ mode, answerWithin: 60, redelivery: Array.from({ length: 100 }, () => 20) });
    await fake.start();
    answer = () => (arrived.length === 1 ? undefined : { status: 200, body: {} });
    write();
    await fake.until(() => fake.acknowledgements.some(({ code }) => code === 200));
    expect(fake.acknowledgements[0]).toMatchObject({ attempt: 1, code: undefined });
  });

  it("come again when nobody listens", async () => {
    fake.setMode({ ...mode, webhook: "http://127.0.0.1:1/" });
    const { eventId } = write();
    await fake.until(() => fake.lost.length === 1);
    expect(fake.lost).toEqual([eventId]);
  });

  it("bring card callbacks, whose answer is shown", async () => {
    fake.chats.ensure("oc_1");
    const data = { receive_id: "oc_1", msg_type: "interactive", content: sampleCard() };
    await clientOf(fake).im.v1.message.create({ params: { receive_id_type: "chat_id" }, data });
    answer = () => ({ status: 200, body: { card: { type: "raw", data: JSON.parse(sampleCard("page 2")) } } });
    const message = fake.sent[0]?.id ?? "";
    expect(await fake.press({ message, user: "ou_1", label: "Next" })).toMatchObject({ outcome: "card", inTime: true });
    expect(fake.message(message)?.content).toBe(sampleCard("page 2"));
  });

  it("are plain where there is no encrypt key", async () => {
    fake.setMode({ ...mode, encryptKey: "" });
    write();
    await fake.until(() => fake.acknowledgements.length === 1);
    expect(arrived[0]?.raw).toContain('"schema":"2.0"');
    expect(arrived[0]?.headers["x-lark-signature"]).toBe(undefined);
  });
});

describe("the webhook of the bot can be asked", () => {
  it("for its challenge, encrypted and without a signature", async () => {
    answer = ({ challenge }) => ({ status: 200, body: { challenge } });
    expect(await fake.webhook.challenge("abc")).toEqual({ status: 200, body: { challenge: "abc" } });
    expect(arrived[0]?.message).toEqual({ challenge: "abc", token: verificationToken, type: "url_verification" });
    expect(arrived[0]?.headers["x-lark-signature"]).toBe(undefined);
  });

  it("with what somebody else would send", async () => {
    const message = { schema: "2.0", header: { token: verificationToken }, event: {} };
    await fake.webhook.post(message, "no-signature");
    await fake.webhook.post(message, "timestamp");
    await fake.webhook.post(message, "plain");
    await fake.webhook.post(message, "token");
    expect(arrived.map(({ headers }) => "x-lark-signature" in headers)).toEqual([false, true, true, true]);
    const time = Number(arrived[1]?.headers["x-lark-request-timestamp"]);
    expect(Date.now() / 1000 - time).toBeGreaterThan(590);
    expect(arrived[2]?.raw).toContain('"schema"');
    expect(arrived[3]?.message).toMatchObject({ header: { token: "another token" } });
  });
});

function portOf(of: Server): number {
  const address = of.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
