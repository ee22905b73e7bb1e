import { describe, expect, it } from "vitest";
import type { Block } from "../../../src/cards/index.ts";
import { summaryCard } from "../../browser/sample-cards.ts";
import { cardOf, type Drawn, drawn, tableOf } from "./drawn.ts";

/** What stands in the markdown of a card, a text an element. */
const markdownOf = (card: Drawn) => card.ofTag("markdown").map(({ content }) => content);

describe("the head of a Lark card", () => {
  it("has the title, the colour of the state, and its tags", () => {
    const header = {
      title: "Agent runtimes",
      colour: "orange",
      tags: [{ text: "2 stopped", colour: "grey" }],
    } as const;
    expect(drawn(cardOf([], { header })).data).toMatchObject({
      header: {
        title: { tag: "plain_text", content: "Agent runtimes" },
        template: "orange",
        text_tag_list: [{ tag: "text_tag", text: { content: "2 stopped" }, color: "neutral" }],
      },
    });
  });

  it("says in notifications the title and the numbers", () => {
    const facts = [
      { label: "runtimes", value: "240" },
      { label: "at risk", value: "2" },
    ];
    const { data } = drawn(cardOf([{ kind: "facts", style: "headline", facts }]));
    expect(data).toMatchObject({ config: { summary: { content: "Agent runtimes: 240 runtimes · 2 at risk" } } });
  });

  it("says in notifications the first words where there are no numbers", () => {
    const { data } = drawn(cardOf([{ kind: "text", tone: "strong", text: "The API did not answer." }]));
    expect(data).toMatchObject({ config: { summary: { content: "Agent runtimes: The API did not answer." } } });
  });

  it("can be changed for everyone", () => {
    expect(drawn(cardOf([])).data).toMatchObject({ schema: "2.0", config: { update_multi: true } });
  });
});

describe("facts on a Lark card", () => {
  const facts = [
    { label: "runtimes", value: "240" },
    { label: "at risk", value: "2", colour: "orange" as const },
  ];

  it("stand side by side when they are the headline, on more lines where a screen is narrow", () => {
    const [set] = drawn(cardOf([{ kind: "facts", style: "headline", facts }])).ofTag("column_set");
    expect(set).toMatchObject({
      flex_mode: "flow",
      columns: [
        { elements: [{ text: { content: "240" } }, { text: { content: "runtimes", text_color: "grey" } }] },
        { elements: [{ text: { content: "2", text_color: "orange" } }, { text: { content: "at risk" } }] },
      ],
    });
  });

  it("stand one a line when they are a list", () => {
    expect(markdownOf(drawn(cardOf([{ kind: "facts", style: "list", facts }])))).toEqual([
      "<font color='grey'>runtimes</font>  240\n<font color='grey'>at risk</font>  <font color='orange'>2</font>",
    ]);
  });
});

describe("a table on a Lark card", () => {
  it("is Lark's own, with tags where a colour says something, and plain text elsewhere", () => {
    const [table] = drawn(cardOf([tableOf(2)])).ofTag("table");
    expect(table).toMatchObject({
      page_size: 2,
      columns: [
        { display_name: "Name", data_type: "text" },
        { display_name: "Status", data_type: "options" },
        { display_name: "Agent", data_type: "text" },
        { display_name: "Users", data_type: "text" },
        { display_name: "Risk", data_type: "options" },
      ],
    });
    expect(table?.rows).toEqual([
      {
        c0: "⚠ agent-0",
        c1: [{ text: "Running", color: "green" }],
        c2: "agent-0",
        c3: "agent-0",
        c4: [{ text: "model changed", color: "orange" }],
      },
      { c0: "agent-1", c1: [{ text: "Running", color: "green" }], c2: "agent-1", c3: "agent-1" },
    ]);
  });

  it("shows ten rows at once and has all of them", () => {
    const [table] = drawn(cardOf([tableOf(50)])).ofTag("table");
    expect(table?.page_size).toBe(10);
    expect(table?.rows).toHaveLength(50);
  });

  it("is left out when it has no rows", () => {
    expect(drawn(cardOf([tableOf(0)])).root).toEqual([]);
  });

  it("is written as lines when another one stands before it", () => {
    const card = drawn(
      cardOf([tableOf(1), { ...tableOf(2), rows: tableOf(2).rows.map((row) => ({ ...row, command: undefined })) }]),
    );
    expect(card.ofTag("table")).toHaveLength(1);
    expect(markdownOf(card)).toEqual([
      [
        "**⚠ agent&#45;0** · <font color='green'>Running</font> · agent&#45;0 · agent&#45;0 · <font color='orange'>model changed</font>",
        "**agent&#45;1** · <font color='green'>Running</font> · agent&#45;1 · agent&#45;1",
      ].join("\n"),
    ]);
  });

  it("is written as lines in what is folded, where Lark has no tables", () => {
    const section: Block = { kind: "section", title: "Filters", collapsed: true, blocks: [tableOf(1)] };
    const card = drawn(cardOf([section, tableOf(1)]));
    expect(card.ofTag("table")).toHaveLength(1);
    expect(markdownOf(card)).toHaveLength(1);
  });

  it("has a picker that runs what a press on a row runs", () => {
    const picker = drawn(cardOf([tableOf(2)], { locale: "zh" })).ofTag("select_static");
    expect(picker).toMatchObject([
      {
        placeholder: { content: "详情" },
        options: [
          { text: { content: "agent-0" }, value: "/runtimes show ecd-0" },
          { text: { content: "agent-1" }, value: "/runtimes show ecd-1" },
        ],
        behaviors: [{ type: "callback", value: { deskhand: 1, locale: "zh" } }],
      },
    ]);
  });

  it("has no such picker where the card has one", () => {
    const options = tableOf(2).rows.map(({ label, command = "" }) => ({ label, command, selected: false }));
    const card = cardOf([tableOf(2), { kind: "pickers", pickers: [{ label: "Details", options }] }]);
    expect(drawn(card).ofTag("select_static")).toHaveLength(1);
  });
});

