import { describe, expect, test } from "vitest";
import { toCard } from "../../../src/cards/index.ts";
import { buttonsOf, sentencesOf } from "../read.ts";

function cardOf(locale: "en" | "zh" | undefined, changed = true) {
  return toCard(
    { kind: "language", command: { kind: "lang", locale: locale ?? "auto" }, locale, changed },
    locale ?? "en",
  );
}

describe("the language of a chat", () => {
  test("is said in that language", () => {
    expect(sentencesOf(cardOf("en"))).toEqual(["This chat is answered in English."]);
    expect(sentencesOf(cardOf("zh"))).toEqual(["本会话使用中文回答。"]);
  });

  test("is everybody's own where the chat has none", () => {
    expect(sentencesOf(cardOf(undefined))[0]).toMatch(/^Everybody here is answered in a language of their own/);
  });

  test("can be changed to each of the others, by names that who is looking for them can read", () => {
    expect(buttonsOf(cardOf("zh")).map(({ label, command }) => [label, command])).toEqual([
      ["English", "/lang en"],
      ["按各人语言", "/lang auto"],
    ]);
    expect(buttonsOf(cardOf("en"))[0]).toMatchObject({ label: "中文", command: "/lang zh" });
  });

  test("is green when it has just been changed", () => {
    expect([cardOf("en").header.colour, cardOf("en", false).header.colour]).toEqual(["green", "blue"]);
  });
});
