import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Opened, openStore } from "../../src/store/index.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { createManualClock } from "../manual-clock.ts";
import { messageOf } from "./sites.ts";

describe("the embedded store", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "deskhand-open-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const open = (directory: string): Promise<Opened> =>
    openStore({
      location: { kind: "file", directory },
      clock: createManualClock(),
      log: createRecordingLog(),
      processId: "test",
    });
  const reasonOf = async (directory: string) => {
    const opened = await open(directory);
    return opened.ok ? opened.store.stop().then(() => "opened") : opened.reason;
  };

  it("makes its directory, for this user alone, and is ready", async () => {
    const directory = join(folder, "a", "b");
    const opened = await open(directory);
    if (!opened.ok) {
      throw new Error(opened.reason);
    }

    expect(opened.store.ready()).toBe(true);
    const files = ["", "deskhand.db", "deskhand.db-wal"];
    const modes = await Promise.all(files.map(async (name) => (await stat(join(directory, name))).mode & 0o777));
    await opened.store.stop();
    expect(modes).toEqual([0o700, 0o600, 0o600]);
    expect(opened.store.ready()).toBe(false);
  });

  it("says so when its directory is a file, or lies in one", async () => {
    await writeFile(join(folder, "file"), "");

    expect(await reasonOf(join(folder, "file"))).toContain("is not a directory");
    expect(await reasonOf(join(folder, "file", "below"))).toContain("is not a directory");
  });

  it("says so when its directory cannot be made", async () => {
    expect(await reasonOf("/proc/deskhand")).toMatch(/cannot be made|may not be written|read-only/);
  });

  it("says so when its file is no database, and leaves it alone", async () => {
    const text = "This is a letter and no database. ".repeat(100);
    await writeFile(join(folder, "deskhand.db"), text);

    expect(await reasonOf(folder)).toBe(
      `The store in ${folder} cannot be used: deskhand.db is not a database (26). ` +
        "Put back a copy of it, or move it away to begin with an empty one.",
    );
    expect((await stat(join(folder, "deskhand.db"))).size).toBe(text.length);
  });
});

describe("a store in memory", () => {
  it("needs no time to pass to take something in", async () => {
    const clock = createManualClock();
    const opened = await openStore({
      location: { kind: "memory" },
      clock,
      log: createRecordingLog(),
      processId: "test",
    });
    if (!opened.ok) {
      throw new Error(opened.reason);
    }

    expect(await opened.store.inbox.take(messageOf("one"))).toBe("new");
    await opened.store.stop();
    expect(clock.sleeping()).toBe(0);
  });

  it("can be stopped twice", async () => {
    const clock = createManualClock();
    const opened = await openStore({
      location: { kind: "memory" },
      clock,
      log: createRecordingLog(),
      processId: "test",
    });

    await Promise.all(opened.ok ? [opened.store.stop(), opened.store.stop()] : []);

    expect(clock.sleeping()).toBe(0);
  });
});
