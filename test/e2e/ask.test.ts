import { afterAll, beforeAll, expect, test } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator/index.ts";
import { checkCard } from "../platforms/lark/card-rules.ts";
import { createWorkplace, run, type Workplace } from "./process.ts";

let place: Workplace;
let simulator: Simulator;
let config: string;

beforeAll(async () => {
  place = await createWorkplace();
  simulator = createSimulator({ key: { id: "LTAItest", secret: "very-secret-word" }, runtimes: 30, sharedRate: 0 });
  const { endpoint } = await simulator.start();
  config = await place.write(
    "app.yaml",
    `fleet:
  source: alibaba-cloud
  alibabaCloud:
    endpoint: ${endpoint}
    protocol: http
    requestsPerSecond: 50
    credentials: { type: access-key, accessKeyId: LTAItest, accessKeySecret: "\${TEST_SECRET}" }
`,
  );
});

afterAll(async () => {
  await simulator.stop();
  await place.remove();
});

const ask = (text: string, ...options: string[]) =>
  run(["ask", text, "--config", config, ...options], { TEST_SECRET: "very-secret-word" }).finished;

test("a list comes from any endpoint that speaks the API, and the exit code is 0", async () => {
  const { code, stdout, stderr } = await ask("/runtimes size=5");
  expect(stdout).toContain("Page 1 of 6 · 30 runtimes");
  expect(stdout).toContain("Next: /runtimes page=2 size=5");
  expect(stdout).not.toContain("Previous:");
  expect([code, stderr]).toEqual([0, ""]);
});

test("--format json is the neutral card, --locale zh is Chinese", async () => {
  const { stdout } = await ask("/运行时 页=6 每页=5", "--format", "json", "--locale", "zh");
  const card: { command: string; blocks: { kind: string; text?: string }[] } = JSON.parse(stdout);
  expect(card.command).toBe("/runtimes page=6 size=5");
  expect(card.blocks.find(({ kind }) => kind === "page")?.text).toBe("第 6/6 页 · 共 30 个");
});

test("a bad command exits with 1 and calls nothing", async () => {
  const before = simulator.stats().requests;
  const { code, stdout } = await ask("/runtimes statsu=Running");
  expect(code).toBe(1);
  expect(stdout).toContain("/runtimes status=Running");
  expect(stdout).toMatch(/\^{6}/);
  expect(simulator.stats().requests).toBe(before);
});

test("a wrong secret exits with 1, says so, and prints no secret", async () => {
  const { code, stdout, stderr } = await run(["ask", "/runtimes", "--config", config], { TEST_SECRET: "wrong-secret" })
    .finished;
  expect(code).toBe(1);
  expect(stdout).toContain("refused the signature");
  expect(stdout + stderr).not.toContain("wrong-secret");
});

test("a bad configuration exits with 2 and names every mistake with its place", async () => {
  const bad = await place.write("bad.yaml", "locale: de\nfleet:\n  sorce: simulator\n");
  const { code, stderr } = await run(["ask", "/runtimes", "--config", bad]).finished;
  expect(code).toBe(2);
  expect(stderr).toMatch(/bad\.yaml:1:9 locale: /);
  expect(stderr).toMatch(/bad\.yaml:3:3 fleet\.sorce: .*source/);
});

test("a missing command, option or format exits with 2", async () => {
  const ends = await Promise.all([
    run(["ask"]).finished,
    run(["ask", "/runtimes", "--colour"]).finished,
    run(["ask", "/runtimes", "--format", "pdf"]).finished,
    run(["ask", "/runtimes", "--locale", "de"]).finished,
  ]);
  expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  expect(ends.every(({ stderr }) => stderr !== "")).toBe(true);
});

test.each([
  ["a page of fifty", "/runtimes size=50", 0],
  ["a command that is wrong", "/runtimes statsu=Running", 1],
])("--format lark is the card as Lark gets it: %s", async (_, command, exit) => {
  const { code, stdout } = await ask(command, "--format", "lark", "--locale", "zh");
  expect(code).toBe(exit);
  expect(checkCard(stdout.trim())).toEqual([]);
});

test("the committed configuration answers from the simulated fleet", async () => {
  const { code, stdout } = await run(["ask", "/runtimes status=Running risk=yes"]).finished;
  expect(code).toBe(0);
  expect(stdout).toMatch(/Page 1 of \d+ · \d+ runtimes/);
});

test("a message of 100 kB is refused politely", async () => {
  const { code, stdout } = await ask(`/runtimes name=${"x".repeat(100_000)}`);
  expect(code).toBe(1);
  expect(stdout).toContain("too long");
  expect(stdout.length).toBeLessThan(2_000);
});
