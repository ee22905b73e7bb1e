import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  courseOf,
  courseText,
  labelBeside,
  spanOf,
  sparkline,
  type TimelineBlock,
  thinned,
} from "../../src/cards/index.ts";

function timelineOf(...lines: readonly (readonly (number | null)[])[]): TimelineBlock {
  const times = (lines[0] ?? []).map((_, index) => `${index}:00`);
  return { kind: "timeline", title: "Risk", times, series: lines.map((values) => ({ label: "at risk", values })) };
}

const anyValues = fc.array(fc.option(fc.oneof(fc.nat(), fc.double())), { maxLength: 100 });

describe("how numbers went", () => {
  test("is from where to where, with the lowest and the highest", () => {
    const course = courseOf([null, 5, 9, null, 2, 4, Number.NaN]);
    expect(course).toEqual({ first: 5, last: 4, least: 2, most: 9 });
    expect(course && courseText(course)).toBe("5 → 4 · ↓2 ↑9");
  });

  test("is one number where it stayed the same, and nothing where nothing is known", () => {
    const course = courseOf([3, null, 3]);
    expect(course && courseText(course)).toBe("3");
    expect(courseOf([null, Number.POSITIVE_INFINITY])).toBeUndefined();
  });
});

describe("a row of signs", () => {
  test("has the lowest at the bottom, the highest at the top, and a dot for what is not known", () => {
    expect(sparkline([0, 3, null, 6], 10)).toBe("▁▄·▇");
  });

  test("keeps every peak where several values share a sign", () => {
    expect(sparkline([0, 0, 0, 9, 0, 0, 0, 0], 4)).toBe("▁▇▁▁");
  });

  test("is flat where nothing moved, and empty where nothing is known", () => {
    expect(sparkline([4, 4, 4], 10)).toBe("▁▁▁");
    expect(sparkline([null, null], 10)).toBe("");
  });

  test("is never longer than asked for, whatever the values are", () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 1, max: 40 }), (values, width) => {
        expect(sparkline(values, width)).toMatch(new RegExp(`^[▁▂▃▄▅▆▇·]{0,${Math.min(width, values.length)}}$`));
      }),
    );
  });
});

describe("a timeline with fewer times", () => {
  test("still ends with the latest, and has of each line what was last known", () => {
    const few = thinned(timelineOf([1, 2, 3, 4, 5, null], [1, 1, 1, 1, 1, 7]), 3);
    expect(few.times).toEqual(["1:00", "3:00", "5:00"]);
    expect(few.series.map(({ values }) => values)).toEqual([
      [2, 4, 5],
      [1, 1, 7],
    ]);
  });

  test("is the same one where it has few already", () => {
    const block = timelineOf([1, 2, 3]);
    expect(thinned(block, 3)).toBe(block);
  });
});

test("a timeline goes from its first time to its last", () => {
  expect(spanOf(timelineOf([1, 2, 3]))).toBe("0:00 – 2:00");
  expect(spanOf(timelineOf([1]))).toBe("0:00");
  expect(spanOf(timelineOf([]))).toBe("");
});

test("a line that is alone and called as its timeline needs no name beside it", () => {
  const block = timelineOf([1, 2]);
  expect(labelBeside(block, { label: "Risk" })).toBe("");
  expect(labelBeside(block, { label: "at risk" })).toBe("at risk");
  expect(labelBeside(timelineOf([1], [2]), { label: "Risk" })).toBe("Risk");
});
