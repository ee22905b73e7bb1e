import { describe, expect, it } from "vitest";
import type { Block, Person } from "../../../src/cards/index.ts";
import { cardOf, type Drawn, drawn, isObject } from "./drawn.ts";

const markdownOf = (card: Drawn) => card.ofTag("markdown").map(({ content }) => content);

describe("lines over time on a Lark card", () => {
  const timeline: Block = {
    kind: "timeline",
    title: "Last week",
    times: ["Mon", "Tue", "Wed"],
    series: [
      { label: "all", values: [240, 241, 240] },
      { label: "at risk", values: [2, null, 5], colour: "orange" },
    ],
  };

  it("are a chart, by times, without points where nothing is known", () => {
    const [found] = drawn(cardOf([timeline])).ofTag("chart");
    expect(found?.chart_spec).toMatchObject({
      type: "line",
      title: { text: "Last week" },
      ...{ xField: "time", yField: "value", seriesField: "series" },
      data: {
        values: [
          { time: "Mon", value: 240, series: "all" },
          { time: "Mon", value: 2, series: "at risk" },
          { time: "Tue", value: 241, series: "all" },
          { time: "Wed", value: 240, series: "all" },
          { time: "Wed", value: 5, series: "at risk" },
        ],
      },
      legends: { visible: true, orient: "bottom" },
      color: ["#5083FB", "#ED6D0C"],
    });
  });

  it("begin at nothing, and have no legend for one of them", () => {
    const [found] = drawn(cardOf([{ ...timeline, series: timeline.series.slice(0, 1) }])).ofTag("chart");
    expect(found?.chart_spec).toMatchObject({
      legends: { visible: false },
      axes: [{}, { orient: "left", zero: true }],
    });
  });

  it("keep times and lines of one name apart", () => {
    const series = [1, 2].map((value) => ({ label: "x", values: [value, value] }));
    const [found] = drawn(cardOf([{ ...timeline, times: ["Mon", "Mon"], series }])).ofTag("chart");
    expect(found?.chart_spec).toMatchObject({
      data: {
        values: [
          { time: "Mon", series: "x" },
          { time: "Mon", series: "x (2)" },
          { time: "Mon (2)", series: "x" },
          { time: "Mon (2)", series: "x (2)" },
        ],
      },
    });
  });

  it("have as many points as a phone can show, the latest among them", () => {
    const values = Array.from({ length: 2_000 }, (_, index) => index);
    const times = values.map((index) => `t${index}`);
    const [found] = drawn(cardOf([{ ...timeline, times, series: [{ label: "x", values }] }])).ofTag("chart");
    const points: unknown =
      isObject(found?.chart_spec) && isObject(found.chart_spec.data) && found.chart_spec.data.values;
    expect(points).toHaveLength(240);
    expect(Array.isArray(points) && points.at(-1)).toEqual({ time: "t1999", value: 1_999, series: "x" });
  });

  it("count among the charts, and are written beyond the fifth and where one time is all there is", () => {
    const single: Block = { ...timeline, title: "all", times: ["Mon"], series: [{ label: "all", values: [240] }] };
    const card = drawn(cardOf([...Array(6).fill(timeline), single]));
    expect(card.ofTag("chart")).toHaveLength(5);
    expect(markdownOf(card)).toEqual([
      [
        "**Last week**",
        "all · ▁▇▁ 240 → 240 · ↓240 ↑241",
        "at risk · <font color='orange'>▁·▇ 2 → 5 · ↓2 ↑5</font>",
        "<font color='grey'>Mon – Wed</font>",
      ].join("\n"),
      "**all**\n▁ 240\n<font color='grey'>Mon</font>",
    ]);
  });
});

describe("people on a Lark card", () => {
  const people = (...all: readonly Person[]) => drawn(cardOf([{ kind: "people", label: "Authorised", people: all }]));

  it("are mentioned by their ids, and named where they have none", () => {
    const card = people({ name: "li.na", id: "ou_7d8a6e6df7621556ce0d21922b676706" }, { name: "wang" });
    expect(markdownOf(card)).toEqual([
      "<font color='grey'>Authorised</font>  <at id=ou_7d8a6e6df7621556ce0d21922b676706></at> wang",
    ]);
  });

  it.each(["all", "ALL", "", "ou_1></at><at id=all", "ou_1 ou_2", "@all", "x".repeat(90)])(
    "are only named where the id is none of one person: %j",
    (id) => {
      expect(markdownOf(people({ name: "li.na", id }))).toEqual(["<font color='grey'>Authorised</font>  li&#46;na"]);
    },
  );

  it("are not mentioned by what stands in their names", () => {
    expect(people({ name: "<at id=all></at>" }).text).not.toContain("<at");
  });
});
