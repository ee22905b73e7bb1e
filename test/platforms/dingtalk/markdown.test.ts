import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasTable, imagesOf, linksOf, mentionsOf, plainOf, tagsOf } from "./markdown.ts";

/** With a backslash before all that could be markup. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!<>~|@&:/]/g, "\\$&");

describe("what people read of a markdown text", () => {
  it.each([
    ["**agent-017** · Running", "agent-017 · Running"],
    ["agent\\-017 \\*x\\* \\\\", "agent-017 *x* \\"],
    ["<font color=#d92d20 sizeToken=common_h4>2 at risk</font><br>next", "2 at risk\nnext"],
    ["### Title\n> quoted\n- one", "Title\nquoted\n- one"],
    ["agent_017 is _new_", "agent_017 is new"],
    ["see [the `docs`](https://example.com) ![chart](@lAD1)", "see the docs "],
    ["`/runtimes *`", "/runtimes *"],
    ["a &lt;b&gt; &amp; &#64;", "a <b> & @"],
    ["a \\&lt; b", "a &lt; b"],
    ["[no link] and (nothing)", "[no link] and (nothing)"],
    ["~~gone~~ `", "gone `"],
  ])("%j reads %j", (text, plain) => {
    expect(plainOf(text)).toBe(plain);
  });

  it("is the text itself when all of it is escaped, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (one, other) => {
        const text = `${one}[x](https://evil)${other}`.replaceAll("\n", " ");
        expect(plainOf(escaped(text))).toBe(text);
        expect(linksOf(escaped(text))).toEqual([]);
        expect(imagesOf(escaped(text))).toEqual([]);
        expect(tagsOf(escaped(text))).toEqual([]);
        expect(hasTable(escaped(text))).toBe(false);
      }),
    );
  });

  it("can be asked of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const read of [plainOf, linksOf, imagesOf, tagsOf, mentionsOf, hasTable]) read(text);
      }),
    );
  });
});

describe("what people can press in a markdown text", () => {
  it.each([
    ["[a](https://a.example)", [{ text: "a", url: "https://a.example" }]],
    ['[a](<https://a.example/(b)> "title")', [{ text: "a", url: "https://a.example/(b)" }]],
    ["[\\[a\\]](https://a.example/\\(b\\))", [{ text: "[a]", url: "https://a.example/(b)" }]],
    ["go to https://a.example/b now", [{ text: "https://a.example/b", url: "https://a.example/b" }]],
    ["<https://a.example>", [{ text: "https://a.example", url: "https://a.example" }]],
    ["www.example.com", [{ text: "www.example.com", url: "www.example.com" }]],
    [
      "[Next](dtmd://dingtalkclient/sendMessage?content=%2Fhelp)",
      [{ text: "Next", url: "dtmd://dingtalkclient/sendMessage?content=%2Fhelp" }],
    ],
    ["\\[a](https\\://a.example)", []],
    ["![a](https://a.example/b.png)", []],
  ])("of %j", (text, links) => {
    expect(linksOf(text)).toEqual(links);
  });

  it("are not pictures", () => {
    expect(imagesOf("![chart](@lAD1) \\![x](@lAD2)")).toEqual([{ text: "chart", url: "@lAD1" }]);
  });
});

describe("mentions, tags and tables", () => {
  it("are found where they would work", () => {
    expect(mentionsOf("@all and \\@li, not @\u200dwang or @ wang, a@b.example")).toEqual(["@all", "@li", "@b.example"]);
    expect(tagsOf("<font color=red>x</font> <b>y</b> \\<i> 1 < 2")).toEqual([
      "<font color=red>",
      "</font>",
      "<b>",
      "</b>",
    ]);
    expect(hasTable("| a | b |\n| --- | :-: |\n| 1 | 2 |")).toBe(true);
    expect(hasTable("a | b\n-|-")).toBe(true);
    expect(hasTable("a \\| b\n-|-")).toBe(false);
    expect(hasTable("a | b\n\n---")).toBe(false);
  });
});
