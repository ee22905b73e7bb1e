import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../../src/app.ts";
import { createSecret } from "../../src/config/index.ts";
import { configOf } from "../config/read.ts";

const configured = "lark-[app]-secret";
const ofCollector = "collector-t0ken";
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-audit-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("an audit on disk holds no secret that was typed, of the configuration or of the environment", async () => {
  const config = configOf(`
channels: { lark: { enabled: false, appId: cli_a, appSecret: "${configured}" } }
store: { url: "file:${directory}" }
http: { port: 0 }
`);
  const app = createApp({
    config,
    secrets: [{ authorization: createSecret(ofCollector) }],
    log: pino({ level: "silent" }),
  });
  const started = await app.start();
  if (!started.ok) throw new Error(started.reason);
  const typed = [`/runtimes name="lark-\\[app]-secret"`, `/nothing ${configured}`, `/view save ${ofCollector}`];
  for (const [index, text] of typed.entries()) {
    const response = await fetch(`${started.url}/playground/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: started.url },
      body: JSON.stringify({ chat: `play_${"a".repeat(22)}`, id: `message-000${index}`, text, locale: "en" }),
    });
    expect(response.status).toBe(202);
  }
  await app.stop();

  const database = new DatabaseSync(join(directory, "deskhand.db"), { readOnly: true });
  const rows = database.prepare("select text, detail from audits order by place").all();
  database.close();
  expect(rows.map(({ text }) => text)).toEqual([
    // In canonical text a bracket that could begin a link is marked.
    '/runtimes name="\\[secret]"',
    "/nothing [secret]",
    expect.stringContaining("[secret]"),
  ]);
  const all = JSON.stringify(rows);
  expect([configured, "lark-", ofCollector].filter((secret) => all.includes(secret))).toEqual([]);
});
