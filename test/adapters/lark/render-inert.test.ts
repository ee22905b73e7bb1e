import { describe, expect, it } from "vitest";
import type { Block, Card } from "../../../src/cards/index.ts";
import { cardOf, type Drawn, drawn, isObject } from "./drawn.ts";
import { foreignMarkup } from "./foreign-markup.ts";

const attacks = [
  "<at id=all></at>",
  "<at email=boss@example.com></at>",
  "[x](http://evil.example)",
  "![x](img_v2_1)",
  "**b** __b__ *i* _i_ ~~s~~",
  "`code` ``` ~~~",
  "<font color='red'>x</font> <a href='http://evil.example'>x</a> <link url='x'>x</link>",
  "http://evil.example www.evil.example evil@evil.example //evil.example",
  "@all @_user_1 @_all",
  "a\n# heading\n> quote\n- item\n1. item\n---\n| a | b |\n| - | - |",
  "a\r\nb\u0085c\u2028d\u2029e\tf",
  "    indented",
  "\u202egpj.exe\u202c \u2066x\u2069 \u200fx \u061cx",
  "&lt;at id=all&gt; &#60;at id=all&#62; &amp;",
  `:OK: :DONE: $urlVal $\{name}`,
  "<person id='ou_1'></person><text_tag color='red'>x</text_tag><raw>x</raw><hr><br/>",
  "bell\u0007 escape\u001b[31m null\u0000",
  "\ud800 alone \udc00",
  "</font>**<at id=all></at>",
  "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306",
];

/** The text in every place of a card where somebody's text can stand. */
function everywhere(text: string): Card {
  const slices = [
    { label: text, value: 1, colour: "red" as const, command: "/runtimes" },
    { label: `${text} too`, value: 2 },
  ];
  const row = { cells: [{ text }, { text, colour: "red" as const }], command: `/runtimes show "${text}"`, label: text };
  const table = {
    kind: "table",
    columns: [
      { key: text, label: text, weight: 1 },
      { key: "b", label: text, weight: 1 },
    ],
    rows: [row],
  } as const;
  const blocks: readonly Block[] = [
    { kind: "facts", style: "headline", facts: [{ label: text, value: text, colour: "green" }] },
    { kind: "facts", style: "list", facts: [{ label: text, value: text }] },
    { ...table },
    { ...table },
    ...(["donut", "bar"] as const).map((shape) => ({ kind: "chart", shape, title: text, total: 3, slices }) as const),
    { kind: "chart", shape: "bar", title: text, total: 3, slices: [{ label: text, value: 0 }] },
    ...[
      [1, 2],
      [null, null],
    ].map((values) => {
      const series = [
        { label: text, values, colour: "red" as const },
        { label: `${text} too`, values },
      ];
      return { kind: "timeline", title: text, times: [text, text], series } as const;
    }),
    { kind: "people", label: text, people: [{ name: text }, { name: text, id: text }] },
    ...(["normal", "strong", "small", "warning"] as const).map((tone) => ({ kind: "text", tone, text }) as const),
    { kind: "marked", text, start: 1, end: 4 },
    { kind: "command", text, note: text },
    { kind: "page", page: 1, pages: 1, total: 1, text },
    { kind: "buttons", buttons: [{ label: text, command: text, role: "other", style: "default" }] },
    { kind: "pickers", pickers: [{ label: text, options: [{ label: text, command: text, selected: true }] }] },
    { kind: "section", title: text, collapsed: true, blocks: [{ kind: "text", tone: "strong", text }] },
    { kind: "section", title: text, collapsed: false, blocks: [] },
  ];
  return cardOf(blocks, { header: { title: text, colour: "red", tags: [{ text, colour: "red" }] } });
}

/** All that a person reads: whatever stands in plain nodes, markdown, cells, charts and the notification. */
function read(card: Drawn): readonly string[] {
  return card.all.flatMap((part) => [
    ...(typeof part.content === "string" ? [part.content] : []),
    ...(typeof part.display_name === "string" ? [part.display_name] : []),
    ...(Array.isArray(part.rows) ? part.rows.filter(isObject).flatMap(textsOf) : []),
    ...(isObject(part.data) ? [...textsOf(part.data), ...(isObject(part.title) ? textsOf(part.title) : [])] : []),
  ]);
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe("somebody's text on a Lark card", () => {
  it.each(attacks.filter((text) => /[<>[\]*_`@#&:]/.test(text)))("would be found if it were markup: %j", (text) => {
    expect(foreignMarkup(text)).not.toEqual([]);
  });

  it.each(attacks)("is text and nothing else: %j", (text) => {
    const card = drawn(everywhere(text));
    for (const { content } of card.ofTag("markdown")) {
      expect(foreignMarkup(String(content))).toEqual([]);
    }
    expect(card.ofTag("lark_md")).toEqual([]);
    expect(card.content).not.toContain('"data_type":"markdown"');
  });

  it.each(attacks)("is one line of what can be seen: %j", (text) => {
    const lines = read(drawn(everywhere(text))).flatMap((one) => one.split("\n"));
    for (const one of lines) {
      expect(one).not.toMatch(/[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u);
      expect(one).not.toMatch(/\p{M}{4}/u);
    }
  });

  it.each(attacks)("is no HTML in a chart, whose tooltip writes labels as such: %j", (text) => {
    const specs = drawn(everywhere(text))
      .ofTag("chart")
      .flatMap(({ chart_spec }) => textsOf(chart_spec));
    for (const one of specs) expect(one).not.toMatch(/[<>&]/);
  });

  it("stays what it is where it is harmless", () => {
    const name = "研发-01 · ag_ent (测试) فارسی עברית 👩‍👩‍👧‍👦🇨🇳❤️ — é";
    const { text } = drawn(cardOf([{ kind: "text", tone: "normal", text: name }]));
    expect(text).toContain(name);
  });

  it("is a dash where it shows nothing", () => {
    const card = drawn(cardOf([{ kind: "text", tone: "normal", text: " \u200b\u202e\u3164 " }]));
    expect(card.root).toMatchObject([{ text: { content: "–" } }]);
  });

  it("comes back in a press as it was, half characters excepted", () => {
    const command = '/runtimes name="<at id=all></at> \u202e \ud800"';
    const [found] = drawn(
      cardOf([{ kind: "buttons", buttons: [{ label: "x", command, role: "other", style: "default" }] }]),
    ).ofTag("button");
    expect(found?.behaviors).toMatchObject([{ value: { command: command.toWellFormed() } }]);
  });
});
