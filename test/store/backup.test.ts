import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrivalKey } from "../../src/bot/index.ts";
import { backUpStore, openStore, restoreStore, type Store } from "../../src/store/index.ts";
import { migrations } from "../../src/store/migrations.ts";
import { createRecordingLog } from "../bot/rig.ts";
import { machineClock } from "./machine-clock.ts";
import { messageOf } from "./sites.ts";

let place: string;
let directory: string;
let copy: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "deskhand-backup-"));
  directory = join(place, "data");
  copy = join(place, "copy.db");
});

afterEach(() => rm(place, { recursive: true, force: true }));

async function open(): Promise<Store> {
  const opened = await openStore({
    location: { kind: "file", directory },
    clock: machineClock,
    log: createRecordingLog(),
    processId: "test",
  });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

/** A store that has taken messages, and is closed. */
async function storeWith(...ids: readonly string[]): Promise<void> {
  const store = await open();
  for (const id of ids) await store.inbox.take(messageOf(id));
  await store.stop();
}

/** Which of these messages the store has taken. */
async function taken(...ids: readonly string[]): Promise<readonly string[]> {
  const store = await open();
  const known: string[] = [];
  for (const id of ids) {
    if ((await store.inbox.take(messageOf(id))) !== "new") known.push(id);
  }
  await store.stop();
  return known;
}

const back = () => backUpStore({ directory, to: copy });
const restore = (from = copy, now = Date.now()) => restoreStore({ directory, from, now });
const files = (folder: string) => readdir(folder).then((names) => names.toSorted());
const mode = async (path: string) => (await stat(path)).mode & 0o777;

function inside<T>(path: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const script = fileURLToPath(new URL("taker.ts", import.meta.url));

describe("a copy of the embedded store", () => {
  it("is made while a bot writes as fast as it can, and holds all that was acknowledged before", async () => {
    const bot = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, "file", directory, "a"], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 15_000,
    });
    const ended = once(bot, "close");
    try {
      let output = "";
      bot.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      while (output.split("\n").length < 200) await once(bot.stdout, "data");
      const before = output.split("\n").slice(0, -1);
      expect(await back()).toMatchObject({ ok: true, version: migrations.length });
      const after = output.length;
      await once(bot.stdout, "data");
      expect(output.length).toBeGreaterThan(after);
      const keys = inside(copy, (database) =>
        database
          .prepare("select key from arrivals")
          .all()
          .map(({ key }) => key),
      );
      const held = new Set(keys);
      const missing = before
        .map((line) => line.split(" ")[0] ?? "")
        .filter((id) => !held.has(arrivalKey(messageOf(id))));
      expect(missing).toEqual([]);
    } finally {
      bot.kill("SIGKILL");
      await ended;
    }
  });

  it("is one file that only its user can read, with nothing beside it", async () => {
    await storeWith("one");
    await back();
    expect([await mode(copy), await files(place)]).toEqual([0o600, ["copy.db", "data"]]);
    expect(inside(copy, (database) => database.prepare("pragma journal_mode").get())).toEqual({
      journal_mode: "delete",
    });
  });

  it("does not overwrite a file", async () => {
    await storeWith("one");
    await writeFile(copy, "mine");
    expect(await back()).toMatchObject({ ok: false, reason: expect.stringContaining("not overwritten") });
    expect(await readFile(copy, "utf8")).toBe("mine");
  });

  it("is not made of a store that is not there, and says so", async () => {
    expect(await back()).toMatchObject({ ok: false, reason: expect.stringContaining("There is no store in") });
    expect(await files(place)).toEqual([]);
  });

  it("is not kept of a store that is damaged", async () => {
    await storeWith("one");
    const path = join(directory, "deskhand.db");
    await truncate(path, (await stat(path)).size - 8_192);
    expect(await back()).toMatchObject({ ok: false });
    expect(await files(place)).toEqual(["data"]);
  });

  it("says what is wrong with where it should go", async () => {
    await storeWith("one");
    expect(await backUpStore({ directory, to: join(place, "none/copy.db") })).toEqual({
      ok: false,
      reason: `The copy ${join(place, "none/copy.db")} cannot be made: there is no such directory or file.`,
    });
  });
});

