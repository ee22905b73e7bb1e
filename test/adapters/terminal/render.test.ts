import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { renderText } from "../../../adapters/terminal/index.ts";
import type { Block, Row } from "../../../src/cards/index.ts";
import { anyCard, anyFittingCard, button, card } from "./cards.ts";

const plain = { width: 80, colour: false };
const esc = String.fromCodePoint(27);
const ourCodes = new RegExp(`${esc}\\[[0-9;]*m`, "g");
/** What a terminal would obey, or not show; line breaks are the layout's. */
const active = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--\n]/v;

function row(cells: readonly string[], colour?: Row["colour"]): Row {
  return { cells: cells.map((text) => ({ text })), command: undefined, label: cells[0] ?? "", colour };
}

function body(...blocks: readonly Block[]): readonly string[] {
  return renderText(card(blocks), plain).split("\n").slice(1);
}

describe("a card in a terminal", () => {
  it("says first what matters, and last how to go on", () => {
    const text = renderText(
      card(
        [
          {
            kind: "facts",
            style: "headline",
            facts: [
              { label: "runtimes", value: "240" },
              { label: "running", value: "186" },
              { label: "at risk", value: "2", colour: "orange" },
            ],
          },
          {
            kind: "table",
            columns: [
              { key: "name", label: "Name", weight: 3 },
              { key: "status", label: "Status", weight: 1 },
              { key: "user", label: "User", weight: 2 },
            ],
            rows: [row(["agent-017", "Running", "李娜"], "orange"), row(["研发-018", "Stopped", "–"])],
          },
          { kind: "page", page: 2, pages: 24, total: 240, text: "Page 2 of 24 · 240 runtimes" },
          { kind: "buttons", buttons: [button("Next", "/runtimes page=3"), button("Refresh", "/runtimes page=2")] },
          {
            kind: "pickers",
            pickers: [
              {
                label: "status",
                options: [
                  { label: "All", command: "/runtimes", selected: false },
                  { label: "Running", command: "/runtimes status=Running", selected: true },
                ],
              },
            ],
          },
        ],
        {
          header: { title: "Agent runtimes", colour: "orange", tags: [{ text: "2 at risk", colour: "orange" }] },
          command: "/runtimes page=2",
        },
      ),
      plain,
    );
    expect(text.split("\n")).toEqual([
      "Agent runtimes  [2 at risk]",
      "240 runtimes · 186 running · 2 at risk",
      "",
      "  Name       Status   User",
      "⚠ agent-017  Running  李娜",
      "  研发-018   Stopped  –",
      "Page 2 of 24 · 240 runtimes",
      "",
      "Next: /runtimes page=3",
      "Refresh: /runtimes page=2",
      "status: All · Running*",
      "",
      "/runtimes page=2",
    ]);
  });

  it("gives each column of a wide table its share, and shows where a cell was cut", () => {
    const lines = body({
      kind: "table",
      columns: [
        { key: "a", label: "A", weight: 3 },
        { key: "b", label: "B", weight: 1 },
        { key: "c", label: "C", weight: 1 },
      ],
      rows: [row(["a".repeat(100), "b".repeat(100), "short"])],
    });
    expect(lines.at(-1)).toBe(`${"a".repeat(49)}…  ${"b".repeat(20)}…  short`);
    expect(stringWidth(lines.at(-1) ?? "")).toBe(80);
  });

  it("leaves short words whole in a table of six columns at 80", () => {
    const labels = ["Name", "Status", "Agent", "Version", "User", "Risk"];
    const lines = body({
      kind: "table",
      columns: labels.map((label, index) => ({ key: label, label, weight: index === 0 ? 5 : 1 })),
      rows: [
        row(["agent-of-the-finance-department-017", "Running", "Stopped", "2026.4.15", "li.na@example.com", "changed"]),
      ],
    });
    expect(lines.at(-1)).toMatch(
      /^agent-of-the-finance-.*… {2}Running {2}Stopped {2}2026\.4\.15 {2}li\.na.*… {2}changed$/,
    );
  });

  it("puts the mark under the place, counting Chinese characters as two columns", () => {
    const text = "/运行时 statsu=Running";
    const start = text.indexOf("statsu");
    expect(body({ kind: "marked", text, start, end: start + 6 })).toEqual(["", `  ${text}`, "          ^^^^^^"]);
  });

  it("marks the end of a text where something is missing", () => {
    expect(body({ kind: "marked", text: "/why", start: 4, end: 4 })).toEqual(["", "  /why", "      ^"]);
  });

  it("shows the surroundings of a mark in a text that is too long", () => {
    const text = `${"a".repeat(5000)}HERE${"b".repeat(5000)}`;
    const [, shown = "", marks = ""] = body({ kind: "marked", text, start: 5000, end: 5004 });
    expect(shown.slice(marks.indexOf("^"), marks.length)).toBe("HERE");
    expect(shown).toMatch(/^ {2}…a+HEREb+…$/);
    expect(stringWidth(shown)).toBe(80);
  });

  it("draws shares as bars and never rounds something to nothing", () => {
    const slices = [
      { label: "Running", value: 997 },
      { label: "已停止", value: 3 },
      { label: "Deleted", value: 0 },
    ];
    expect(body({ kind: "chart", shape: "donut", title: "Status", total: 1000, slices })).toEqual([
      "",
      "Status",
      `Running ${"█".repeat(30)} 997  >99%`,
      `已停止  ▏${" ".repeat(30)}  3   <1%`,
      `Deleted ${" ".repeat(31)}  0    0%`,
    ]);
  });

  it("draws lines over time as rows of signs, with where each began, ended and turned", () => {
    const series = [
      { label: "all", values: [240, 241, 243] },
      { label: "有风险", values: [2, null, 5] },
      { label: "none", values: [null, null, null] },
    ];
    expect(body({ kind: "timeline", title: "Last week", times: ["Mon", "Tue", "Wed"], series })).toEqual([
      "",
      "Last week  Mon – Wed",
      "all    ▁▃▇ 240 → 243 · ↓240 ↑243",
      "有风险 ▁·▇ 2 → 5 · ↓2 ↑5",
      "none       –",
    ]);
  });

  it("needs no name for a line that is alone and called as all of it", () => {
    const series = [{ label: "At risk", values: [1, 1] }];
    expect(body({ kind: "timeline", title: "At risk", times: ["Mon", "Tue"], series })).toEqual([
      "",
      "At risk  Mon – Tue",
      "▁▁ 1",
    ]);
  });

  it("names people, on as many lines as they need", () => {
    const people = Array.from({ length: 9 }, (_, index) => ({ name: `somebody-${index}`, id: "ou_1" }));
    const lines = body({ kind: "people", label: "Authorised", people });
    expect(lines[1]).toMatch(/^Authorised: somebody-0, somebody-1/);
    expect(lines[2]).toMatch(/^ {2}somebody-/);
    expect(lines.join(" ")).not.toContain("ou_1");
  });

  it("breaks long values under their own column", () => {
    const lines = body({
      kind: "facts",
      style: "list",
      facts: [
        { label: "Name", value: "agent" },
        { label: "Models", value: "model ".repeat(20).trim() },
      ],
    });
    expect(lines[1]).toBe("Name:   agent");
    expect(lines[2]).toMatch(/^Models: model/);
    expect(lines[3]).toMatch(/^ {8}model/);
  });

  it("shows collapsed sections too, as nothing can be pressed", () => {
    const inner: Block = { kind: "text", text: "inside", tone: "normal" };
    expect(body({ kind: "section", title: "More", collapsed: true, blocks: [inner] })).toEqual([
      "",
      "More",
      "  inside",
    ]);
  });

  it("shows the card's command once", () => {
    const blocks: readonly Block[] = [{ kind: "command", text: "/help", note: "what can be typed" }];
    const text = renderText(card(blocks, { command: "/help" }), plain);
    expect(text.split("\n").slice(1)).toEqual(["", "  /help", "    what can be typed"]);
  });

  it("never cuts what is for copying", () => {
    const command = `/runtimes name=${"n".repeat(200)}`;
    const text = renderText(card([{ kind: "buttons", buttons: [button("Next", command)] }], { command }), plain);
    expect(text.split("\n").filter((one) => one.endsWith(command))).toHaveLength(2);
  });

  it("shows control characters instead of obeying them, and leaves out what has no width", () => {
    const text = "a\u001b[31mb\nc\u0007\u007f\u009bd\u202ee\u200bf";
    expect(body({ kind: "text", text, tone: "normal" })).toEqual(["a␛[31mb␊c␇␡�def"]);
  });

  it("stands a text of 10,000 hostile characters, in any place", () => {
    const long = "\u001b[2J\n\u202e\u0301".repeat(2000);
    const text = renderText(
      card([{ kind: "table", columns: [{ key: "a", label: long, weight: 1 }], rows: [row([long])] }], {
        header: { title: long, colour: "red", tags: [] },
      }),
      plain,
    );
    expect(text.split("\n").map((one) => stringWidth(one))).toEqual([80, 0, 80, 80]);
    expect(text).not.toMatch(active);
  });

  it("uses colours only where they are wanted", () => {
    const red = card([{ kind: "text", text: "careful", tone: "warning" }]);
    expect(renderText(red, { width: 80, colour: true })).toContain(`${esc}[33m⚠ careful${esc}[0m`);
    expect(renderText(red, plain)).not.toContain(esc);
  });

  it("keeps every line within the width, whatever the texts are", () => {
    fc.assert(
      fc.property(anyFittingCard, fc.integer({ min: 20, max: 200 }), fc.boolean(), (any, width, colour) => {
        for (const one of renderText(any, { width, colour }).split("\n")) {
          expect(stringWidth(one)).toBeLessThanOrEqual(width);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("writes no control characters but line breaks and its own colours, whatever the texts are", () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (any, colour) => {
        expect(renderText(any, { width: 80, colour }).replace(ourCodes, "")).not.toMatch(active);
      }),
      { numRuns: 500 },
    );
  });

  it("says the same with colours as without", () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const bare = renderText(any, { width: 80, colour: true }).replace(ourCodes, "");
        expect(bare.replace(/ +$/gm, "")).toBe(renderText(any, plain));
      }),
    );
  });
});
