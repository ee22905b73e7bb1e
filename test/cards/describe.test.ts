import { expect, test } from "vitest";
import { describeWord } from "../../src/cards/index.ts";
import { complete } from "../../src/commands/index.ts";

test("words of the grammar are explained in the reader's language", () => {
  expect(describeWord("command", "/runtimes", "en")).toBe("Lists runtimes, a page a card.");
  expect(describeWord("command", "/help", "zh")).toBe("帮助");
  expect(describeWord("subcommand", "risks", "zh")).toBe("列出代理被修改或卸载的运行时。");
  expect(describeWord("command", "/digest", "en")).toBe("Brings a summary into this chat on a schedule.");
  expect(describeWord("subcommand", "/digest off", "en")).toBe("Ends the digest of this chat.");
  expect(describeWord("subcommand", "/view save", "zh")).toBe("以名称保存筛选，同名则覆盖。");
  expect(describeWord("key", "group", "en")).toBe("id of the resource group");
  expect(describeWord("value", "Running", "zh")).toBe("运行中");
  expect(describeWord("value", "feishu", "en")).toBe("Feishu");
});

test("what explains itself, or is unknown, has no explanation", () => {
  expect(describeWord("value", "Running", "en")).toBe("");
  expect(describeWord("value", "constructor", "zh")).toBe("");
  expect(describeWord("key", "nothing", "en")).toBe("");
  expect(describeWord("subcommand", "nothing", "en")).toBe("");
});

test("every word that is suggested behind a command is explained in both languages", () => {
  const typed = [
    "/",
    "/runtimes ",
    "/help ",
    "/alerts ",
    "/alerts on ",
    "/alerts mute ",
    "/digest ",
    "/view ",
    "/lang ",
  ];
  for (const locale of ["en", "zh"] as const) {
    const all = typed.flatMap((text) => complete(text, text.length, (kind, word) => describeWord(kind, word, locale)));
    expect(all.filter(({ detail }) => detail === "").map(({ label }) => label)).toEqual([]);
  }
});
