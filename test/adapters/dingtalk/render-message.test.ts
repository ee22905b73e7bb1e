import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../adapters/dingtalk/render.ts";
import { toCard } from "../../../src/cards/index.ts";
import { linksOf, plainOf } from "../../platforms/dingtalk/markdown.ts";
import { button, card } from "../terminal/cards.ts";
import { listAnswer } from "./drawn.ts";

const linesOf = (text: string) =>
  plainOf(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

describe("a card as a message of markdown", () => {
  it("says what the card says, with links for buttons", () => {
    const { title, text } = renderMarkdown(toCard(listAnswer(2), "en"), 15_000);
    expect(title).toBe("Agent runtimes");
    expect(linesOf(text)).toEqual([
      "Agent runtimes",
      "1000 runtimes · 2 running on this page · 0 at risk on this page",
      "agent-0001 · Running · OpenClaw 2026.4.15 Running · li.na",
      "agent-0002 · Running · OpenClaw 2026.4.15 Running · wang.w",
      "Page 2 of 500 · 1000 runtimes",
      "/runtimes page=2 size=2",
      "← Previous · Next → · ↻ Refresh · Export · Summary",
    ]);
  });

  it("sends the command of a link, to the letter", () => {
    const command = '/runtimes name="a)b](c) d\'e*f_g~h!" user=李@x&y=1#%';
    const { text } = renderMarkdown(card([{ kind: "buttons", buttons: [button("Go [now](x)", command)] }]), 15_000);
    const [link, ...others] = linksOf(text);
    expect(others).toEqual([]);
    expect(link?.text).toBe("Go [now](x)");
    expect(link?.url).toMatch(/^dtmd:\/\/dingtalkclient\/sendMessage\?content=[\w%.-]+$/);
    expect(new URL(link?.url ?? "").searchParams.get("content")).toBe(command);
  });

  it("breaks lines with blanks around, and has no picture", () => {
    const slices = [{ label: "Running", value: 2 }];
    const { text } = renderMarkdown(
      card([
        {
          kind: "facts",
          style: "list",
          facts: [
            { label: "a", value: "b" },
            { label: "c", value: "d" },
          ],
        },
        { kind: "chart", shape: "donut", title: "Status", total: 2, slices },
      ]),
      15_000,
    );
    expect(text).toBe("#### Agent runtimes\n\na: b  \n  c: d\n\n**Status** Running **2**");
  });

  it("is whole with fifty rows of long names, within what DingTalk takes", () => {
    const answer = listAnswer(50, { name: "很长的名字_".repeat(30) });
    const message = renderMarkdown(toCard(answer, "zh"), 15_000);
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(15_000);
    expect(linesOf(message.text).filter((line) => line.includes("很长的名字"))).toHaveLength(50);
    expect(linksOf(message.text)).toHaveLength(5);
  });

  it("says how many rows it leaves out", () => {
    const message = renderMarkdown(toCard(listAnswer(50), "en"), 1_500);
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(1_500);
    expect(message.text).toMatch(/\d+ of 50 rows are not shown/);
    expect(message.text).toContain("Next");
  });

  it("leaves out links of commands that are too long for one, and says so", () => {
    const long = button("Long", `/runtimes name=${"x".repeat(2_500)}`);
    const { text } = renderMarkdown(card([{ kind: "buttons", buttons: [long, button("Short", "/help")] }]), 15_000);
    expect(linksOf(text).map(({ text: label }) => label)).toEqual(["Short"]);
    expect(plainOf(text)).toContain("some buttons are left out");
  });

  it.each([0, 30, 60, 120, 300])("says what there is room for in %i bytes", (limit) => {
    const { text, title } = renderMarkdown(toCard(listAnswer(50), "en"), limit);
    if (text !== "") expect(Buffer.byteLength(JSON.stringify({ title, text }))).toBeLessThanOrEqual(limit);
    else expect(limit).toBeLessThan(120);
  });
});
