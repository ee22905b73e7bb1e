import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLark } from "../../../adapters/lark/index.ts";
import { systemClock } from "../../../src/app.ts";
import type { Channel, ChatFile, FileType } from "../../../src/bot/index.ts";
import { createCountingMeter } from "../../counting-meter.ts";
import { createFakeLark, type FakeLark } from "../../platforms/lark/index.ts";
import { readMultipart } from "../../platforms/multipart.ts";
import { until } from "../until.ts";
import { createMemoryLog } from "./quiet.ts";
import { type Asked, failed, type Reply, sent } from "./scripted-server.ts";
import { createSendRig, type SendRig } from "./send-rig.ts";

const table = "编号,name\n1,agent-1\n";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "deskhand-files-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function fileOf(type: FileType, text = table): Promise<ChatFile> {
  const name = `runtimes.${type}`;
  const path = join(folder, name);
  await writeFile(path, text);
  return { name, type, path, bytes: Buffer.byteLength(text) };
}

const uploaded = (key: string): Reply => ({ json: { code: 0, msg: "success", data: { file_key: key } } });

describe("sending a file", () => {
  let rig: SendRig;
  const uploads = () => rig.server.asked.filter(({ path }) => path === "/open-apis/im/v1/files");
  const messages = () => rig.server.asked.filter(({ path }) => path.startsWith("/open-apis/im/v1/messages"));
  /** Uploads are answered in turn, the last reply ever after; messages always work. */
  const uploadsAnswer = (...replies: readonly Reply[]): void => {
    const left = [...replies];
    rig.server.answer(({ path }, index) => {
      if (!path.endsWith("/files")) return sent(`om_${index}`);
      return (left.length > 1 ? left.shift() : left[0]) ?? uploaded("file_v3_1");
    });
  };

  beforeEach(async () => {
    rig = await createSendRig();
    uploadsAnswer(uploaded("file_v3_1"));
  });

  afterEach(() => rig.close());

  it.each([
    ["csv", "stream"],
    ["xlsx", "xls"],
    ["zip", "stream"],
  ] as const)("uploads a file of the type %s as %s, and then sends a message that holds it", async (type, as) => {
    const file = await fileOf(type);
    expect(await rig.sender.sendFile("oc_1", file, { key: "key-1" })).toEqual({ ok: true, message: "om_1" });
    const [upload] = uploads();
    expect(upload).toMatchObject({ method: "POST", headers: { authorization: "Bearer t-1" } });
    expect(partsOf(upload)).toEqual([
      ["file_type", undefined, as],
      ["file_name", undefined, file.name],
      ["file", file.name, table],
    ]);
    expect(messages()).toMatchObject([
      {
        query: { receive_id_type: "chat_id" },
        body: { receive_id: "oc_1", msg_type: "file", content: '{"file_key":"file_v3_1"}', uuid: "key-1" },
      },
    ]);
    expect(rig.counts.of("lark_calls call=upload outcome=ok")).toBe(1);
  });

  it("answers the message it was asked for, in its thread", async () => {
    const options = { replyTo: "om_q", inThread: true, key: "key-1" };
    expect(await rig.sender.sendFile("oc_1", await fileOf("csv"), options)).toMatchObject({ ok: true });
    expect(messages()).toMatchObject([
      {
        path: "/open-apis/im/v1/messages/om_q/reply",
        body: { msg_type: "file", content: '{"file_key":"file_v3_1"}', uuid: "key-1", reply_in_thread: true },
      },
    ]);
  });

  it("uploads anew when it is sent again, under the same key", async () => {
    const file = await fileOf("csv");
    uploadsAnswer(uploaded("file_v3_1"), uploaded("file_v3_2"));
    await rig.sender.sendFile("oc_1", file, { key: "key-1" });
    await rig.sender.sendFile("oc_1", file, { key: "key-1" });
    expect(messages().map(({ body }) => body)).toMatchObject([
      { content: '{"file_key":"file_v3_1"}', uuid: "key-1" },
      { content: '{"file_key":"file_v3_2"}', uuid: "key-1" },
    ]);
  });

  it("gets a new token once when the platform calls the token stale", async () => {
    rig.server.answer(({ path, headers }, index) => {
      if (!path.endsWith("/files")) return sent(`om_${index}`);
      return headers.authorization === "Bearer t-1" ? failed(400, 99991663) : uploaded("file_v3_1");
    });
    expect(await rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" })).toMatchObject({ ok: true });
    expect([uploads().length, rig.server.tokens()]).toEqual([2, 2]);
    expect(partsOf(uploads()[1])).toContainEqual(["file", "runtimes.csv", table]);
  });

  it.each([
    ["a failing platform", failed(503, 1500)],
    ["a page of a proxy", { status: 502, text: "<html>" }],
    ["an answer without a key", { json: { code: 0, data: {} } }],
  ])("uploads again after %s, from the beginning of the file", async (_, reply) => {
    uploadsAnswer(reply, uploaded("file_v3_1"));
    const sending = rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" });
    await rig.passBackoff(400);
    expect(await sending).toMatchObject({ ok: true });
    expect(uploads().map(partsOf)).toEqual([partsOf(uploads()[0]), partsOf(uploads()[0])]);
    expect(rig.clock.sleeping()).toBe(0);
  });

  it("waits as long as the platform says when there were too many uploads", async () => {
    uploadsAnswer(failed(429, 99991400, "", { "x-ogw-ratelimit-reset": "3" }), uploaded("file_v3_1"));
    const sending = rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" });
    await rig.passBackoff(3_999);
    expect(uploads()).toHaveLength(1);
    await rig.clock.advance(1);
    expect(await sending).toMatchObject({ ok: true });
  });

  it("does not upload again when the message is what fails", async () => {
    let tries = 0;
    rig.server.answer(({ path }) => {
      if (path.endsWith("/files")) return uploaded("file_v3_1");
      tries += 1;
      return tries === 1 ? failed(503, 1500) : sent("om_1");
    });
    const sending = rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" });
    await rig.passBackoff(400);
    expect(await sending).toEqual({ ok: true, message: "om_1" });
    expect([uploads().length, messages().length]).toEqual([1, 2]);
  });

  it("says which permission is missing, and does not try again", async () => {
    uploadsAnswer(failed(400, 99991672, "scopes is required: [im:resource, im:resource:upload]"));
    expect(await rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" })).toMatchObject({
      ok: false,
      recoverable: false,
      reason: expect.stringContaining("im:resource, im:resource:upload"),
    });
    expect(rig.server.asked).toHaveLength(1);
    expect(rig.counts.of("lark_calls call=upload outcome=scope")).toBe(1);
  });

  it("gives a larger file more time", async () => {
    uploadsAnswer("hang");
    const sending = rig.sender.sendFile("oc_1", await fileOf("csv", "x".repeat(200_000)), { key: "key-1" });
    await until(() => uploads().length === 1);
    await rig.clock.advance(19_999);
    expect(rig.clock.sleeping()).toBe(1);
    await rig.clock.advance(1);
    expect(await sending).toMatchObject({ ok: false, recoverable: true });
  });

  it.each([
    ["empty", { bytes: 0 }, /empty/],
    ["too large", { bytes: 30_000_001 }, /larger than 30 MB/],
    ["longer or shorter than it is said to be", { bytes: 7 }, /changed/],
    ["gone", { path: "/nowhere/runtimes.csv" }, /gone/],
    ["a folder", { path: tmpdir() }, /gone/],
  ])("asks nothing of the platform when the file is %s", async (_, wrong, words) => {
    const file = { ...(await fileOf("csv")), ...wrong };
    const result = await rig.sender.sendFile("oc_1", file, { key: "key-1" });
    expect(result).toMatchObject({ ok: false, recoverable: false, reason: expect.stringMatching(words) });
    expect([rig.server.asked.length, rig.server.tokens()]).toEqual([0, 0]);
  });

  it("puts neither the text nor the token into the log", async () => {
    uploadsAnswer(failed(503, 1500, "agent-1"), failed(400, 99991672, "agent-1"));
    const sending = rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" });
    await rig.passBackoff(400);
    expect(JSON.stringify([await sending, rig.log.lines])).not.toMatch(/agent-1|t-1|编号/);
    expect(rig.log.lines.length).toBeGreaterThan(0);
  });

  it("ends with the sender, recoverably", async () => {
    uploadsAnswer("hang");
    const sending = rig.sender.sendFile("oc_1", await fileOf("csv"), { key: "key-1" });
    await until(() => uploads().length === 1);
    rig.sender.stop();
    expect(await sending).toMatchObject({ ok: false, recoverable: true });
  });
});

