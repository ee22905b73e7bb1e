import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { attachment } from "../../../adapters/playground/download.ts";
import { createFiles } from "../../../adapters/playground/files.ts";
import { limits } from "../../../adapters/playground/limits.ts";
import type { ChatFile, FileType } from "../../../src/bot/index.ts";
import { createManualClock } from "../../manual-clock.ts";
import { cardOf } from "./fake-bot.ts";
import { chat, createHarness, type Harness } from "./harness.ts";

const table = "编号,name\n1,<b>agent-1</b>\n";

let folder: string;
let at: Harness;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "deskhand-test-"));
  // Everything that is made for the time being is made in there.
  vi.stubEnv("TMPDIR", folder);
  at = await createHarness();
});

afterEach(async () => {
  await at.playground.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function fileOf(type: FileType = "csv", name = `runtimes.${type}`): Promise<ChatFile> {
  const path = join(folder, "exported");
  await writeFile(path, table);
  return { name, type, path, bytes: Buffer.byteLength(table) };
}

const shownFile = async () => {
  const entry = (await at.history()).find(({ kind }) => kind === "file");
  if (entry?.kind !== "file") throw new Error("there is no file in the chat");
  return entry;
};
const addressOf = ({ file }: { readonly file: string }) => `/playground/files/${file}`;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const copies = async () => (await readdir(folder)).filter((name) => name.startsWith("deskhand-playground-"));

describe("a file in the chat", () => {
  it("stands there with its name, type and size, on every open page, and is told of by no path", async () => {
    const page = await at.events();
    const sent = await at.playground.sendFile(chat, await fileOf(), { key: "k" });
    const entry = await page.entry();
    expect(entry).toMatchObject({ kind: "file", name: "runtimes.csv", type: "csv", bytes: Buffer.byteLength(table) });
    expect(sent).toEqual({ ok: true, message: entry.id });
    expect(JSON.stringify(entry)).not.toContain(folder);
  });

  it("is fetched as it was, after the file that was sent is gone", async () => {
    const file = await fileOf();
    await at.playground.sendFile(chat, file, { key: "k" });
    await rm(file.path);
    const response = await at.get(addressOf(await shownFile()), { "sec-fetch-site": "same-origin" });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(table);
  });

  it.each([
    ["csv", "text/csv; charset=utf-8"],
    ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["zip", "application/zip"],
  ] as const)("of the type %s is something to save, of exactly one type", async (type, as) => {
    await at.playground.sendFile(chat, await fileOf(type), { key: "k" });
    const { headers } = await at.get(addressOf(await shownFile()));
    expect(headers.get("content-type")).toBe(as);
    expect(headers.get("content-length")).toBe(String(Buffer.byteLength(table)));
    expect(headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("can be asked about without being fetched", async () => {
    await at.playground.sendFile(chat, await fileOf(), { key: "k" });
    const ask = (path: string) =>
      at.playground.routes.request(path, { method: "HEAD", headers: { host: "127.0.0.1:8080" } });
    const there = await ask(addressOf(await shownFile()));
    expect([there.status, await there.text()]).toEqual([200, ""]);
    expect((await ask("/playground/files/nothing")).status).toBe(404);
  });

  it.each([
    { origin: "http://attacker.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { host: "attacker.example:8080" },
  ])("is closed to another origin: %o", async (headers: Record<string, string>) => {
    await at.playground.sendFile(chat, await fileOf(), { key: "k" });
    const response = await at.get(addressOf(await shownFile()), headers);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain("agent-1");
  });

  it("is one file for one key, and one copy, also when both are under way at once", async () => {
    const file = await fileOf();
    const both = await Promise.all([
      at.playground.sendFile(chat, file, { key: "k" }),
      at.playground.sendFile(chat, file, { key: "k" }),
    ]);
    expect(await at.playground.sendFile(chat, file, { key: "k" })).toEqual(both[0]);
    expect(both[1]).toEqual(both[0]);
    expect([(await at.history()).length, (await copies()).length]).toEqual([1, 1]);
    expect(await (await at.get(addressOf(await shownFile()))).text()).toBe(table);
  });

  it("does not stand for the answer, which says what it holds", async () => {
    await at.say("b-0000001", "/runtimes export");
    await at.playground.sendFile(chat, await fileOf(), { replyTo: "b-0000001", key: "file" });
    await at.playground.quiesce();
    const page = at.events();
    await expect(page.then((reader) => reader.entry())).rejects.toThrow("ended");
    await at.playground.send(chat, cardOf("240 runtimes"), { replyTo: "b-0000001", key: "card" });
    expect((await at.history()).map(({ kind }) => kind)).toEqual(["person", "file", "card"]);
  });

  it("is fetched for an hour, and then gone from the disk, with a sentence that says so", async () => {
    await at.playground.sendFile(chat, await fileOf(), { key: "k" });
    const address = addressOf(await shownFile());
    await at.sleeps.advance(limits.fileLife - 1);
    expect((await at.get(address)).status).toBe(200);
    await at.sleeps.advance(1);
    await vi.waitFor(async () => expect(await copies()).toEqual([]));
    const response = await at.get(address);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: "This file is not kept any more. Ask for it again." });
    expect(at.sleeps.sleeping()).toBe(0);
  });

  it("is one of 20 at most: the oldest is gone", async () => {
    const file = await fileOf();
    for (let number = 0; number <= limits.files; number += 1) {
      await at.playground.sendFile(chat, file, { key: `k${number}` });
    }
    const statuses = await Promise.all(
      (await at.history()).map(async (entry) => entry.kind === "file" && (await at.get(addressOf(entry))).status),
    );
    expect(statuses).toEqual([404, ...Array.from({ length: limits.files }, () => 200)]);
    expect(await copies()).toHaveLength(limits.files);
    expect(at.sleeps.sleeping()).toBe(limits.files);
  });

  it("leaves nothing behind when the playground stops", async () => {
    await at.playground.sendFile(chat, await fileOf(), { key: "k" });
    await at.playground.stop();
    expect((await readdir(folder)).filter((name) => name.startsWith("deskhand-playground-"))).toEqual([]);
    expect(at.sleeps.sleeping()).toBe(0);
    expect((await at.get(addressOf(await shownFile()))).status).toBe(404);
    expect(await at.playground.sendFile(chat, await fileOf(), { key: "k2" })).toMatchObject({ ok: false });
  });

  it("is refused with a reason where it cannot be kept, and no path is told", async () => {
    const file = await fileOf();
    const send = (about: Partial<ChatFile>, to = chat) =>
      at.playground.sendFile(to, { ...file, ...about }, { key: "k" });
    expect(await send({ bytes: limits.fileBytes + 1 })).toMatchObject({ ok: false, recoverable: false });
    expect(await send({}, "oc_1234")).toMatchObject({ ok: false, recoverable: false });
    const gone = await send({ path: join(folder, "gone") });
    expect(gone).toMatchObject({ ok: false, recoverable: true, reason: expect.stringContaining("ENOENT") });
    expect(JSON.stringify(gone)).not.toContain(folder);
    expect(await at.history()).toEqual([]);
  });

  it.each(["/playground/files/", "/playground/files/..%2fexported", "/playground/files/%2e%2e", "/playground/files/x"])(
    "is never one that was not sent: %s",
    async (path) => {
      await at.playground.sendFile(chat, await fileOf(), { key: "k" });
      expect((await at.get(path)).status).toBe(404);
    },
  );
});

describe("the files that are kept", () => {
  it("are no larger together than they may be: the oldest go", async () => {
    let ids = 0;
    const files = createFiles({ clock: createManualClock(), randomId: () => `id-${++ids}`, log });
    const file = { ...(await fileOf()), bytes: limits.fileBytes };
    const kept: string[] = [];
    for (let number = 0; number < 6; number += 1) kept.push(await files.keep(file));
    expect(kept.map((id) => files.get(id) !== undefined)).toEqual([false, true, true, true, true, true]);
    await files.close();
  });
});

describe("the name under which a browser saves", () => {
  it.each([
    ["runtimes 2026-06-01.csv", "runtimes 2026-06-01.csv", "runtimes%202026-06-01.csv"],
    ["运行时.xlsx", "___.xlsx", "%E8%BF%90%E8%A1%8C%E6%97%B6.xlsx"],
    ["a\"\r\nb;\\(1)'*.csv", "a___b___1___.csv", "a%22%0D%0Ab%3B%5C%281%29%27%2A.csv"],
  ])("%s", (name, plain, encoded) => {
    expect(attachment(name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
  });
});
