import { defaultSize, isOption, type Key, limits, optionDefinition, print, topics } from "../commands/index.ts";
import { type FilterKey, filterDefinition, filterKeyNames, type SortKey } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, CommandBlock } from "./card.ts";
import { askable, button, buttons, card, type Setting, text } from "./parts.ts";
import type { Texts } from "./texts/index.ts";

type HelpAnswer = Extract<Answer, { kind: "help" }>;

/** What can be typed, with examples that work on this fleet. */
export function helpCard(answer: HelpAnswer, setting: Setting): Card {
  const { texts } = setting;
  const { help, words } = texts;
  const { topic } = answer.command;
  return card(setting, {
    title: topic === undefined ? words.help : help.title(help.topics[topic]),
    colour: "blue",
    command: print(answer.command),
    blocks: [
      text(topic === undefined ? help.intro : help.commands[topic]),
      ...(topic === undefined ? overview(answer, texts) : examples(answer, texts, topic, false)),
      ...(topic === "show" ? [] : [text(help.syntax, "small"), filterTable(answer, texts)]),
      buttons(
        ...topics.filter((one) => one !== topic).map((one) => button(help.topics[one], { kind: "help", topic: one })),
      ),
    ],
  });
}

function overview(answer: HelpAnswer, texts: Texts): readonly Block[] {
  const blocks = (["runtimes", "risks", "summary", "show", "export"] as const).flatMap((topic) =>
    examples(answer, texts, topic, true),
  );
  return [{ kind: "section", title: texts.sections.commands, collapsed: false, blocks }];
}

/**
 * Examples use the providers of this fleet and values that the API documents: each of them runs as it stands.
 *
 * @param explained whether the first one says what it does, where nothing above says it
 */
function examples(
  { providers }: HelpAnswer,
  texts: Texts,
  topic: keyof Texts["help"]["commands"],
  explained: boolean,
): readonly CommandBlock[] {
  const note = explained ? texts.help.commands[topic] : undefined;
  return exampleTexts(providers[0] ?? "OpenClaw", topic).map((one, index) => ({
    kind: "command",
    text: one,
    note: index === 0 ? note : undefined,
  }));
}

function exampleTexts(provider: string, topic: keyof Texts["help"]["commands"]): readonly string[] {
  const list = { kind: "list", page: 1, size: defaultSize } as const;
  const ofProvider = askable({ ...list, filters: { status: ["Running"], provider: [provider] } });
  switch (topic) {
    case "runtimes":
      return [
        print({ ...list, filters: {} }),
        ...(ofProvider === undefined ? [] : [ofProvider]),
        print({ ...list, filters: {}, sort: { key: "risk", descending: true }, size: 20 }),
      ];
    case "show":
      return ["/runtimes show agent-017"];
    case "summary":
      return [
        print({ kind: "summary", filters: {} }),
        print({ kind: "summary", filters: { status: ["Running"] }, by: "version" }),
      ];
    case "risks":
      return [
        print({ ...list, filters: { risk: ["yes"] } }),
        print({ ...list, filters: { risk: ["model-modified", "channel-modified"] } }),
      ];
    case "export":
      return [
        print({ kind: "export", filters: {} }),
        print({ kind: "export", filters: { risk: ["yes"] }, format: "xlsx" }),
      ];
    case "filters":
      return [];
  }
}

function filterTable({ command, byUser }: HelpAnswer, texts: Texts): Block {
  const { words } = texts;
  const keys: readonly Key[] = [...filterKeyNames, "page", "size", "sort", "by", "format"];
  return {
    kind: "section",
    title: texts.sections.filters,
    collapsed: command.topic !== "filters",
    blocks: [
      {
        kind: "table",
        columns: [
          { key: "key", label: words.key, weight: 2 },
          { key: "meaning", label: words.meaning, weight: 4 },
          { key: "values", label: words.values, weight: 5 },
        ],
        rows: keys
          .filter((key) => byUser || key !== askedByUser)
          .map((key) => ({
            cells: [{ text: keyLabel(key) }, { text: texts.keys[key] }, { text: valuesText(key, byUser, texts) }],
            command: undefined,
            label: key,
          })),
      },
    ],
  };
}

/** What tells who is authorised on what: not offered to those who may not see it. */
const askedByUser = "user" satisfies FilterKey & SortKey;

function definitionOf(key: Key) {
  return isOption(key) ? { ...optionDefinition(key), open: false } : filterDefinition(key);
}

function keyLabel(key: Key): string {
  return `${key} · ${definitionOf(key).chinese}`;
}

function valuesText(key: Key, byUser: boolean, texts: Texts): string {
  const { shape, values, open } = definitionOf(key);
  if (shape === "whole") {
    return key === "size" ? `1–${limits.pageSize}` : texts.words.wholeNumber;
  }
  const flags = shape === "flag-or-names" ? ["yes", "no"] : [];
  const sorts = values.filter((value) => !value.startsWith("-") && (byUser || value !== askedByUser));
  return texts.together([...flags, ...(key === "sort" ? sorts : values), ...(open ? [texts.words.anyText] : [])]);
}