describe("a file in a chat of Lark", () => {
  let fake: FakeLark;
  let channel: Channel;

  const begin = async (options: Parameters<typeof createFakeLark>[0] = {}): Promise<void> => {
    fake = createFakeLark(options);
    await fake.start();
    fake.chats.ensure("oc_1");
    const { appId, appSecret, url: domain } = fake;
    channel = createLark({
      ...{ appId, appSecret: () => appSecret, domain, events: "websocket", locale: "auto" },
      ...{ encryptKey: () => "", verificationToken: () => "", clock: systemClock, random: Math.random },
      ...{ log: createMemoryLog(), meter: createCountingMeter().meter },
    });
  };

  afterEach(async () => {
    await channel.stop();
    await fake.stop();
  });

  it("is what was on disk, under its name, once for one key", async () => {
    await begin();
    const asked = fake.write({ chat: "oc_1", user: "ou_1", text: "/runtimes export" }).messageId;
    const file = await fileOf("csv");
    const first = await channel.sendFile("oc_1", file, { replyTo: asked, key: "key-1" });
    expect(await channel.sendFile("oc_1", file, { replyTo: asked, key: "key-1" })).toEqual(first);
    expect(fake.sent).toMatchObject([{ type: "file", chat: "oc_1", replyTo: asked }]);
    const [message] = fake.sent;
    const held = message && fake.uploadOf(message);
    expect([held?.name, held?.type, held?.content.toString()]).toEqual(["runtimes.csv", "stream", table]);
    expect(fake.complaints()).toEqual([]);
  });

  it("arrives whole when it is as large as a file may be", async () => {
    await begin();
    const file = await fileOf("xlsx", "x".repeat(channel.files.bytes));
    expect(await channel.sendFile("oc_1", file, { key: "key-1" })).toMatchObject({ ok: true });
    expect(fake.uploads[0]).toMatchObject({ type: "xls", name: "runtimes.xlsx" });
    expect(fake.uploads[0]?.content.length).toBe(30_000_000);
  });

  it("comes after a failure of the platform, once", async () => {
    await begin();
    fake.faults.api({ kind: "cut" }, { path: /files$/ });
    fake.faults.api({ kind: "cut" }, { path: /messages$/ });
    expect(await channel.sendFile("oc_1", await fileOf("zip"), { key: "key-1" })).toMatchObject({ ok: true });
    expect([fake.sent.length, fake.uploads.length]).toEqual([1, 2]);
    expect(fake.complaints()).toEqual([]);
  });

  it("goes to the chat when the message that it answers was taken back", async () => {
    await begin();
    const asked = fake.write({ chat: "oc_1", user: "ou_1", text: "/runtimes export" }).messageId;
    fake.recall(asked);
    expect(await channel.sendFile("oc_1", await fileOf("csv"), { replyTo: asked, key: "k" })).toMatchObject({
      ok: true,
    });
    expect(fake.sent).toMatchObject([{ type: "file", replyTo: undefined }]);
  });

  it("is refused for good where the app may not upload or is not in the chat", async () => {
    await begin({ scopes: ["im:message:send_as_bot"] });
    const refused = await channel.sendFile("oc_1", await fileOf("csv"), { key: "key-1" });
    expect(refused).toMatchObject({ ok: false, recoverable: false, reason: expect.stringContaining("im:resource") });
    await channel.stop();
    await fake.stop();
    await begin();
    const gone = await channel.sendFile("oc_elsewhere", await fileOf("csv"), { key: "key-1" });
    expect(gone).toMatchObject({ ok: false, recoverable: false, gone: true });
  });
});

function partsOf(asked: Asked | undefined): readonly (readonly [string, string | undefined, string])[] {
  const parts = asked && readMultipart(asked.bytes, asked.headers["content-type"] ?? "");
  return (parts ?? []).map(({ name, filename, content }) => [name, filename, content.toString()]);
}