describe("a chart on a Lark card", () => {
  const slices = [
    { label: "Running", value: 186, colour: "green" as const, command: "/runtimes status=Running" },
    { label: "Starting", value: 9, colour: "blue" as const },
    { label: "Pending", value: 3, colour: "blue" as const },
    { label: "Deleted", value: 0, colour: "grey" as const },
  ];
  const chart: Block = { kind: "chart", shape: "donut", title: "By status", total: 198, slices };

  it("is a ring whose legend has the values, each slice in a colour of its own", () => {
    const [found] = drawn(cardOf([chart])).ofTag("chart");
    expect(found?.chart_spec).toMatchObject({
      type: "pie",
      title: { text: "By status" },
      innerRadius: 0.6,
      legends: { visible: true },
      data: {
        values: [
          { label: "Running · 186", value: 186 },
          { label: "Starting · 9", value: 9 },
          { label: "Pending · 3", value: 3 },
        ],
      },
      color: ["#32A645", "#5083FB", "#94B4FF"],
    });
  });

  it("is a row of bars, of one colour where none says anything", () => {
    const providers = [
      { label: "OpenClaw", value: 130 },
      { label: "HermesAgent", value: 89 },
    ];
    const [found] = drawn(cardOf([{ ...chart, shape: "bar", slices: providers }])).ofTag("chart");
    expect(found?.chart_spec).toMatchObject({
      type: "bar",
      direction: "horizontal",
      data: { values: providers },
      color: ["#5083FB", "#5083FB"],
    });
  });

  it("keeps slices of one name apart", () => {
    const twins = [
      { label: "a", value: 1 },
      { label: "a", value: 1 },
    ];
    const [found] = drawn(cardOf([{ ...chart, shape: "bar", slices: twins }])).ofTag("chart");
    expect(found?.chart_spec).toMatchObject({ data: { values: [{ label: "a" }, { label: "a (2)" }] } });
  });

  it("is written as lines beyond the fifth, and where there is nothing to draw", () => {
    const card = drawn(cardOf([...Array(6).fill(chart), { ...chart, slices: [{ label: "x", value: Number.NaN }] }]));
    expect(card.ofTag("chart")).toHaveLength(5);
    expect(markdownOf(card)).toEqual([
      [
        "**By status**",
        "Running · <font color='green'>186</font> · 94%",
        "Starting · <font color='blue'>9</font> · 5%",
        "Pending · <font color='blue'>3</font> · 2%",
        "Deleted · <font color='grey'>0</font> · 0%",
      ].join("\n"),
      "**By status**\nx · NaN",
    ]);
  });

  it("has a picker that lists what was counted", () => {
    const [picker] = drawn(cardOf([chart])).ofTag("select_static");
    expect(picker).toMatchObject({
      placeholder: { content: "By status" },
      options: [{ text: { content: "Running · 186" }, value: "/runtimes status=Running" }],
    });
  });

  it("stands with its like before one row of pickers", () => {
    expect(drawn(summaryCard()).root.map(({ tag }) => tag)).toEqual([
      "column_set",
      "chart",
      "chart",
      "column_set",
      "markdown",
      "chart",
    ]);
  });
});
