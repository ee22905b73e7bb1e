import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { secondsToEnd, textOf } from "./files.ts";

const unit = await textOf("deploy/systemd/deskhand.service");
const analyze = (...args: readonly string[]) =>
  spawnSync("systemd-analyze", args, { encoding: "utf8", timeout: 15_000 });
const missing = analyze("--version").status !== 0;
if (missing) {
  process.stderr.write("\nSKIPPED: systemd-analyze is not there, so that the unit is not verified.\n\n");
}

function settingOf(key: string): string {
  return new RegExp(`^${key}=(.*)$`, "m").exec(unit)?.[1] ?? "";
}

it("the unit gives the bot the time to end, restarts it when it fails however often, and not when its configuration is wrong", async () => {
  expect(Number.parseInt(settingOf("TimeoutStopSec"), 10)).toBeGreaterThan(await secondsToEnd());
  expect([settingOf("Restart"), settingOf("RestartPreventExitStatus")]).toEqual(["on-failure", "2"]);
  expect(settingOf("StartLimitIntervalSec")).toBe("0");
});

it("the unit reloads by SIGHUP, keeps its state in a folder of its own, and takes secrets from a file", () => {
  expect([settingOf("ExecReload"), settingOf("KillSignal")]).toEqual(["kill -HUP $MAINPID", "SIGTERM"]);
  expect(settingOf("WorkingDirectory")).toBe(`/var/lib/${settingOf("StateDirectory")}`);
  expect([settingOf("EnvironmentFile"), settingOf("DynamicUser")]).toEqual(["-/etc/deskhand/environment", "yes"]);
});

it.skipIf(missing)("systemd understands every line of the unit, and calls what it may do little", async () => {
  const folder = await mkdtemp(join(tmpdir(), "deskhand-unit-"));
  try {
    // The program is not installed here; a file that is stands in for it.
    const file = join(folder, "deskhand.service");
    await writeFile(file, unit.replace("/usr/local/bin/deskhand", "/bin/true"));
    const verified = analyze("verify", "--man=no", file);
    expect([verified.stderr.split("\n").filter((line) => line.includes("deskhand")), verified.status]).toEqual([[], 0]);
    const judged = analyze("security", "--offline=true", "--threshold=20", "--no-pager", file);
    expect([judged.status, judged.stdout.split("\n").findLast((line) => line.includes("exposure"))]).toEqual([
      0,
      expect.any(String),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
