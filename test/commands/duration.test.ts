import fc from "fast-check";
import { expect, test } from "vitest";
import { durationOf, likelyDuration, printDuration } from "../../src/commands/duration.ts";

const minute = 60_000;

test.each([
  ["30m", 30],
  ["2h", 120],
  ["1d", 1_440],
  ["1d12h", 2_160],
  ["1d 30m", 1_470],
  ["90 minutes", 90],
  ["2 Hours", 120],
  ["３０Ｍ", 30],
  ["2小时", 120],
  ["2个小时30分", 150],
  ["1天", 1_440],
  ["0m", 0],
])("%s is %i minutes", (text, minutes) => {
  expect(durationOf(text)).toBe(minutes * minute);
});

test.each(["", "2", "h", "1.5h", "-1h", "30m2h", "2h2h", "soon", "1234567h", "2h".repeat(30)])(
  "%j is no duration",
  (text) => {
    expect(durationOf(text)).toBeUndefined();
  },
);

test("a number alone most likely is hours, and seconds are at least a minute", () => {
  expect(likelyDuration("2")).toBe(120 * minute);
  expect(likelyDuration("90s")).toBe(2 * minute);
  expect(likelyDuration("30 秒")).toBe(minute);
  expect(likelyDuration("two")).toBeUndefined();
});

test("it is printed in the largest units", () => {
  expect([30, 60, 90, 1_440, 2_160, 43_201].map((minutes) => printDuration(minutes * minute))).toEqual([
    "30m",
    "1h",
    "1h30m",
    "1d",
    "1d12h",
    "30d1m",
  ]);
  expect(printDuration(59_999)).toBe("0m");
});

test("what is printed is read as it was", () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), (minutes) => {
      expect(durationOf(printDuration(minutes * minute))).toBe(minutes * minute);
    }),
  );
});
