import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/doctor/index.ts";
import { run } from "../e2e/process.ts";
import { createFakeDingTalk, type FakeDingTalk } from "../platforms/dingtalk/index.ts";
import { createFakeLark, type FakeLark } from "../platforms/lark/index.ts";

let directory: string;
let lark: FakeLark;
let dingtalk: FakeDingTalk;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-doctor-"));
  lark = createFakeLark({ scopes: ["im:message", "im:message.p2p_msg", "im:message.group_msg", "im:resource"] });
  dingtalk = createFakeDingTalk();
  await Promise.all([lark.start(), dingtalk.start()]);
  lark.chats.ensure("oc_ops");
  dingtalk.directory.group("cidops==");
});

afterEach(() => {
  lark.faults.clear();
  dingtalk.faults.clear();
  lark.forget();
  dingtalk.forget();
});

afterAll(async () => {
  await Promise.all([lark.stop(), dingtalk.stop()]);
  await rm(directory, { recursive: true });
});

const secret = "secret-of-the-stand-in";

interface Given {
  readonly larkSecret?: string;
  readonly robotCode?: string;
}

async function configure({ larkSecret = lark.appSecret, robotCode = "" }: Given): Promise<string> {
  const path = join(directory, "app.yaml");
  const config = {
    fleet: { source: "simulator", simulator: { runtimes: 3 } },
    channels: {
      playground: { enabled: false },
      lark: { enabled: true, appId: lark.appId, appSecret: larkSecret, domain: lark.url },
      dingtalk: {
        ...{ enabled: true, clientId: dingtalk.clientId, clientSecret: dingtalk.clientSecret, robotCode },
        ...{ apiBase: dingtalk.url, oapiBase: dingtalk.url },
      },
    },
    access: { default: "deny", rules: [{ channel: "*", allow: ["query"] }] },
    store: { url: `file:${join(directory, "data")}` },
    http: { port: 0 },
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}

/** What `npm run doctor` says of the two platforms, as a process of its own. */
async function doctor(given: Given = {}, more: readonly string[] = []) {
  const finished = run(["doctor", "--config", await configure(given), "--json", ...more]).finished;
  const { code, stdout, stderr } = await finished;
  expect(stdout + stderr).not.toContain(secret);
  const report: Report = JSON.parse(stdout);
  const ofPlatforms = report.findings.filter(({ part }) => part === "lark" || part === "dingtalk");
  const about = (part: string, check: string) =>
    ofPlatforms.find((finding) => finding.part === part && finding.check === check);
  return { code, report, ofPlatforms, about };
}

describe("doctor, run beside both platforms", () => {
  it("is well, sends nothing, and leaves nothing connected", async () => {
    const { code, report, ofPlatforms } = await doctor();
    expect(ofPlatforms.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(ofPlatforms.map(({ part, check }) => `${part} ${check}`)).toEqual([
      ...["lark token", "lark bot", "lark permissions", "lark long connection"],
      ...[
        "dingtalk token",
        "dingtalk stream",
        "dingtalk robot",
        "dingtalk cards",
        "dingtalk template",
        "dingtalk calls",
      ],
    ]);
    expect(report).toMatchObject({ ok: true, count: { failed: 0 } });
    expect(code).toBe(0);
    expect([...lark.sent, ...dingtalk.sent]).toEqual([]);
    expect([...lark.connections, ...dingtalk.connections]).toEqual([]);
  });

  it("sends a card to the chat that is named, and to no other", async () => {
    const { code, about } = await doctor({}, ["--chat", "oc_ops"]);
    expect(about("lark", "a card to a chat")).toMatchObject({ state: "ok" });
    expect(about("dingtalk", "a card to a chat")).toBeUndefined();
    expect(code).toBe(0);
    expect(lark.sent.map(({ chat }) => chat)).toEqual(["oc_ops"]);
    expect(dingtalk.sent).toEqual([]);
  });

  it("says of all that is wrong what to do, and looks no further where that is of no use", async () => {
    dingtalk.faults.api({ kind: "html", status: 403 }, { api: "gateway", count: Number.POSITIVE_INFINITY });
    const { code, report, about } = await doctor({ larkSecret: "another", robotCode: "another" });
    expect(about("lark", "token")).toMatchObject({
      state: "failed",
      todo: expect.stringContaining("channels.lark.appId and appSecret"),
    });
    expect(about("lark", "bot")).toMatchObject({ state: "skipped" });
    expect(about("dingtalk", "robot")).toMatchObject({ state: "failed", todo: expect.stringContaining("robotCode") });
    expect(about("dingtalk", "stream")).toMatchObject({
      state: "failed",
      says: expect.stringContaining("does not let"),
    });
    expect(report).toMatchObject({ ok: false, count: { failed: 3 } });
    expect(code).toBe(1);
  });
});
