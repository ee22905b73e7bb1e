import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, visible } from "../../../../adapters/playground/page/foreign.ts";

describe("somebody else's text", () => {
  it("shows what could turn its direction or hide in it", () => {
    expect(visible("agent-\u202e017-gpj.exe")).toBe("agent-‹U+202E›017-gpj.exe");
    expect(visible("ag\u200bent\ufeff")).toBe("ag‹U+200B›ent‹U+FEFF›");
    expect(visible("bell\u0007, null\u0000, csi\u009b")).toBe("bell‹U+0007›, null‹U+0000›, csi‹U+009B›");
    expect(visible("tag\u{e0041}")).toBe("tag‹U+E0041›");
  });

  it("keeps what people write: line breaks, tabs, accents, Chinese, joined emoji", () => {
    const text = "a\tb\nÜber 财务部 👩‍💻 नमस्ते";
    expect(visible(text)).toBe(text);
  });

  it("never holds a control or direction character, whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visible(text);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.replace(/[\n\t]/g, "")).not.toMatch(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
      }),
    );
  });

  it("is clipped to its limit, and never in the middle of a character", () => {
    expect(clip("abcdef", 4)).toBe("abc…");
    expect(clip("abcd", 4)).toBe("abcd");
    expect(clip("ab👍👍", 4).isWellFormed()).toBe(true);
  });
});
