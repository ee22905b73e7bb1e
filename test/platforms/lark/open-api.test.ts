import type { Client } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeLark, documentedLimits, type FakeLark, type FakeLarkOptions } from "./index.ts";
import { clientOf, codeOf, sampleCard } from "./sdk.ts";

let fake: FakeLark;
let client: Client;
let shift = 0;

async function begin(options: FakeLarkOptions = {}): Promise<void> {
  shift = 0;
  // Time stands still, so that a slow machine does not slip out of a window of one second.
  const start = Date.now();
  fake = createFakeLark({ now: () => start + shift, ...options });
  await fake.start();
  client = clientOf(fake);
  fake.chats.ensure("oc_1");
}

beforeEach(() => begin());
afterEach(() => fake.stop());

async function restart(options: FakeLarkOptions): Promise<void> {
  await fake.stop();
  await begin(options);
}

interface Sending {
  readonly uuid?: string;
  readonly content?: string;
  readonly chat?: string;
  readonly type?: string;
}

const create = ({ uuid, content = sampleCard(), chat = "oc_1", type = "interactive" }: Sending = {}) =>
  client.im.v1.message.create({
    params: { receive_id_type: "chat_id" },
    data: { receive_id: chat, msg_type: type, content, ...(uuid === undefined ? {} : { uuid }) },
  });
const reply = (messageId: string, more: { uuid?: string; reply_in_thread?: boolean } = {}) =>
  client.im.v1.message.reply({
    path: { message_id: messageId },
    data: { msg_type: "interactive", content: sampleCard(), ...more },
  });
const patch = (messageId: string, content = sampleCard("changed")) =>
  client.im.v1.message.patch({ path: { message_id: messageId }, data: { content } });
const sentId = async (sending: Sending = {}) => (await create(sending)).data?.message_id ?? "";
const asked = (text = "/runtimes") => fake.write({ chat: "oc_1", user: "ou_1", text }).messageId;
const code = async (call: Promise<unknown>) => (await codeOf(call)).code;

describe("messages of the bot", () => {
  it("are sent to a chat, with the content that everybody sees", async () => {
    const answer = await create();
    expect(answer).toMatchObject({ code: 0, data: { chat_id: "oc_1", msg_type: "interactive", updated: false } });
    expect(fake.sent).toMatchObject([{ id: answer.data?.message_id, chat: "oc_1", content: sampleCard() }]);
    expect(fake.requests.map(({ path }) => path)).toEqual([
      "/open-apis/auth/v3/tenant_access_token/internal",
      "/open-apis/im/v1/messages",
    ]);
    expect(fake.complaints()).toEqual([]);
  });

  it("answer a message, in its thread when it has one or asks for one", async () => {
    const first = asked();
    await reply(first);
    expect(await fake.replyTo(first)).toMatchObject({ replyTo: first, root: first, thread: undefined });
    const second = asked();
    await reply(second, { reply_in_thread: true });
    expect((await fake.replyTo(second)).thread).toMatch(/^omt_/);
    const third = fake.write({ chat: "oc_1", user: "ou_1", text: "x", thread: "omt_1" }).messageId;
    await reply(third);
    expect((await fake.replyTo(third)).thread).toBe("omt_1");
  });

  it("are one message for one uuid within an hour", async () => {
    const ids = [await sentId({ uuid: "key-1" }), await sentId({ uuid: "key-1" }), await sentId({ uuid: "key-2" })];
    expect(ids[0]).toBe(ids[1]);
    expect(fake.sent.map(({ id, uuid }) => [id, uuid])).toEqual([
      [ids[0], "key-1"],
      [ids[2], "key-2"],
    ]);
    shift = 3_600_000;
    expect(await sentId({ uuid: "key-1" })).not.toBe(ids[0]);
    expect(await code(create({ uuid: "k".repeat(51) }))).toBe(230001);
  });

  it("are changed for everybody, and every version is remembered", async () => {
    const id = await sentId();
    expect(await code(patch(id))).toBe(0);
    expect(fake.message(id)?.versions.map(({ how, content }) => [how, content])).toEqual([
      ["send", sampleCard()],
      ["patch", sampleCard("changed")],
    ]);
    expect(fake.complaints()).toEqual([]);
  });

  it("are taken back", async () => {
    const id = await sentId();
    await client.im.v1.message.delete({ path: { message_id: id } });
    expect(await codeOf(patch(id))).toEqual({ code: 230011, status: 400 });
  });
});

