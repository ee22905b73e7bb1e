import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderJson } from "../../../adapters/terminal/index.ts";
import { anyCard, card } from "./cards.ts";

describe("a card as JSON", () => {
  it("is the card, with what is undefined left out", () => {
    const shown = card([{ kind: "command", text: "/help", note: undefined }]);
    expect(JSON.parse(renderJson(shown))).toEqual({
      header: { title: "Agent runtimes", colour: "green", tags: [] },
      blocks: [{ kind: "command", text: "/help" }],
      locale: "en",
    });
  });

  it("writes what could act on a terminal as an escape, without changing what it means", () => {
    const text = "a\u009b\u202eb\u{e0041}";
    const json = renderJson(card([{ kind: "text", text, tone: "normal" }]));
    expect(json).toContain(String.raw`"a\u009b\u202eb\udb40\udc41"`);
  });

  it("means the same as the card, and has no control characters but line breaks", () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const json = renderJson(any);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(any)));
        expect(json).not.toMatch(/[[\p{Cc}\p{Cf}]--\n]/v);
      }),
    );
  });
});
