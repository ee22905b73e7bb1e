import { describe, expect, it } from "vitest";
import { checkCard } from "./card-rules.ts";

type Json = Readonly<Record<string, unknown>>;

const plain = (content: string) => ({ tag: "plain_text", content });
const callback = [{ type: "callback", value: { key: "value" } }];
const button = { tag: "button", text: plain("Next"), type: "primary", behaviors: callback };
const options = [
  { text: plain("All"), value: "all" },
  { text: plain("Running"), value: "running" },
];
const select = { tag: "select_static", placeholder: plain("Status"), initial_index: 1, options, behaviors: callback };
const table = {
  tag: "table",
  page_size: 10,
  row_height: "low",
  header_style: { bold: true, background_style: "grey" },
  columns: [
    { name: "name", display_name: "Name", data_type: "text", width: "120px" },
    { name: "status", display_name: "Status", data_type: "options", width: "25%" },
    { name: "seen", data_type: "date" },
  ],
  rows: [{ name: "agent-1", status: [{ text: "Running", color: "green" }], seen: 1_700_000_000_000 }, { name: "" }],
};
const pie = {
  tag: "chart",
  aspect_ratio: "4:3",
  chart_spec: {
    type: "pie",
    data: { values: [{ type: "S1", value: 340 }] },
    valueField: "value",
    categoryField: "type",
    innerRadius: 0.6,
  },
};
const line = {
  tag: "chart",
  chart_spec: {
    type: "line",
    data: {
      values: [
        { time: "9:00", value: 8, series: "at risk" },
        { time: "10:00", value: 0, series: "at risk" },
        { time: "9:00", value: 240, series: "all" },
      ],
    },
    xField: "time",
    yField: "value",
    seriesField: "series",
  },
};
const withPoint = (point: Json) => ({
  ...line,
  chart_spec: { ...line.chart_spec, data: { values: [...line.chart_spec.data.values, point] } },
});
const columns = (...elements: readonly Json[]) => ({
  tag: "column_set",
  flex_mode: "flow",
  columns: elements.map((element) => ({ tag: "column", width: "auto", elements: [element] })),
});
const panel = (...elements: readonly Json[]) => ({
  tag: "collapsible_panel",
  expanded: false,
  header: { title: plain("More"), icon: { tag: "standard_icon", token: "down-small-ccm_outlined", size: "16px 16px" } },
  border: { color: "grey", corner_radius: "5px" },
  elements,
});

function cardOf(elements: readonly Json[], more: Json = {}): string {
  return JSON.stringify({
    schema: "2.0",
    config: { update_multi: true, summary: { content: "240 runtimes" } },
    header: {
      title: plain("Agent runtimes"),
      template: "orange",
      text_tag_list: [{ tag: "text_tag", text: plain("2 at risk"), color: "orange" }],
    },
    body: { vertical_spacing: "8px", elements },
    ...more,
  });
}

const good: readonly (readonly [string, string])[] = [
  ["no element", cardOf([])],
  ["a table at the root", cardOf([{ tag: "hr" }, table])],
  ["buttons and pickers side by side", cardOf([columns(button, select)])],
  ["a chart in a panel", cardOf([panel(pie, { tag: "markdown", content: "**bold**", text_size: "notation" })])],
  ["lines over time", cardOf([line])],
  [
    "text in colours",
    cardOf([{ tag: "div", text: { ...plain("240"), text_size: "heading-2", text_color: "green-400" } }]),
  ],
  [
    "ids that are unique",
    cardOf([
      { tag: "hr", element_id: "a_1" },
      { tag: "hr", element_id: "a_2" },
    ]),
  ],
];

