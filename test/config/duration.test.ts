import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationPattern, formatDuration, parseDuration, suggestDuration } from "../../src/config/duration.ts";

describe("a duration", () => {
  test.each([
    ["500ms", 500],
    ["8s", 8_000],
    ["60s", 60_000],
    ["10m", 600_000],
    ["24h", 86_400_000],
    ["7d", 604_800_000],
    ["0s", 0],
    ["0", 0],
  ])("%s is read into milliseconds", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
    expect(text).toMatch(new RegExp(durationPattern));
  });

  test.each(["", "8", "8 s", "8S", "-8s", "1.5h", "s", "1h30m", "8sec", " 8s", "8s\n", "1e3s", "９s"])(
    "is not guessed from %j",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
      expect(new RegExp(durationPattern).test(text)).toBe(false);
    },
  );

  test.each([
    ["8", "8s"],
    ["8 sec", "8s"],
    ["8S", "8s"],
    ["1.5h", "90m"],
    ["2 hours", "2h"],
    ["10 min", "10m"],
    ["0.5s", "500ms"],
    ["3 Days", "3d"],
    ["soon", undefined],
    ["5 parsecs", undefined],
  ])("%s makes %s the suggestion", (text, expected) => {
    expect(suggestDuration(text)).toBe(expected);
  });

  test("that is printed reads the same again", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (duration) => {
        expect(parseDuration(formatDuration(duration))).toBe(duration);
      }),
    );
  });
});
