import { describe, expect, test } from "vitest";
import { type Block, deepest, steers, withInner } from "../../src/cards/index.ts";

const text = (content: string): Block => ({ kind: "text", text: content, tone: "normal" });
const section = (title: string, ...blocks: readonly Block[]): Block => ({
  kind: "section",
  title,
  collapsed: false,
  blocks,
});

/** What is met on the walk, in a word each. */
const walked = (blocks: readonly Block[]) =>
  [...withInner(blocks)].map((block) =>
    block.kind === "section" ? block.title : block.kind === "text" ? block.text : block.kind,
  );

describe("a walk through blocks", () => {
  test("meets what is in a section after the section, in the order of the card", () => {
    const blocks = [text("a"), section("s", text("b"), section("t", text("c"))), text("d")];
    expect(walked(blocks)).toEqual(["a", "s", "b", "t", "c", "d"]);
  });

  test("does not go deeper than any card of this product", () => {
    const nested = (depth: number): Block => section(`s${depth}`, ...(depth < 20 ? [nested(depth + 1)] : []));
    expect(walked([nested(0)])).toEqual(Array.from({ length: deepest + 1 }, (_, depth) => `s${depth}`));
  });
});

test("a list is walked by the buttons that turn its pages and refresh it", () => {
  const roles = ["previous", "next", "refresh", "details", "other"] as const;
  expect(roles.filter(steers)).toEqual(["previous", "next", "refresh"]);
});