describe("a message is refused", () => {
  it("when the bot is not in the chat, or the chat is no more, or the bot is switched off", async () => {
    expect(await code(create({ chat: "oc_elsewhere" }))).toBe(230002);
    fake.expel({ chat: "oc_1", user: "ou_1" });
    expect(await code(create())).toBe(230002);
    fake.admit({ chat: "oc_1", user: "ou_1" });
    fake.dissolve("oc_1");
    expect(await code(create())).toBe(232009);
    fake.chats.ensure("oc_2");
    fake.setBotActive(false);
    expect(await code(create({ chat: "oc_2" }))).toBe(230006);
    expect(fake.complaints()).toEqual([]);
  });

  it("when what it answers was taken back or deleted", async () => {
    const [first, second] = [asked(), asked()];
    fake.recall(first);
    fake.remove(second);
    expect(await code(reply(first))).toBe(230011);
    expect(await code(reply(second))).toBe(230110);
    expect(await code(reply("om_never"))).toBe(230001);
  });

  it("when its card breaks the rules, and that is a complaint", async () => {
    const wrong = JSON.stringify({ schema: "2.0", config: { update_multi: true }, elements: [] });
    expect(await codeOf(create({ content: wrong }))).toEqual({ code: 230099, status: 400 });
    expect(fake.complaints()).toEqual([expect.stringContaining("230099")]);
  });

  it("when it is no JSON, of no type, for nobody, or longer than a card may be", async () => {
    expect(await code(create({ content: "{" }))).toBe(230001);
    expect(await code(create({ type: "weather" }))).toBe(230001);
    expect(await code(create({ chat: "nobody" }))).toBe(230001);
    expect(await code(create({ content: sampleCard("x".repeat(31_000)) }))).toBe(230025);
    expect(fake.complaints().length).toBe(4);
  });

  it("when it changes what is not its own, is too old, or was not shared", async () => {
    expect(await code(patch(asked()))).toBe(230017);
    const id = await sentId();
    shift = 15 * 24 * 3_600_000;
    client = clientOf(fake);
    expect(await code(patch(id))).toBe(230031);
    await restart({ checkCard: () => [] });
    expect(await code(patch(await sentId({ content: sampleCard("alone", false) })))).toBe(230099);
    expect(await code(patch(await sentId(), sampleCard("alone", false)))).toBe(230099);
  });
});

