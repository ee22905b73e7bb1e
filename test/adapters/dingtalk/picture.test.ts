import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coloursOf, drawnSlices } from "../../../adapters/dingtalk/palette.ts";
import { drawPicture } from "../../../adapters/dingtalk/picture.ts";
import { drawLines } from "../../../adapters/dingtalk/picture-lines.ts";
import type { ChartBlock, Slice, TimelineBlock } from "../../../src/cards/index.ts";

const chart = (shape: ChartBlock["shape"], values: readonly (number | Slice)[], total = 100): ChartBlock => ({
  kind: "chart",
  shape,
  title: "Status",
  total,
  slices: values.map((value) => (typeof value === "number" ? { label: "x", value } : value)),
});

/** Width and height, by the head of a PNG. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** How many pixels of each opaque colour a picture has. */
function pixelsOf(png: Uint8Array): ReadonlyMap<string, number> {
  const { Resvg } = createRequire(import.meta.url)("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  const [width, height] = sizeOf(png);
  const data = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${data}" width="${width}" height="${height}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  const found = new Map<string, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] !== 255) continue;
    const colour = `#${pixels
      .subarray(at, at + 3)
      .toString("hex")
      .toUpperCase()}`;
    found.set(colour, (found.get(colour) ?? 0) + 1);
  }
  return found;
}

describe("the picture of charts", () => {
  it("is as wide as a chat, with rings beside each other and bars below", async () => {
    const [width, height] = sizeOf(
      await drawPicture([chart("donut", [60, 40]), chart("donut", [1]), chart("bar", [5, 6])]),
    );
    expect(width).toBe(640);
    expect(height).toBeLessThan(400);
  });

  it("is the same for the same charts, to the byte", async () => {
    const charts = [chart("donut", [60, 30, 1]), chart("bar", [5, 6])];
    const [one, other] = [await drawPicture(charts), await drawPicture(structuredClone(charts))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    expect(Buffer.from(one).equals(Buffer.from(await drawPicture(charts.toReversed())))).toBe(false);
  });

  it.each(["donut", "bar"] as const)("has the colours of the legend, each as large as its share: %s", async (shape) => {
    const slices: readonly Slice[] = [
      { label: "Running", value: 60, colour: "green" },
      { label: "Stopped", value: 30, colour: "grey" },
      { label: "Other", value: 10 },
    ];
    const found = pixelsOf(await drawPicture([chart(shape, slices)]));
    const [running = 0, stopped = 0, other = 0] = coloursOf(slices).map((colour) => found.get(colour) ?? 0);
    expect(running / stopped).toBeCloseTo(2, 0);
    expect(stopped / other).toBeCloseTo(3, 0);
  });

  it("shows also a slice of one in thousands", async () => {
    const slices: readonly Slice[] = [
      { label: "Running", value: 9_999, colour: "green" },
      { label: "Expired", value: 1, colour: "red" },
    ];
    const found = pixelsOf(await drawPicture([chart("donut", slices, 10_000)]));
    expect(found.get(coloursOf(slices)[1] ?? "")).toBeGreaterThan(50);
  });

  it("leaves out what counts nothing, and charts of nothing", async () => {
    const slices: readonly Slice[] = [
      { label: "a", value: 0, colour: "red" },
      { label: "b", value: 4, colour: "green" },
    ];
    const found = pixelsOf(await drawPicture([chart("bar", slices), chart("bar", [3], 0)]));
    expect(found.has(coloursOf([{ colour: "red" }])[0] ?? "")).toBe(false);
    expect(drawnSlices(chart("bar", [3], 0))).toEqual([]);
    expect(drawnSlices(chart("bar", [Number.NaN, -1, Number.POSITIVE_INFINITY, 2])).map(({ value }) => value)).toEqual([
      2,
    ]);
  });

  const lines = (...all: readonly (readonly (number | null)[])[]): TimelineBlock => ({
    kind: "timeline",
    title: "Last week",
    times: (all[0] ?? []).map((_, index) => `t${index}`),
    series: all.map((values, index) => ({ label: "x", values, ...(index > 0 && { colour: "red" as const }) })),
  });

  it("draws lines over time below each other chart, each in its colour, and points that are alone", async () => {
    const timeline = lines([1, 2, 3, 4], [9, null, null, null]);
    const [width, height] = sizeOf(await drawPicture([chart("donut", [1]), timeline]));
    expect([width, height]).toEqual([640, 500]);
    const found = pixelsOf(await drawPicture([timeline]));
    for (const colour of coloursOf(timeline.series)) expect(found.get(colour) ?? 0).toBeGreaterThan(3);
  });

  it("draws lines from nothing up", () => {
    const heights = (values: readonly number[]) =>
      [...drawLines(lines(values), undefined, 0, 1).svg.matchAll(/L\d+(?:\.\d+)? (\d+(?:\.\d+)?)/g)].map(([, y]) =>
        Number(y),
      );
    const [floor = 0, , most = 0] = heights([0, 100, 200]);
    const [least = 0] = heights([150, 200]);
    expect((floor - least) / (floor - most)).toBeCloseTo(0.75);
  });

  it("leaves out timelines of one time, and lines of which nothing is known", async () => {
    const nothing = await drawPicture([]);
    expect(Buffer.from(await drawPicture([lines([1]), lines([null, null])])).equals(Buffer.from(nothing))).toBe(true);
  });

  it("draws whatever it is given, and never grows", { timeout: 60_000 }, async () => {
    const anyChart = fc
      .tuple(fc.constantFrom("donut" as const, "bar" as const), fc.array(fc.double(), { maxLength: 40 }), fc.double())
      .map(([shape, values, total]) => chart(shape, values, total));
    const anyValues = fc.array(fc.option(fc.double()), { maxLength: 200 });
    const anyLines = fc.array(anyValues, { maxLength: 20 }).map((all) => lines(...all));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyChart, anyLines), { maxLength: 8 }), async (charts) => {
        const [width, height] = sizeOf(await drawPicture(charts));
        expect(width).toBe(640);
        expect(height).toBeLessThanOrEqual(1_000);
      }),
      { numRuns: 30 },
    );
  });
});

describe("the colours of slices", () => {
  it("tell slices of one colour apart", () => {
    const blue = { colour: "blue" } as const;
    expect(new Set(coloursOf([blue, blue, blue])).size).toBe(3);
    expect(new Set(coloursOf(Array(8).fill({}))).size).toBe(8);
  });
});
