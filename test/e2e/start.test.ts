import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkplace, run, runNpm, type Workplace } from "./process.ts";

let place: Workplace;
let config: string;

const text = `
http: { port: 0 }
store: { url: "memory:" }
access:
  rules: [{ channel: playground, allow: [query] }]
`;

beforeAll(async () => {
  place = await createWorkplace();
  config = await place.write("app.yaml", text);
});

afterAll(() => place.remove());

const ready = /Playground: (http:\/\/127\.0\.0\.1:\d+)/;

test("it starts, says where the playground is, is healthy and ready, and exits with 0 on SIGTERM", async () => {
  const bot = run(["start", "--config", config]);
  const [, url = ""] = await bot.printed(ready);
  expect((await fetch(`${url}/`)).status).toBe(200);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const readyz = await fetch(`${url}/readyz`);
  expect([readyz.status, await readyz.json()]).toEqual([
    200,
    { ready: true, parts: { store: "ready", playground: "ready" } },
  ]);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  bot.signal("SIGTERM");
  expect((await bot.finished).code).toBe(0);
});

test("what was accepted is answered before SIGINT ends it", async () => {
  const bot = run(["start", "--config", config]);
  const [, url = ""] = await bot.printed(ready);
  const chat = `play_${"a".repeat(32)}`;
  const events = await fetch(`${url}/playground/events?chat=${chat}`, { headers: { accept: "text/event-stream" } });
  const posted = await fetch(`${url}/playground/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chat, id: "message-1", text: "/runtimes risk=yes", locale: "en" }),
  });
  expect(posted.status).toBe(202);
  bot.signal("SIGINT");
  const received = await new Response(events.body).text();
  expect(received).toContain("/runtimes risk=yes");
  expect(received).toMatch(/Page 1 of \d+/);
  expect((await bot.finished).code).toBe(0);
});

test("a terminal's Ctrl+C, which arrives twice through npm, still drains and exits with 0", async () => {
  const bot = run(["start", "--config", config]);
  await bot.printed(ready);
  bot.signal("SIGINT");
  bot.signal("SIGINT");
  expect((await bot.finished).code).toBe(0);
});

test("npm start passes a signal on, and exits with 0", async () => {
  const npm = runNpm(["start", "--", "--config", config]);
  await npm.printed(ready);
  npm.signal("SIGTERM");
  const { code, stdout } = await npm.finished;
  expect(stdout).toContain("SIGTERM: answering what was accepted");
  expect(code).toBe(0);
});

test("a changed file is taken into use at SIGHUP, a wrong one is refused, and the bot goes on", async () => {
  const changing = await place.write("changing.yaml", text);
  const bot = run(["start", "--config", changing]);
  const [, url = ""] = await bot.printed(ready);
  await place.write("changing.yaml", `${text}alerts: { intervl: 30s }`);
  bot.signal("SIGHUP");
  await bot.printed(/changing\.yaml:\d+:\d+ alerts\.intervl: [\s\S]*did you mean interval\?[\s\S]*was not taken/);
  await place.write("changing.yaml", `${text}alerts: { interval: 30s }`);
  bot.signal("SIGHUP");
  await bot.printed(/The changed configuration is in use\..*alerts\.interval/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  bot.signal("SIGTERM");
  expect((await bot.finished).code).toBe(0);
});

test("a file that changes while the bot starts is taken into use once it has started", async () => {
  const early = await place.write("early.yaml", `${text}log: { format: json }\n`);
  const bot = run(["start", "--config", early]);
  await bot.printed(/client of the API/);
  await place.write("early.yaml", `${text}log: { format: json }\nalerts: { interval: 30s }\n`);
  bot.signal("SIGHUP");
  await bot.printed(/The changed configuration is in use\./);
  bot.signal("SIGTERM");
  expect((await bot.finished).code).toBe(0);
});

test("a signal while it starts lets it end with 0", async () => {
  const bot = run(["start", "--config", config]);
  await bot.printed(/client of the API|ready/);
  bot.signal("SIGTERM");
  expect((await bot.finished).code).toBe(0);
});

test("a port in use exits with 1, after which a service manager tries again, and one clear line", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" ? address?.port : 0;
  const busy = await place.write("busy.yaml", `http: { port: ${port} }\n`);
  const { code, stderr } = await run(["start", "--config", busy]).finished;
  taken.close();
  expect(code).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(`Port ${port}`)]);
});

test("a bad configuration exits with 2", async () => {
  const bad = await place.write("bad.yaml", "channels: { dingtalk: { enabled: true } }\n");
  const { code, stderr } = await run(["start", "--config", bad]).finished;
  expect(code).toBe(2);
  expect(stderr).toContain("channels.dingtalk.clientId: is empty, but channels.dingtalk is enabled");
});

test("the simulator alone prints its address and exits with 0 on SIGTERM", async () => {
  const simulator = run(["simulate", "--port", "0", "--runtimes", "5"]);
  await simulator.printed(/127\.0\.0\.1:\d+/);
  simulator.signal("SIGTERM");
  expect((await simulator.finished).code).toBe(0);
});
