import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { draw } from "../../bench/chart.ts";

const chart = {
  ...{ name: "speed", title: "Answers & <more>", unit: "a second" },
  ...{ series: ["slow", "fast"], rows: [{ label: "Deskhand", values: [10, 40] }] },
};

/** The widths of the bars, from above; the squares of the legend are 12 wide and come first. */
const widths = (svg: string) => [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/gu)].map(([, width]) => Number(width));

describe("a chart of the benchmark", () => {
  it("has bars whose lengths are as the figures", () => {
    const [, , slow = 0, fast = 0] = widths(draw(chart));
    expect(fast / slow).toBeCloseTo(4, 1);
  });

  it("says in place of a bar that a bot cannot keep up", () => {
    const svg = draw({ ...chart, rows: [{ label: "Deskhand", values: [10, undefined] }] });
    expect(svg).toContain("cannot keep up");
    expect(widths(svg)).toHaveLength(3);
  });

  it("is a picture whatever its texts hold", () => {
    const svg = draw(chart);
    expect(svg).toContain("Answers &amp; &lt;more&gt;");
    expect(new Resvg(svg).render().width).toBe(760);
  });
});
