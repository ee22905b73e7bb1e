import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Config, stampOf } from "../../src/config/index.ts";
import { type Reloading, type ReloadingOptions, startReloading } from "../../src/parts/reloading.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { type CountingMeter, createCountingMeter } from "../counting-meter.ts";

/** A sleeper that a test wakes by hand, and waits for until it sleeps again. */
function createSteps() {
  let wake: (() => void) | undefined;
  let asleep: (() => void) | undefined;
  const rests = () =>
    new Promise<void>((resolve) => {
      if (wake === undefined) asleep = resolve;
      else resolve();
    });
  return {
    sleep: (_milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        wake = () => {
          wake = undefined;
          resolve();
        };
        const end = () => {
          wake = undefined;
          reject(signal?.reason);
        };
        if (signal?.aborted === true) end();
        else signal?.addEventListener("abort", end, { once: true });
        asleep?.();
        asleep = undefined;
      }),
    rests,
    async step() {
      await rests();
      wake?.();
      await rests();
    },
  };
}

let folder: string;
let path: string;
let steps: ReturnType<typeof createSteps>;
let log: ReturnType<typeof createRecordingLog>;
let reloading: Reloading;
let taken: Config[];
let counting: CountingMeter;

const applied: ReloadingOptions["apply"] = async (config) => {
  taken.push(config);
  return { live: ["alerts.interval"], waiting: ["http.port"] };
};

async function follow(apply = applied, since?: string): Promise<void> {
  reloading = startReloading({ path, since, clock: steps, log, apply, meter: counting.meter });
  await steps.rests();
}

const intervals = () => taken.map(({ alerts }) => alerts.interval);
const sentences = () => log.lines.map(({ level, message }) => `${level}: ${message}`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "deskhand-reloading-"));
  path = join(folder, "app.yaml");
  [steps, log, taken, counting] = [createSteps(), createRecordingLog(), [], createCountingMeter()];
  await writeFile(path, "alerts: { interval: 60s }");
});

afterEach(async () => {
  reloading.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a file that does not change is not read", async () => {
  await follow();
  await steps.step();
  await steps.step();
  expect(counting.counted).toEqual([]);
});

test("a changed file is read once it rests, and what takes effect when is told", async () => {
  await follow();
  await writeFile(path, "alerts: { interval: 30s }");
  await steps.step();
  expect(counting.counted).toEqual([]);
  await steps.step();
  await steps.step();
  expect(intervals()).toEqual([30_000]);
  expect(sentences()).toEqual([
    "warn: The configuration changed in keys that take effect at the next start.",
    "info: The changed configuration is in use.",
  ]);
});

test.each([
  [
    { live: [], waiting: ["http.port"] },
    ["warn: The configuration changed in keys that take effect at the next start."],
  ],
  [{ live: [], waiting: [] }, ["info: Nothing to change was found."]],
  [{ live: ["alerts.interval"], waiting: [] }, ["info: The changed configuration is in use."]],
])("only what is true of a changed configuration is told: %j", async (changes, told) => {
  await follow(async () => changes);
  reloading.ask();
  await steps.rests();
  await steps.step();
  expect(sentences()).toEqual(told);
});

test("a file that another is put in place of is a changed one", async () => {
  await follow();
  await writeFile(`${path}.new`, "alerts: { interval: 45s }");
  await rename(`${path}.new`, path);
  await steps.step();
  await steps.step();
  expect(intervals()).toEqual([45_000]);
});

test("a file that changed between its first reading and now is read", async () => {
  const read = await stampOf(path);
  await writeFile(path, "alerts: { interval: 50s }");
  await follow(applied, read);
  await steps.step();
  await steps.step();
  expect(intervals()).toEqual([50_000]);
});

test("a file that is still as it was at its first reading is not read again", async () => {
  await follow(applied, await stampOf(path));
  await steps.step();
  await steps.step();
  expect(counting.counted).toEqual([]);
});

test("whoever asks has the file read at once, changed or not", async () => {
  await follow();
  reloading.ask();
  await steps.rests();
  await steps.step();
  expect(intervals()).toEqual([60_000]);
});

test("a wrong file is refused whole, with every problem by its place, and once", async () => {
  await follow();
  await writeFile(path, "alerts: { intervl: 30s }\nhttp: { port: no }");
  await steps.step();
  await steps.step();
  await steps.step();
  expect([counting.counted, taken]).toEqual([["config_readings refused"], []]);
  expect(sentences()).toEqual([
    expect.stringMatching(/^error: .*app\.yaml:1:11 alerts\.intervl: .*interval/),
    expect.stringMatching(/^error: .*app\.yaml:2:\d+ http\.port: /),
    "error: The configuration is wrong, and was not taken: the one before stays in use.",
  ]);
});

test.each(["", " \n\n", "\u{feff}# alerts: { interval: 30s }\n\n  # nothing\r\n", "---\n# nothing\n...\n"])(
  "a file without a key, as a save leaves it for a moment, takes nobody's rights away: %j",
  async (text) => {
    await follow();
    await writeFile(path, text);
    await steps.step();
    await steps.step();
    expect([counting.counted, taken]).toEqual([["config_readings refused"], []]);
    expect(sentences()).toEqual([
      expect.stringMatching(/^error: .*app\.yaml: the file is empty — .*restart/),
      "error: The configuration is wrong, and was not taken: the one before stays in use.",
    ]);
    await writeFile(path, "alerts: { interval: 30s }");
    await steps.step();
    await steps.step();
    expect(intervals()).toEqual([30_000]);
  },
);

test("a file that is gone is told once, and taken when it is back", async () => {
  await follow();
  await rm(path);
  await steps.step();
  await steps.step();
  await steps.step();
  expect(counting.counted).toEqual(["config_readings refused"]);
  await writeFile(path, "alerts: { interval: 20s }");
  await steps.step();
  await steps.step();
  expect(intervals()).toEqual([20_000]);
});

test("a fault while a configuration is taken is told, and the next one is taken", async () => {
  let first = true;
  await follow(async (config) => {
    if (first) {
      first = false;
      throw new Error("a fault");
    }
    return applied(config);
  });
  reloading.ask();
  await steps.rests();
  await steps.step();
  expect(sentences()).toEqual(["error: A changed configuration was not taken, by a fault of the bot."]);
  reloading.ask();
  await steps.rests();
  await steps.step();
  expect(intervals()).toEqual([60_000]);
});
