import { expect, test } from "vitest";
import { likelyTime, printTime, timeOf } from "../../src/commands/time-of-day.ts";

test.each([
  ["09:00", 540],
  ["9:05", 545],
  ["00:00", 0],
  ["23:59", 1_439],
  ["０９：００", 540],
  ["9点", 540],
  ["9 点", 540],
  ["18时30分", 1_110],
  ["9点5分", 545],
  ["9点半", 570],
])("%s is minute %i of the day", (text, minutes) => {
  expect(timeOf(text)).toBe(minutes);
});

test.each(["", "9", "0900", "9:5", "24:00", "12:60", "25点", "9点60分", "9am", "09:00:00", "9:00 ".repeat(10)])(
  "%j is no time",
  (text) => {
    expect(timeOf(text)).toBeUndefined();
  },
);

test.each([
  ["9", 540],
  ["0930", 570],
  ["9.30", 570],
  ["24:00", 0],
  ["9am", 540],
  ["12am", 0],
  ["12pm", 720],
  ["9:30 PM", 1_290],
  ["25", undefined],
  ["13pm", undefined],
  ["noon", undefined],
])("%s most likely is minute %s", (text, minutes) => {
  expect(likelyTime(text)).toBe(minutes);
});

test("every minute is read as it is printed", () => {
  const minutes = Array.from({ length: 24 * 60 }, (_, minute) => minute);
  expect(minutes.map((minute) => timeOf(printTime(minute)))).toEqual(minutes);
  expect(printTime(545)).toBe("09:05");
});
