import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { expectShapes } from "./line-shapes.ts";
import { run } from "./process.ts";

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-words-"));
  path = join(directory, "app.yaml");
  await writeFile(
    path,
    'channels: { playground: { enabled: false } }\nstore: { url: "memory:" }\nhttp: { port: 0 }\nlog: { level: debug, format: json }\n',
  );
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test("what libraries print, warnings and a fault that nothing has caught are lines of the log without secrets, and the exit code is 1", async () => {
  const planted = "planted-0123456789";
  const bot = run(["start", "--config", path], { PLANTED: planted }, new URL("../chaos/fault-at.ts", import.meta.url));
  await bot.printed(/ready on/);
  bot.signal("SIGUSR2");
  const { code, stdout, stderr } = await bot.finished;
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain(planted);
  expect(stderr).toBe("");
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  expect(expectShapes(lines)).toEqual(
    expect.arrayContaining([
      "A library printed something.",
      "Node warns of something.",
      "A fault that nothing has caught: the bot stops.",
    ]),
  );
  expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("{"))).toHaveLength(1);
});

test("a fault that nothing has caught while the bot ends is told, the exit code is 1, and JSON is all that follows the ready line", async () => {
  const preload = new URL("../chaos/fault-at-end.ts", import.meta.url);
  const bot = run(["start", "--config", path], {}, preload);
  await bot.printed(/ready on/);
  bot.signal("SIGTERM");
  const { code, stdout } = await bot.finished;
  expect(code).toBe(1);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.filter((line) => !line.startsWith("{"))).toEqual([expect.stringMatching(/ready on/)]);
  const told = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  expect(told).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ level: 30, msg: "SIGTERM: answering what was accepted, then stopping." }),
      expect.objectContaining({ level: 60, msg: "A fault that nothing has caught: the bot stops." }),
    ]),
  );
});
