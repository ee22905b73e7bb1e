import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { expect, it } from "vitest";
import { isDeadProcess, mayLive, processName } from "../../../src/store/alerts/process-name.ts";

it("an earlier process with the number of this one is dead", () => {
  expect(isDeadProcess(processName())).toBe(true);
});

it("a process that has ended is dead", () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);

  expect(isDeadProcess(`${hostname()}/${pid}/1`)).toBe(true);
});

it("a process that runs is not dead", () => {
  expect(isDeadProcess(`${hostname()}/${process.ppid}/1`)).toBe(false);
});

it("of a process of another machine nothing is known", () => {
  expect(isDeadProcess(`other.${hostname()}/${process.pid}/1`)).toBe(false);
  expect(isDeadProcess("a name of another kind")).toBe(false);
});

it("another process on this machine that runs may live, whatever its name begins with; this one, dead ones and those elsewhere are none", () => {
  const gone = spawnSync(process.execPath, ["--version"]).pid;
  const names = [
    `bot/${hostname()}/${process.ppid}/1`,
    processName(),
    `bot/${hostname()}/${gone}/1`,
    `other.${hostname()}/${process.ppid}/1`,
    "a name of another kind",
  ];
  expect(names.map(mayLive)).toEqual([true, false, false, false, false]);
});
