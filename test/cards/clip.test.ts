import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clip, clipAround } from "../../src/cards/clip.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });

describe("a clipped text", () => {
  test("stays as it is when it is short enough", () => {
    expect(clip("agent-017", 9)).toBe("agent-017");
  });

  test("is never longer than it may be, and says by an ellipsis that it was cut", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, length) => {
        const clipped = clip(text, length);
        expect(clipped.length).toBeLessThanOrEqual(length);
        expect(clipped === text || clipped.endsWith("…")).toBe(true);
        expect(text.startsWith(clipped.replace(/…$/, ""))).toBe(true);
      }),
    );
  });

  test("does not cut a character in two", () => {
    expect(clip("😀😀😀", 4)).toBe("😀…");
    expect(clip("😀".repeat(9), 4).isWellFormed()).toBe(true);
  });
});

describe("a text clipped around a place", () => {
  test("shows the marked words wherever they stand", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), (before, after) => {
        const text = `${"a".repeat(before)}WRONG${"z".repeat(after)}`;
        const marked = clipAround({ text, start: before, end: before + 5 }, 100);
        expect(marked.text.slice(marked.start, marked.end)).toBe("WRONG");
        expect(marked.text.length).toBeLessThanOrEqual(102);
      }),
    );
  });

  test("keeps the place where something is missing at the end", () => {
    const text = "/runtimes show";
    expect(clipAround({ text, start: text.length, end: text.length }, 100)).toEqual({ text, start: 14, end: 14 });
    const long = clipAround({ text: "x".repeat(500), start: 500, end: 500 }, 100);
    expect([long.start, long.end]).toEqual([long.text.length, long.text.length]);
  });

  test("marks what is left of words that are longer than all that is shown", () => {
    const marked = clipAround({ text: "x".repeat(900), start: 10, end: 890 }, 100);
    expect(marked.end).toBeGreaterThan(marked.start);
    expect(marked.end).toBeLessThanOrEqual(marked.text.length);
  });
});
