import { describe, expect, it } from "vitest";
import { coloursOf } from "../../../adapters/dingtalk/palette.ts";
import { withPicture } from "../../../adapters/dingtalk/render.ts";
import type { Block } from "../../../src/cards/index.ts";
import { mentionsOf } from "../../platforms/dingtalk/markdown.ts";
import { card } from "../terminal/cards.ts";
import { drawn } from "./drawn.ts";

describe("lines over time on a DingTalk card", () => {
  const timeline: Extract<Block, { kind: "timeline" }> = {
    kind: "timeline",
    title: "Last week",
    times: ["Mon", "Tue", "Wed"],
    series: [
      { label: "all", values: [240, 241, 243] },
      { label: "at risk", values: [2, null, 5], colour: "orange" },
    ],
  };

  it("are rows of signs, and lines of the picture in the same colours", () => {
    const { lines, picture, markdown } = drawn(card([timeline]));
    expect(lines).toEqual([
      "① Last week",
      "■ all ▁▃▇ 240 → 243 · ↓240 ↑243",
      "■ at risk ▁·▇ 2 → 5 · ↓2 ↑5",
      "Mon – Wed",
    ]);
    expect(picture).toEqual([timeline]);
    for (const colour of coloursOf(timeline.series)) expect(markdown).toContain(`<font color=${colour}>■</font>`);
  });

  it("have their picture above them", () => {
    const params = withPicture(drawn(card([{ kind: "text", tone: "normal", text: "x" }, timeline])).params, "@lAD1");
    expect(params.markdown).toMatch(/^x\n\n!\[\]\(@lAD1\)\n\n① \*\*Last week\*\*/);
  });

  it("of which nothing is known say so, and are in no picture", () => {
    const { lines, picture } = drawn(card([{ ...timeline, series: [{ label: "all", values: [null, null, null] }] }]));
    expect(lines).toEqual(["Last week", "all –", "Mon – Wed"]);
    expect(picture).toEqual([]);
  });

  it("need no name where one is alone and called as all of it", () => {
    const series = [{ label: "Last week", values: [1, 1, 1] }];
    expect(drawn(card([{ ...timeline, series }])).lines[1]).toBe("■ ▁▁▁ 1");
  });
});

describe("people on a DingTalk card", () => {
  it("are named, and nobody is called", () => {
    const people = [{ name: "li.na", id: "u1" }, { name: "@all" }];
    const { lines, markdown } = drawn(card([{ kind: "people", label: "Authorised", people }]));
    expect(lines.map((one) => one.replaceAll("\u200d", ""))).toEqual(["Authorised: li.na · @all"]);
    expect(mentionsOf(markdown)).toEqual([]);
  });
});
