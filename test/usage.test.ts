import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { notKnown, usage } from "../src/usage.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

test("a word that is no command is named before what can be typed, and the call was bad", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "frobnicate"], { encoding: "utf8" });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(`There is no command "frobnicate".\n\n${usage()}\n`);
});

test.each([
  ["doctro", "doctor"],
  ["backups", "backup"],
  ["--versoin", "--version"],
  ["Start", "start"],
])("of %s the nearest command is %s", async (typed, meant) => {
  expect(await notKnown(typed)).toContain(`There is no command "${typed}". Did you mean ${meant}?\n\nUsage:`);
});

test("a word that is no command cannot move the cursor, nor fill the screen", async () => {
  const said = await notKnown(`\u001b[2J\u009b2J${"x".repeat(10_000)}`);
  expect(said.split("\n")[0]).not.toMatch(/\p{C}/u);
  expect(said.length).toBeLessThan(usage().length + 200);
});
