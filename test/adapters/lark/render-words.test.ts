import { describe, expect, it } from "vitest";
import type { Block, Button } from "../../../src/cards/index.ts";
import { problemCard } from "../../browser/sample-cards.ts";
import { cardOf, type Drawn, drawn } from "./drawn.ts";

const button = (about: Partial<Button> = {}): Button => ({
  label: "Next",
  command: "/runtimes page=2",
  role: "next",
  style: "default",
  ...about,
});

const buttons = (...all: readonly Button[]): Block => ({ kind: "buttons", buttons: all });

/** What stands in the markdown of a card, a text an element. */
const markdownOf = (card: Drawn) => card.ofTag("markdown").map(({ content }) => content);

describe("texts on a Lark card", () => {
  it("are as loud as they are to be", () => {
    const texts = (["normal", "strong", "small", "warning"] as const).map(
      (tone) => ({ kind: "text", tone, text: "Counted." }) as const,
    );
    expect(drawn(cardOf(texts)).root).toEqual([
      { tag: "div", text: { tag: "plain_text", content: "Counted." } },
      { tag: "markdown", content: "**Counted&#46;**" },
      { tag: "div", text: { tag: "plain_text", content: "Counted.", text_size: "notation", text_color: "grey" } },
      { tag: "div", text: { tag: "plain_text", content: "⚠ Counted.", text_color: "orange" } },
    ]);
  });

  it("show the place that is marked", () => {
    expect(markdownOf(drawn(problemCard()))[0]).toBe(
      "&#47;runtimes status&#61;<font color='red'>**Runing**</font> risk&#61;yes",
    );
  });

  it("show a place where something is missing", () => {
    const marked: Block = { kind: "marked", text: "/why", start: 4, end: 4 };
    expect(markdownOf(drawn(cardOf([marked])))).toEqual(["&#47;why<font color='red'>▲</font>"]);
  });

  it("give a command as code, to the letter", () => {
    const command: Block = { kind: "command", text: '/runtimes name="a_b*c" page=2', note: "The second page." };
    const card = drawn(cardOf([command]));
    expect(markdownOf(card)).toEqual(['`/runtimes name="a_b*c" page=2`']);
    expect(card.text).toContain("The second page.");
  });

  it("give a command with what could be markup as plain text, to the letter", () => {
    const text = "/runtimes name=<at id=all></at>`";
    expect(drawn(cardOf([{ kind: "command", text }])).root).toMatchObject([
      { tag: "div", text: { tag: "plain_text", content: text } },
    ]);
  });

  it("say where a list stands", () => {
    const page: Block = { kind: "page", page: 2, pages: 12, total: 240, text: "Page 2 of 12 · 240 runtimes" };
    expect(drawn(cardOf([page])).root).toMatchObject([{ text: { content: "Page 2 of 12 · 240 runtimes" } }]);
  });

  it("stand folded in a section that is to be asked for, and open under a heading in others", () => {
    const text: Block = { kind: "text", tone: "normal", text: "Hello" };
    const section = (collapsed: boolean): Block => ({ kind: "section", title: "More", collapsed, blocks: [text] });
    expect(drawn(cardOf([section(true), section(false)])).root).toMatchObject([
      { tag: "collapsible_panel", expanded: false, header: { title: { content: "More" } }, elements: [{ tag: "div" }] },
      { tag: "markdown", content: "**More**" },
      { tag: "div" },
    ]);
  });
});

describe("controls on a Lark card", () => {
  it("are buttons that bring back the command", () => {
    const [found] = drawn(cardOf([buttons(button({ style: "primary" }))])).ofTag("button");
    expect(found).toEqual({
      tag: "button",
      type: "primary_filled",
      text: { tag: "plain_text", content: "Next" },
      behaviors: [{ type: "callback", value: { deskhand: 1, locale: "en", command: "/runtimes page=2" } }],
    });
  });

  it("stand side by side", () => {
    const card = drawn(cardOf([buttons(button(), button({ label: "Refresh", role: "refresh", style: "danger" }))]));
    expect(card.root).toHaveLength(1);
    expect(card.ofTag("button").map(({ type }) => type)).toEqual(["default", "danger"]);
  });

  it("are pickers that show what is in force, each command once", () => {
    const options = [
      { label: "All", command: "/runtimes", selected: false },
      { label: "Running", command: "/runtimes status=Running", selected: true },
      { label: "Running again", command: "/runtimes status=Running", selected: false },
    ];
    const [found] = drawn(cardOf([{ kind: "pickers", pickers: [{ label: "Status", options }] }])).ofTag(
      "select_static",
    );
    expect(found).toMatchObject({
      placeholder: { content: "Status" },
      initial_index: 2,
      options: [
        { text: { content: "All" }, value: "/runtimes" },
        { text: { content: "Status: Running" }, value: "/runtimes status=Running" },
      ],
    });
  });

  it("are left out when there is nothing to choose from", () => {
    expect(drawn(cardOf([{ kind: "pickers", pickers: [{ label: "Status", options: [] }] }])).root).toEqual([]);
  });
});
