import { defaultSize, type Key, limits, optionDefinition, print, topics } from "../commands/index.ts";
import { filterDefinition, filterKeyNames } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Card, CommandBlock } from "./card.ts";
import { button, buttons, card, type Setting, text } from "./parts.ts";

type HelpAnswer = Extract<Answer, { kind: "help" }>;

/** What can be typed, with examples that work on this fleet. */
export function helpCard(answer: HelpAnswer, setting: Setting): Card {
  const { texts } = setting;
  const { topic } = answer.command;
  return card(setting, {
    title: topic === undefined ? texts.words.help : `${texts.labels.help}: ${topic}`,
    colour: "blue",
    command: print(answer.command),
    blocks: [
      text(topic === undefined ? texts.help.intro : texts.help.commands[topic]),
      ...(topic === undefined || topic === "filters" ? [] : examples(answer, setting, topic)),
      ...(topic === undefined ? overview(answer, setting) : []),
      ...(topic === "show"
        ? []
        : [text(texts.help.syntax, "small"), filterTable(setting, topic !== "filters" && topic !== undefined)]),
      buttons(...topics.filter((one) => one !== topic).map((one) => button(one, { kind: "help", topic: one }))),
    ],
  });
}

function overview(answer: HelpAnswer, setting: Setting): readonly Block[] {
  const { texts } = setting;
  const blocks = (["runtimes", "risks", "summary", "show"] as const).flatMap((topic) =>
    examples(answer, setting, topic),
  );
  return [{ kind: "section", title: texts.sections.commands, collapsed: false, blocks }];
}

/** Examples use the providers of this fleet and values that the API documents: each of them runs as it stands. */
function examples(answer: HelpAnswer, { texts }: Setting, topic: keyof typeof texts.help.commands): readonly Block[] {
  const provider = answer.providers[0] ?? "OpenClaw";
  const filters = { status: ["Running"], provider: [provider] };
  const list = { kind: "list", page: 1, size: defaultSize } as const;
  const command = (one: string, note?: string): CommandBlock => ({ kind: "command", text: one, note });
  const note = texts.help.commands[topic];
  switch (topic) {
    case "runtimes":
      return [
        command(print({ ...list, filters: {} }), note),
        command(print({ ...list, filters })),
        command(print({ ...list, filters: {}, sort: { key: "risk", descending: false }, size: 20 })),
      ];
    case "show":
      return [command("/runtimes show agent-017", note)];
    case "summary":
      return [
        command(print({ kind: "summary", filters: {} }), note),
        command(print({ kind: "summary", filters: { status: ["Running"] }, by: "version" })),
      ];
    case "risks":
      return [
        command(print({ ...list, filters: { risk: ["yes"] } }), note),
        command(print({ ...list, filters: { risk: ["model-modified", "channel-modified"] } })),
      ];
    case "filters":
      return [];
  }
}

function filterTable({ texts }: Setting, collapsed: boolean): Block {
  const { words, sections } = texts;
  const options: readonly Key[] = ["page", "size", "sort", "by"];
  return {
    kind: "section",
    title: sections.filters,
    collapsed,
    blocks: [
      {
        kind: "table",
        columns: [
          { key: "key", label: words.key, weight: 2 },
          { key: "meaning", label: words.meaning, weight: 4 },
          { key: "values", label: words.values, weight: 5 },
        ],
        rows: [...filterKeyNames, ...options].map((key) => ({
          cells: [{ text: keyLabel(key) }, { text: texts.keys[key] }, { text: valuesText(key, texts.words) }],
          command: undefined,
          label: key,
        })),
      },
    ],
  };
}

function definitionOf(key: Key) {
  return key === "page" || key === "size" || key === "sort" || key === "by"
    ? { ...optionDefinition(key), open: false }
    : filterDefinition(key);
}

function keyLabel(key: Key): string {
  return `${key} · ${definitionOf(key).chinese}`;
}

function valuesText(key: Key, words: Setting["texts"]["words"]): string {
  const { shape, values, open } = definitionOf(key);
  if (shape === "whole") {
    return key === "size" ? `1–${limits.pageSize}` : words.wholeNumber;
  }
  const flags = shape === "flag-or-names" ? ["yes", "no"] : [];
  const shown = key === "sort" ? values.filter((value) => !value.startsWith("-")) : values;
  return [...flags, ...shown, ...(open ? [words.anyText] : [])].join(" ");
}