describe("restoring the embedded store", () => {
  it("brings back what the copy holds, and keeps what was there beside it", async () => {
    await storeWith("one");
    await back();
    await storeWith("two");
    const restored = await restore();
    expect(restored).toMatchObject({
      ok: true,
      version: migrations.length,
      kept: expect.stringContaining("before-restore"),
    });
    const kept = restored.ok ? (restored.kept ?? "") : "";
    const count = (path: string) =>
      inside(path, (database) => database.prepare("select count(*) as n from arrivals").get());
    expect([count(kept), await mode(kept)]).toEqual([{ n: 2 }, 0o600]);
    expect(restored).not.toHaveProperty("keptNewer", expect.anything());
    expect(await taken("one", "two")).toEqual(["one"]);
  });

  it("takes the place of a store that a later release wrote, and says so of what it keeps", async () => {
    await storeWith("one");
    await back();
    const path = join(directory, "deskhand.db");
    inside(path, (database) => database.exec("insert into schema_version (version, made_at) values (99, 0)"));
    const restored = await restore();
    expect(restored).toMatchObject({
      ok: true,
      version: migrations.length,
      kept: expect.stringContaining("before-restore"),
      keptNewer: 99,
    });
    expect(await taken("one")).toEqual(["one"]);
  });

  it("makes the store where there is none", async () => {
    await storeWith("one");
    await back();
    await rm(directory, { recursive: true });
    expect(await restore()).toMatchObject({ ok: true, kept: undefined });
    expect(await mode(directory)).toBe(0o700);
    expect(await taken("one", "two")).toEqual(["one"]);
  });

  it("takes the place of a store that is no database any more, which is moved beside it", async () => {
    await storeWith("one");
    await back();
    await writeFile(join(directory, "deskhand.db"), "what a failing disk left");
    const restored = await restore();
    expect(await readFile(restored.ok ? (restored.kept ?? "") : "", "utf8")).toBe("what a failing disk left");
    expect(await taken("one", "two")).toEqual(["one"]);
  });

  it("is refused while a bot runs on the store, and until its sign of life has run out", async () => {
    await storeWith("one");
    await back();
    const running = await open();
    await running.inbox.take(messageOf("two"));
    expect(await restore()).toMatchObject({ ok: false, reason: expect.stringContaining("A bot runs on the store") });
    await running.stop();
    expect(await taken("one", "two")).toEqual(["one", "two"]);
    const killed = Date.now();
    inside(join(directory, "deskhand.db"), (database) =>
      database.prepare("insert into processes (id, alive_until) values ('killed', ?)").run(killed + 10_000),
    );
    expect(await restore(copy, killed + 9_999)).toMatchObject({ ok: false });
    expect(await restore(copy, killed + 10_000)).toMatchObject({ ok: true });
  });

  it("is refused while a process that was stopped, or whose machine slept, may still use the store", async () => {
    await storeWith("one");
    await back();
    const bot = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, "file", directory, "a"], {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 15_000,
    });
    const ended = once(bot, "close");
    try {
      await once(bot.stdout, "data");
      bot.kill("SIGSTOP");
      const longAfter = Date.now() + 3_600_000;
      expect(await restore(copy, longAfter)).toMatchObject({ ok: false, reason: expect.stringContaining("Stop it") });
      bot.kill("SIGKILL");
      await ended;
      expect(await restore(copy, longAfter)).toMatchObject({ ok: true });
    } finally {
      bot.kill("SIGKILL");
      await ended;
    }
  });

  it("is refused while it cannot be read whether a bot runs", async () => {
    await storeWith("one");
    await back();
    const path = join(directory, "deskhand.db");
    const held = new DatabaseSync(path);
    held.exec("pragma journal_mode = delete; begin exclusive");
    try {
      expect(await restore()).toMatchObject({ ok: false, reason: expect.stringContaining("cannot be read") });
    } finally {
      held.close();
    }
  }, 20_000);

  it("refuses a copy that a later release made", async () => {
    await storeWith("one");
    await back();
    inside(copy, (database) => database.exec("insert into schema_version (version, made_at) values (99, 0)"));
    expect(await restore()).toMatchObject({ ok: false, reason: expect.stringContaining("A later release") });
    expect(await files(directory)).toEqual(["deskhand.db"]);
  });

  it("takes a copy that an earlier release made, whose tables the next start brings up to date", async () => {
    await storeWith("one");
    await back();
    inside(copy, (database) => {
      const tables = database.prepare("select name from sqlite_schema where type = 'table'").all();
      const first = ["schema_version", "arrivals", "cards", "chats", "processes"];
      for (const { name } of tables) if (!first.includes(String(name))) database.exec(`drop table "${name}"`);
      database.exec("delete from schema_version where version > 1");
    });
    expect(await restore()).toMatchObject({ ok: true, version: 1 });
    expect(await taken("one", "two")).toEqual(["one"]);
  });

  it("refuses what is no copy of a store, and changes nothing", async () => {
    await storeWith("one");
    const other = join(place, "other.db");
    inside(other, (database) => database.exec("create table letters (text text)"));
    await writeFile(join(place, "text"), "no database at all");
    await mkdir(join(place, "folder"));
    const reasons = await Promise.all(
      ["other.db", "text", "folder", "none"].map(async (name) => {
        const done = await restore(join(place, name));
        return done.ok ? "" : done.reason.slice(place.length + 1);
      }),
    );
    expect(reasons).toEqual([
      "other.db is not a store of Deskhand. Nothing was changed.",
      "text cannot be read: it is not a database. Nothing was changed.",
      "folder cannot be read: it is a directory. Nothing was changed.",
      "none cannot be read: there is no such file. Nothing was changed.",
    ]);
    expect(await taken("one")).toEqual(["one"]);
  });
});
