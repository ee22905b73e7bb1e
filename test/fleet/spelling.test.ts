import { describe, expect, it } from "vitest";
import { plainProvider, plainVersion } from "../../src/fleet/index.ts";
import { plainSpelling } from "../../src/fleet/spelling.ts";

describe("a provider", () => {
  it.each([
    ["OPEN_CLAW", "OpenClaw"],
    ["openclaw", "OpenClaw"],
    ["Open-Claw", "OpenClaw"],
    ["HERMES_AGENT", "HermesAgent"],
    ["hermes agent", "HermesAgent"],
    ["JVS_BOT", "JVS_BOT"],
    ["", ""],
  ])("%s reads %s", (given, plain) => {
    expect(plainProvider(given)).toBe(plain);
  });
});

describe("a word that is documented", () => {
  it("reads as it is documented, and others as they came", () => {
    expect(plainSpelling("status", "RUNNING")).toBe("Running");
    expect(plainSpelling("channel", "DingTalk_Connector")).toBe("dingtalk-connector");
    expect(plainSpelling("status", "Hibernating")).toBe("Hibernating");
    expect(plainSpelling("group", "rg_1")).toBe("rg_1");
  });
});

describe("a version", () => {
  it.each([
    ["2026.4.15", "2026.4.15"],
    ["OpenClaw 2026.4.15", "2026.4.15"],
    ["OpenClaw\t2026.4.15 ", "2026.4.15"],
    ["openclaw-2026.4.15", "2026.4.15"],
    ["v2.1.0-beta+7", "2.1.0-beta+7"],
    ["Hermes3 1.2", "1.2"],
    ["latest", "latest"],
    ["1.2 beta", "1.2 beta"],
    ["", ""],
  ])("%j reads %j", (given, plain) => {
    expect(plainVersion(given)).toBe(plain);
  });

  it("of a hostile length is read in no time", () => {
    const hostile = ["1".repeat(20_000), "a1".repeat(10_000), " ".repeat(20_000)].map((text) => `${text}!`);
    const started = performance.now();
    for (let times = 0; times < 20; times += 1) hostile.map(plainVersion);
    // A few milliseconds; with a pattern that goes back and forth it is minutes.
    expect(performance.now() - started).toBeLessThan(500);
  });
});
