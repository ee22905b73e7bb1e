import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFolders } from "../../src/platform/index.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "deskhand-folders-"));
});

afterEach(() => rm(directory, { recursive: true }));

const now = Date.UTC(2026, 0, 10);
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const foldersIn = (place: string) =>
  createFolders({ prefix: "deskhand-export-", directory: place, clock: { now: () => now }, log });

test("a folder is its owner's alone, and goes with all that is in it", async () => {
  const folder = await foldersIn(directory).open();
  expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
  await writeFile(join(folder.path, "rows"), "x");
  await folder.remove();
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

test("all that are open go at the end", async () => {
  const folders = foldersIn(directory);
  const opened = [await folders.open(), await folders.open()];
  await folders.close();
  expect(opened.map(({ path }) => existsSync(path))).toEqual([false, false]);
});

test("what a killed process left is swept after a day, and nothing else", async () => {
  const days = (count: number) => new Date(now - count * 24 * 60 * 60_000);
  const make = async (name: string, age: number) => {
    const path = join(directory, name);
    await mkdir(path);
    await writeFile(join(path, "rows"), "x");
    await utimes(path, days(age), days(age));
    return path;
  };
  const old = await make("deskhand-export-aaaaaa", 1.1);
  const fresh = await make("deskhand-export-bbbbbb", 0.9);
  const other = await make("somebody-else", 9);
  const link = join(directory, "deskhand-export-cccccc");
  await symlink(other, link);
  await foldersIn(directory).sweep();
  expect([old, fresh, other, join(other, "rows"), link].map((path) => existsSync(path))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
});

test("sweeping where there is nothing is no failure; opening a folder there is one", async () => {
  const folders = foldersIn(join(directory, "none"));
  await folders.sweep();
  await expect(folders.open()).rejects.toThrow("ENOENT");
});
