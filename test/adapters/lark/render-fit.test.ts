import { describe, expect, it } from "vitest";
import { renderLark } from "../../../adapters/lark/render.ts";
import type { Block, Button } from "../../../src/cards/index.ts";
import { toCard, toCardThatFits } from "../../../src/cards/index.ts";
import { hostile } from "../../browser/sample-cards.ts";
import { listingOf, runtimesOf } from "../../builders.ts";
import { cardOf, drawn, isObject, tableOf } from "./drawn.ts";

const next: Button = { label: "Next", command: "/runtimes page=2", role: "next", style: "default" };
const buttons = (...all: readonly Button[]): Block => ({ kind: "buttons", buttons: all });
const picker: Block = {
  kind: "pickers",
  pickers: [{ label: "Status", options: [{ label: "All", command: "/runtimes", selected: true }] }],
};

const listAnswer = (size: number, about: Parameters<typeof runtimesOf>[1]) => ({
  kind: "list" as const,
  command: { kind: "list" as const, filters: {}, page: 1, size },
  listing: listingOf(runtimesOf(size, about), { total: 240, page: 1, size }),
  providers: ["OpenClaw", "HermesAgent"],
  showsUsers: true,
  canExport: true,
});

describe("a card that does not fit Lark", () => {
  it("is whole when it fits", () => {
    const card = drawn(toCard(listAnswer(50, {}), "en"));
    expect(card.whole).toBe(true);
    expect(card.text).not.toContain("To fit on this card");
  });

  it("shortens long cells first, and says so", () => {
    const card = drawn(cardOf([tableOf(50, (row) => `${row}-${"x".repeat(190)}`), picker, buttons(next)]));
    expect(card.whole).toBe(true);
    expect(card.ofTag("table")[0]?.columns).toHaveLength(5);
    expect(card.ofTag("select_static")).toHaveLength(2);
    expect(card.text).toContain("To fit on this card: long texts are shortened.");
  });

  it("then drops columns, but never the name, what has a colour, and the agent before the users", () => {
    const card = drawn(cardOf([tableOf(65, (row) => `${row}-${"长".repeat(100)}`), picker]));
    const [table] = card.ofTag("table");
    const names = Array.isArray(table?.columns) ? table.columns.filter(isObject).map((one) => one.display_name) : [];
    expect(names).toEqual(["Name", "Status", "Agent", "Risk"]);
    expect(card.whole).toBe(true);
    expect(card.text).toContain("no columns Users");
  });

  it("then drops pickers, those of rows before the others", () => {
    const long = {
      ...tableOf(50),
      rows: tableOf(50).rows.map((row, index) => ({ ...row, command: `/runtimes show ${index}${"x".repeat(400)}` })),
    };
    const card = drawn(cardOf([long, picker, buttons(next)]));
    expect(card.ofTag("select_static")).toMatchObject([{ placeholder: { content: "Status" } }]);
    expect(card.ofTag("table")[0]?.rows).toHaveLength(50);
    expect(card.whole).toBe(true);
    expect(card.text).toContain("no menus");
  });

  it("says in Chinese what it left out", () => {
    const card = drawn(cardOf([tableOf(50, () => "长".repeat(100))], { locale: "zh" }));
    expect(card.text).toContain("为了放进这张卡片：长文本已截短");
  });

  it("drops what is folded, but not what is open, before the rows", () => {
    const section = (collapsed: boolean, text: string): Block => ({
      kind: "section",
      title: collapsed ? "Folded" : "Open",
      collapsed,
      blocks: Array(collapsed ? 16 : 4).fill({ kind: "text", tone: "normal", text }),
    });
    const card = drawn(cardOf([tableOf(10), section(false, "short"), section(true, "x".repeat(1_900))]));
    expect(card.text).toContain("Open");
    expect(card.text).not.toContain("Folded");
    expect(card.text).toContain("no further sections");
    expect(card.whole).toBe(true);
  });

  it("drops as few rows as it must, says how many, and is not whole", () => {
    const all = 400;
    const card = drawn(
      cardOf([
        { ...tableOf(all), rows: tableOf(all).rows.map((row) => ({ ...row, command: undefined })) },
        buttons(next),
      ]),
    );
    const rows = card.ofTag("table")[0]?.rows;
    const shown = Array.isArray(rows) ? rows.length : 0;
    expect(shown).toBeGreaterThan(150);
    expect(card.whole).toBe(false);
    expect(card.text).toContain(`${all - shown} of ${all} rows are not shown`);
    expect(card.ofTag("button")).toHaveLength(1);
  });

  it("is not whole when rows went with what is folded", () => {
    const section: Block = { kind: "section", title: "Folded", collapsed: true, blocks: [tableOf(900)] };
    expect(drawn(cardOf([section])).whole).toBe(false);
  });

  it("drops only those buttons whose command is too large", () => {
    const large = { ...next, label: "Large", command: `/runtimes name=${"x".repeat(19_000)}` };
    const card = drawn(cardOf([tableOf(3), buttons(large, { ...large, role: "other" }, { ...next, label: "Small" })]));
    expect(card.ofTag("button")).toMatchObject([{ text: { content: "Small" } }]);
    expect(card.ofTag("table")[0]?.rows).toHaveLength(3);
    expect(card.whole).toBe(false);
  });

  it("is whole without a button that steers nothing", () => {
    const large = { ...next, role: "other" as const, command: `/runtimes name=${"x".repeat(20_000)}` };
    const card = drawn(cardOf([buttons(large, next)]));
    expect(card.ofTag("button")).toHaveLength(1);
    expect(card.whole).toBe(true);
    expect(card.text).toContain("some buttons are left out");
  });

  it("says a command in full or not at all", () => {
    const text = `/runtimes name=${"x".repeat(19_000)}`;
    expect(drawn(cardOf([{ kind: "command", text }])).text).toContain(text);
    const twice = drawn(
      cardOf([
        { kind: "command", text },
        { kind: "command", text: `${text}y` },
      ]),
    );
    expect(twice.content).not.toContain("xxx");
    expect(twice.text).toContain("some entries are left out");
  });

  it("keeps to 200 elements", () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ ...next, label: `${index}`, role: "other" as const }));
    const card = drawn(cardOf([buttons(...many), { kind: "text", tone: "normal", text: "Hello" }]));
    expect(card.ofTag("button").length).toBeGreaterThan(7);
    expect(card.text).toContain("some buttons are left out");
  });

  it("is a title with an advice when there is no other way", () => {
    const page: Block = { kind: "page", page: 1, pages: 1, total: 1, text: "Page 1 of 1" };
    const card = drawn(cardOf(Array(300).fill(page)));
    expect(card.text).toContain("Ask for less");
    expect(card.whole).toBe(false);
  });

  it("shows every runtime of a list of the longest and worst texts, on cards of a smaller size where need be", () => {
    const worst = {
      name: hostile.markup + hostile.long,
      users: [hostile.link, hostile.turned],
      status: "S".repeat(900),
    };
    for (const locale of ["en", "zh"] as const) {
      const card = toCardThatFits(
        listAnswer(50, { ...worst, risks: ["model-modified"] }),
        locale,
        (one) => renderLark(one).whole,
      );
      const { whole, ofTag } = drawn(card);
      const rows = card.blocks.find((block) => block.kind === "table")?.rows;
      expect(whole).toBe(true);
      expect(ofTag("table")[0]?.rows).toHaveLength(rows?.length ?? 0);
    }
  });
});
