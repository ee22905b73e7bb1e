import { describe, expect, test } from "vitest";
import { nearestWord } from "../../src/commands/index.ts";

const words = ["status", "name", "risk", "risk-info", "os", "region", "channel-modified", "model-modified"];

describe("the nearest word", () => {
  test.each([
    ["status", "status"],
    ["STATUS", "status"],
    ["staus", "status"],
    ["statuss", "status"],
    ["stauts", "status"],
    ["nmae", "name"],
    ["anme", "name"],
    ["rsik", "risk"],
    ["riskinf", "risk-info"],
    ["ｒｅｇｉｏｎｓ", "region"],
    ["stat", "status"],
    ["chan", "channel-modified"],
    ["modelmodifed", "model-modified"],
  ])("to %s is %s", (word, nearest) => {
    expect(nearestWord(word, words)).toBe(nearest);
  });

  test.each(["", "-", "x", "so", "naem5x", "weather", "modified", "r", "status".repeat(20)])(
    "to %j is none",
    (word) => {
      expect(nearestWord(word, words)).toBeUndefined();
    },
  );

  test("is the nearer one of two, and of two that are as near the first", () => {
    expect(nearestWord("stopped", ["Stopping", "Stopped"])).toBe("Stopped");
    expect(nearestWord("stopxed", ["Stopped", "Stoppeds"])).toBe("Stopped");
    expect(nearestWord("bat", ["cat", "hat"])).toBe("cat");
  });

  test("is not guessed from a beginning that several have", () => {
    expect(nearestWord("st", ["status", "state-of-it"])).toBeUndefined();
    expect(nearestWord("stat", ["status-of-it", "state-of-it"])).toBeUndefined();
  });
});
