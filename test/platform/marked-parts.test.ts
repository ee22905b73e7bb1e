import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markedParts } from "../../src/platform/index.ts";

describe("the parts of a marked text", () => {
  it("are what stands before the place, in it and after it", () => {
    const parts = markedParts({ text: "/runtimes stauts=Running", start: 10, end: 16 }, 100);
    expect(parts).toEqual({ before: "/runtimes ", mark: "stauts", after: "=Running", cut: false });
  });

  it("are cut away from the place, with an ellipsis where something is missing", () => {
    const text = `${"a".repeat(20)}${"b".repeat(20)}${"c".repeat(20)}`;
    const parts = markedParts({ text, start: 20, end: 40 }, 5);
    expect(parts).toEqual({ before: "…aaaaa", mark: "bbbb…", after: "cccc…", cut: true });
  });

  it("are within the text wherever the place is said to be", () => {
    expect(markedParts({ text: "abc", start: -4, end: 2 }, 9)).toMatchObject({ before: "", mark: "ab", after: "c" });
    expect(markedParts({ text: "abc", start: 2, end: 99 }, 9)).toMatchObject({ before: "ab", mark: "c", after: "" });
    expect(markedParts({ text: "abc", start: 7, end: 9 }, 9)).toMatchObject({ before: "abc", mark: "", after: "" });
    expect(markedParts({ text: "abc", start: 2, end: 1 }, 9)).toMatchObject({ before: "ab", mark: "", after: "c" });
  });

  it("have no control characters, and are one line each", () => {
    const parts = markedParts({ text: "a\u202eb\nc\u0000d\te", start: 3, end: 6 }, 9);
    expect(parts).toEqual({ before: "ab", mark: " c", after: "d e", cut: false });
  });

  it("make up the text where nothing of it was cut, and are no longer than they may be", () => {
    const plainText = fc.string({ maxLength: 60 });
    const place = fc.integer({ min: -5, max: 70 });
    fc.assert(
      fc.property(plainText, place, place, fc.integer({ min: 1, max: 70 }), (text, start, end, limit) => {
        const { before, mark, after, cut } = markedParts({ text, start, end }, limit);
        expect(Math.max(before.length - 1, mark.length, after.length)).toBeLessThanOrEqual(limit);
        expect(`${before}${mark}${after}` === text).toBe(!cut);
      }),
    );
  });
});
