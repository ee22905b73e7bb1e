import {
  daysWords,
  defaultAuditDays,
  defaultSize,
  defaultTrendDays,
  everything,
  isOption,
  type Key,
  limits,
  muteTimes,
  optionDefinition,
  print,
  type Topic,
  topics,
} from "../commands/index.ts";
import { type FilterKey, filterDefinition, filterKeyNames, type SortKey } from "../fleet/index.ts";
import type { Answer } from "./answer.ts";
import type { Block, Button, Card, CommandBlock } from "./card.ts";
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
      ...(unfiltered.includes(topic) ? [] : [text(help.syntax, "small"), filterTable(answer, texts)]),
      buttons(...leads(answer, texts)),
    ],
  });
}

/** What asks of the fleet, in the order of an overview, and what is about what is kept for a chat. */
const groups = {
  fleet: ["runtimes", "risks", "summary", "show", "export", "trend", "filters"],
  chat: ["alerts", "why", "digest", "view", "lang", "audit"],
} as const satisfies Readonly<Record<string, readonly Topic[]>>;

/** What takes no filters of runtimes. */
const unfiltered: readonly (Topic | undefined)[] = ["show", "audit"];

/** What is only offered to who may ask for it. */
function offers({ canAudit = false }: HelpAnswer): (topic: Topic) => boolean {
  return (topic) => topic !== "audit" || canAudit;
}

/** Of these an overview shows every example; of others the first. */
const inFull: readonly Topic[] = ["runtimes", "risks", "summary", "show", "export"];

function overview(answer: HelpAnswer, texts: Texts): readonly Block[] {
  const section = (title: string, of: readonly Topic[]): Block => ({
    kind: "section",
    title,
    collapsed: false,
    blocks: of.filter(offers(answer)).flatMap((topic) => {
      const all = examples(answer, texts, topic, true);
      return inFull.includes(topic) ? all : all.slice(0, 1);
    }),
  });
  return [section(texts.sections.commands, groups.fleet), section(texts.help.ofChat, groups.chat)];
}

/** From an overview to what it does not show in full; from a topic to those of its kind, and back to the overview. */
function leads(answer: HelpAnswer, { help, labels }: Texts): readonly Button[] {
  const { topic } = answer.command;
  const kin = Object.values(groups).find((group: readonly Topic[]) => topic !== undefined && group.includes(topic));
  const to = kin?.filter((one) => one !== topic) ?? topics.filter((one) => !inFull.includes(one));
  return [
    ...(kin === undefined ? [] : [button(labels.help, { kind: "help" })]),
    ...to.filter(offers(answer)).map((one) => button(help.topics[one], { kind: "help", topic: one })),
  ];
}

/**
 * Examples use the providers of this fleet and values that the API documents: each of them runs as it stands.
 *
 * @param explained whether the first one says what it does, where nothing above says it
 */
function examples({ providers }: HelpAnswer, texts: Texts, topic: Topic, explained: boolean): readonly CommandBlock[] {
  const note = explained ? texts.help.commands[topic] : undefined;
  return exampleTexts(providers[0] ?? "OpenClaw", topic).map((one, index) => ({
    kind: "command",
    text: one,
    note: index === 0 ? note : undefined,
  }));
}

function exampleTexts(provider: string, topic: Topic): readonly string[] {
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
    case "trend":
      return [
        print({ kind: "trend", filters: {}, days: defaultTrendDays }),
        print({ kind: "trend", filters: { risk: ["yes"] }, days: 30, by: "group" }),
      ];
    case "why":
      return [print({ kind: "why", target: "agent-017" })];
    case "alerts":
      return alertExamples;
    case "digest":
      return [
        print({ kind: "digest-on", filters: {}, at: 9 * 60, days: workdays }),
        print({ kind: "digest-status" }),
        print({ kind: "digest-off" }),
      ];
    case "view":
      return [
        print({ kind: "view-save", name: "stopped", filters: { status: ["Stopped"] } }),
        print({ ...list, filters: {}, view: "stopped" }),
        print({ kind: "view-list" }),
        print({ kind: "view-drop", name: "stopped" }),
      ];
    case "lang":
      return (["en", "zh", "auto"] as const).map((locale) => print({ kind: "lang", locale }));
    case "audit":
      return [
        print({ kind: "audit", days: defaultAuditDays, page: 1, size: defaultSize }),
        print({ kind: "audit", days: 7, page: 1, size: 20 }),
        print({ kind: "audit", users: ["li.na"], days: 30, page: 1, size: defaultSize }),
      ];
    case "filters":
      return [];
  }
}

const workdays = ["mon", "tue", "wed", "thu", "fri"] as const;

const alertExamples: readonly string[] = [
  print({ kind: "alerts-on", filters: {}, preview: false }),
  print({ kind: "alerts-on", filters: { risk: ["agent-uninstalled"] }, preview: true }),
  print({ kind: "alerts-status" }),
  print({ kind: "alerts-test" }),
  print({ kind: "alerts-mute", target: "agent-017", for: muteTimes.usual }),
  print({ kind: "alerts-ack", target: everything }),
  print({ kind: "alerts-off" }),
];

/** The keys that are not filters, those of most commands first. */
const options = ["view", "page", "size", "sort", "by", "format", "days"] as const;

function filterTable({ command, byUser }: HelpAnswer, texts: Texts): Block {
  const { words } = texts;
  const keys: readonly Key[] = [...filterKeyNames, ...options];
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
  return isOption(key) ? { ...optionDefinition(key), open: key === "view" } : filterDefinition(key);
}

function keyLabel(key: Key): string {
  return `${key} · ${definitionOf(key).chinese}`;
}

/** Of the days of a digest, words for several; the days themselves go without saying. */
const shownDays = 4;

function valuesText(key: Key, byUser: boolean, texts: Texts): string {
  const { shape, values, open } = definitionOf(key);
  switch (key) {
    case "size":
      return `1–${limits.pageSize}`;
    case "days":
      return texts.together([`1–${limits.trendDays}`, ...daysWords.slice(0, shownDays)]);
  }
  if (shape === "whole") {
    return texts.words.wholeNumber;
  }
  const flags = shape === "flag-or-names" ? ["yes", "no"] : [];
  const sorts = values.filter((value) => !value.startsWith("-") && (byUser || value !== askedByUser));
  return texts.together([...flags, ...(key === "sort" ? sorts : values), ...(open ? [texts.words.anyText] : [])]);
}
