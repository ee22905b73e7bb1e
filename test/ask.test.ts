import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { askOnce } from "../src/ask.ts";
import type { Config } from "../src/config/index.ts";
import { createSimulator, type Simulator } from "../src/simulator/index.ts";
import { sentencesOf } from "./cards/read.ts";
import { configOf } from "./config/read.ts";
import { fleetSection } from "./e2e/fleet-section.ts";

let simulator: Simulator;
let config: Config;
let directory: string;

beforeAll(async () => {
  const key = { id: "LTAItest", secret: "secret" };
  simulator = createSimulator({ key, runtimes: 30, sharedRate: 0, tick: 0 });
  const { endpoint } = await simulator.start();
  config = configOf(fleetSection(endpoint, key));
});

afterAll(() => simulator.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-ask-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const ask = (text: string, place = directory) =>
  askOnce({ config, log: pino({ level: "silent" }), text, locale: "en", fits: () => true, directory: place });

test("an export is a file in the directory, and a card that says where it is", async () => {
  const { card, good } = await ask("/runtimes export");
  expect(good).toBe(true);
  const [name = ""] = await readdir(directory);
  expect(name).toMatch(/^runtimes-\d{8}-\d{4}\.csv$/);
  expect(sentencesOf(card)).toContain(`The file is written: ${join(directory, name)}`);
  const lines = (await readFile(join(directory, name), "utf8")).split("\r\n");
  expect(lines).toHaveLength(32);
});

test("an export goes over no file that is there, and is as it was asked for", async () => {
  await ask("/runtimes export format=xlsx");
  await ask("/runtimes export format=xlsx");
  const names = await readdir(directory);
  expect(new Set(names).size).toBe(2);
  expect(names.every((name) => name.endsWith(".xlsx"))).toBe(true);
});

test("an export that cannot be written names the folder and what mends it, and the call has failed", async () => {
  const folder = join(directory, "nothing");
  const { card, good } = await ask("/runtimes export", folder);
  expect([good, card.header.colour]).toEqual([false, "red"]);
  expect(sentencesOf(card)).toEqual([
    `The file could not be written into ${folder}: there is no such folder.`,
    "Make the folder, or ask from another folder.",
  ]);
});

test("an export that finds no folder for temporary files names that one", async () => {
  const folder = join(directory, "gone");
  vi.stubEnv("TMPDIR", folder);
  try {
    expect(sentencesOf((await ask("/runtimes export")).card)).toEqual([
      `The file could not be written into ${folder}: there is no such folder.`,
      "Make the folder, or name another folder for temporary files in TMPDIR.",
    ]);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("any other command writes nothing", async () => {
  const { good } = await ask("/runtimes");
  expect([good, await readdir(directory)]).toEqual([true, []]);
});
