import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { createTallyReader, openStore } from "../../src/store/index.ts";
import { createMemoryLog } from "../adapters/lark/quiet.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-tally-"));
});

afterEach(() => rm(directory, { recursive: true }));

const location = () => ({ kind: "file", directory }) as const;

it("what a running bot has counted is read beside it", async () => {
  const opened = await openStore({ location: location(), clock: systemClock, log: createMemoryLog(), processId: "1" });
  if (!opened.ok) throw new Error(opened.reason);
  const { store } = opened;
  store.tallies.add("calls", "2026-12", 7);
  // Reading waits for what is being written.
  await store.tallies.count("calls", "2026-12");
  await store.stop();
  const count = createTallyReader(location(), systemClock);
  expect(await count("calls", "2026-12")).toBe(7);
  expect(await count("calls", "2026-11")).toBe(0);
});

it("nothing is counted where there is no database yet, and none is made", async () => {
  expect(await createTallyReader(location(), systemClock)("calls", "2026-12")).toBe(0);
  expect(await readdir(directory)).toEqual([]);
});