describe("a tenant token", () => {
  it("is asked for once, and is refused as expired or as invalid", async () => {
    await create();
    await create();
    expect(fake.tokens.issued).toBe(1);
    fake.tokens.end("expired");
    expect(await codeOf(create())).toEqual({ code: 99991664, status: 400 });
    fake.tokens.end("revoked");
    expect(await code(create())).toBe(99991663);
    client = clientOf(fake);
    expect(await code(create())).toBe(0);
    expect(fake.tokens.issued).toBe(2);
  });

  it("is needed, and needs the right secret", async () => {
    const bare = await fetch(`${fake.url}/open-apis/bot/v3/info`);
    expect(await bare.json()).toMatchObject({ code: 99991661 });
    const wrong = await fetch(`${fake.url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ app_id: fake.appId, app_secret: "wrong" }),
    });
    expect(await wrong.json()).toMatchObject({ code: 10014 });
  });

  it("dies with its time", async () => {
    await create();
    shift = 7200 * 1000;
    expect(await code(create())).toBe(99991664);
  });
});

describe("limits", () => {
  it("are kept for each chat, each call and each message, when they are on", async () => {
    await restart({ limits: documentedLimits });
    const [first] = await Promise.all(Array.from({ length: 5 }, () => sentId()));
    expect(await codeOf(create())).toEqual({ code: 230020, status: 400 });
    fake.chats.ensure("oc_2");
    expect(await code(create({ chat: "oc_2" }))).toBe(0);
    const updates = await Promise.all(Array.from({ length: 6 }, () => code(patch(first ?? ""))));
    expect(updates.filter((result) => result === 230020).length).toBe(1);
    shift = 1000;
    expect(await code(create())).toBe(0);
    expect(fake.complaints()).toEqual([]);
  });

  it("are told with the seconds to wait", async () => {
    await restart({ limits: { apiPerSecond: 2 } });
    await Promise.all([create(), create()]);
    const refused = await create().catch((error: unknown) => error);
    expect(refused).toMatchObject({ response: { status: 429, headers: { "x-ogw-ratelimit-reset": "1" } } });
  });

  it("are off unless said otherwise", async () => {
    const codes = await Promise.all(Array.from({ length: 100 }, () => code(create())));
    expect(new Set(codes)).toEqual(new Set([0]));
  });
});

describe("the rest of the Open API", () => {
  it("says who the bot is, and what a chat is", async () => {
    const info: unknown = await client.request({ method: "GET", url: "/open-apis/bot/v3/info" });
    expect(info).toMatchObject({ code: 0, bot: { open_id: fake.botOpenId } });
    expect(await client.im.v1.chat.get({ path: { chat_id: "oc_1" } })).toMatchObject({ data: { chat_mode: "group" } });
    expect(await code(client.im.v1.chat.get({ path: { chat_id: "oc_never" } }))).toBe(232006);
  });

  it("takes files and pictures, which a message can then show", async () => {
    const file = await client.im.v1.file.create({
      data: { file_type: "stream", file_name: "runtimes.csv", file: Buffer.from("id,name\n1,a\n") },
    });
    expect(fake.uploads).toMatchObject([{ type: "stream", name: "runtimes.csv" }]);
    expect(fake.uploads[0]?.content.toString()).toBe("id,name\n1,a\n");
    const content = JSON.stringify({ file_key: file?.file_key });
    expect(await code(create({ type: "file", content }))).toBe(0);
    const picture = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(20)]);
    const image = await client.im.v1.image.create({ data: { image_type: "message", image: picture } });
    expect(image?.image_key).toMatch(/^img_/);
    expect(await code(create({ type: "file", content: JSON.stringify({ file_key: "file_none" }) }))).toBe(230001);
  });

  it("names the scopes that the app lacks", async () => {
    await restart({ scopes: ["im:chat:readonly"] });
    const refused = await create().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      response: { status: 400, data: { code: 99991672, msg: expect.stringContaining("im:message:send_as_bot") } },
    });
    expect(await code(client.im.v1.chat.get({ path: { chat_id: "oc_1" } }))).toBe(0);
  });

  it("complains of calls that there are not", async () => {
    expect(await codeOf(client.request({ method: "GET", url: "/open-apis/weather" }))).toMatchObject({ status: 404 });
    expect(fake.complaints()).toEqual(["GET /open-apis/weather: there is no such call"]);
  });
});

describe("faults of the Open API", () => {
  it("come as they were ordered, to the calls that they were ordered for", async () => {
    await create();
    fake.faults.api({ kind: "answer", status: 502, body: "<html>" }, { path: /messages/, count: 2 });
    fake.faults.api({ kind: "refuse", code: 230020 }, { path: /messages/ });
    const info = client.request({ method: "GET", url: "/open-apis/bot/v3/info" });
    expect(await code(info)).toBe(0);
    expect([await codeOf(create()), await codeOf(create()), await codeOf(create()), await code(create())]).toEqual([
      { code: undefined, status: 502 },
      { code: undefined, status: 502 },
      { code: 230020, status: 400 },
      0,
    ]);
  });

  it("cut the connection after the message was sent, so that only its uuid keeps it from coming twice", async () => {
    await create({ uuid: "other" });
    fake.faults.api({ kind: "cut" }, { path: /messages/ });
    expect(await codeOf(create({ uuid: "same" }))).toMatchObject({ code: undefined });
    expect(fake.sent.length).toBe(2);
    expect(await code(create({ uuid: "same" }))).toBe(0);
    expect(fake.sent.length).toBe(2);
  });

  it("reset, delay, cut short and leave without an answer", async () => {
    await create();
    fake.faults.api({ kind: "reset" });
    expect(await codeOf(create())).toMatchObject({ status: 0 });
    fake.faults.api({ kind: "delay", ms: 30 });
    const began = performance.now();
    expect(await code(create())).toBe(0);
    expect(performance.now() - began).toBeGreaterThan(25);
    fake.faults.api({ kind: "truncated" });
    expect(await code(create())).toBe(undefined);
    fake.faults.api({ kind: "hang" });
    const hanging = codeOf(create());
    await fake.until(() => fake.requests.at(-1)?.status === 0);
    await fake.stop();
    expect(await hanging).toMatchObject({ code: undefined });
  });
});