const bad: readonly (readonly [string, string, RegExp])[] = [
  ["what is not JSON", "{", /not JSON/],
  ["another schema", cardOf([], { schema: "1.0" }), /^schema:/],
  ["elements at the top", cardOf([], { elements: [] }), /elements/],
  ["texts by language at the top", cardOf([], { i18n_elements: {} }), /i18n_elements/],
  ["a card of one's own", cardOf([], { config: { update_multi: false } }), /update_multi/],
  ["a colour that there is not", cardOf([], { header: { title: plain("x"), template: "pink" } }), /header\.template/],
  [
    "four tags",
    cardOf([], { header: { title: plain("x"), text_tag_list: Array(4).fill({ tag: "text_tag", text: plain("x") }) } }),
    /text_tag_list/,
  ],
  ["a note", cardOf([{ tag: "note", elements: [] }]), /body\.elements\.0/],
  ["an action", cardOf([{ tag: "action", actions: [] }]), /body\.elements\.0/],
  ["an unknown property", cardOf([{ ...button, value: {} }]), /value/],
  ["a button that does nothing", cardOf([{ ...button, behaviors: undefined }]), /behaviors/],
  ["a button of a long text", cardOf([{ ...button, text: plain("x".repeat(101)) }]), /content/],
  ["a callback value that is a text", cardOf([{ ...button, behaviors: [{ type: "callback", value: "x" }] }]), /value/],
  ["options of one value", cardOf([{ ...select, options: [options[0], options[0]] }]), /not unique/],
  ["an initial option that is not there", cardOf([{ ...select, initial_index: 3 }]), /initial_index/],
  ["an empty text", cardOf([{ tag: "markdown", content: "" }]), /content/],
  ["half of a character", cardOf([{ tag: "markdown", content: "\ud800" }]), /surrogate/],
  ["two tables", cardOf([table, table]), /2 tables/],
  ["a table in a panel", cardOf([panel(table)]), /only at the root/],
  ["a table in a column", cardOf([columns(table)]), /only at the root/],
  ["a page of eleven rows", cardOf([{ ...table, page_size: 11 }]), /page_size/],
  ["null in a row", cardOf([{ ...table, rows: [{ name: null }] }]), /rows\.0\.name: no cell of type text/],
  ["a cell of no column", cardOf([{ ...table, rows: [{ other: "x" }] }]), /rows\.0\.other: no such column/],
  ["a cell of another type", cardOf([{ ...table, rows: [{ seen: "now" }] }]), /rows\.0\.seen/],
  [
    "two columns of one name",
    cardOf([{ ...table, rows: [], columns: [table.columns[0], table.columns[0]] }]),
    /one name/,
  ],
  [
    "a chart without its fields",
    cardOf([{ ...pie, chart_spec: { ...pie.chart_spec, valueField: undefined } }]),
    /valueField/,
  ],
  ["a point without a number", cardOf([withPoint({ time: "11:00", series: "all" })]), /points of a line/],
  ["a point that is null", cardOf([withPoint({ time: "11:00", value: null, series: "all" })]), /value/],
  ["a point of no line", cardOf([withPoint({ time: "11:00", value: 1 })]), /points of a line/],
  [
    "two points of a line at one time",
    cardOf([withPoint({ time: "9:00", value: 1, series: "all" })]),
    /points of a line/,
  ],
  [
    "a chart that phones cannot draw",
    cardOf([{ ...pie, chart_spec: { ...pie.chart_spec, bar: { texture: "x" } } }]),
    /phones/,
  ],
  ["an id that is not one", cardOf([{ tag: "hr", element_id: "1st" }]), /element_id/],
  [
    "an id that is used twice",
    cardOf([
      { tag: "hr", element_id: "a" },
      { tag: "hr", element_id: "a" },
    ]),
    /not unique/,
  ],
  ["a margin without a unit", cardOf([{ tag: "hr", margin: "4" }]), /margin/],
  ["deep nesting", cardOf([columns(columns(columns({ tag: "hr" })))]), /deeper than 5/],
  ["too many elements", cardOf(Array(201).fill({ tag: "hr" })), /elements, at most 200/],
  ["too many bytes", cardOf([{ tag: "markdown", content: "长".repeat(10_200) }]), /bytes/],
];

describe("the rules of card JSON 2.0", () => {
  it.each(good)("allow %s", (_, content) => {
    expect(checkCard(content)).toEqual([]);
  });

  it.each(bad)("refuse %s", (_, content, complaint) => {
    expect(checkCard(content).join("\n")).toMatch(complaint);
  });

  it("count texts, columns and options as elements, but not what is in a callback, a row or a chart", () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ text: plain("x"), value: `v${index}` }));
    const tagged = { key: { tag: "x" } };
    expect(checkCard(cardOf([{ ...select, options: many }]))).toEqual([]);
    expect(
      checkCard(
        cardOf([select, { ...select, options: [...many, ...many].map((one, n) => ({ ...one, value: `${n}` })) }]),
      ),
    ).toHaveLength(1);
    expect(checkCard(cardOf([{ ...button, behaviors: [{ type: "callback", value: tagged }] }]))).toEqual([]);
  });

  it("measure the card as it stands in a request, where quotation marks take two bytes", () => {
    const text = (content: string) => cardOf([{ tag: "markdown", content }]);
    expect(checkCard(text("'".repeat(29_000)))).toEqual([]);
    expect(checkCard(text('"'.repeat(9_000))).join()).toMatch(/bytes/);
  });
});
