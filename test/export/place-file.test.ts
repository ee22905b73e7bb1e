import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placeFile } from "../../src/export/index.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "deskhand-place-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("a file is placed beside those of its name, and over none of them", async () => {
  const from = join(folder, "from");
  const names: string[] = [];
  for (const content of ["first", "second", "third"]) {
    await writeFile(from, content);
    names.push(await placeFile(from, folder, "runtimes-1.csv"));
  }
  expect(names).toEqual(["runtimes-1.csv", "runtimes-1-2.csv", "runtimes-1-3.csv"].map((name) => join(folder, name)));
  const contents = await Promise.all(names.map((name) => readFile(name, "utf8")));
  expect(contents).toEqual(["first", "second", "third"]);
});

test("a file that cannot be placed is told, and leaves nothing", async () => {
  await expect(placeFile(join(folder, "nothing"), folder, "a.csv")).rejects.toThrow("ENOENT");
  expect(await readdir(folder)).toEqual([]);
});
