import { type Topic, topics } from "./command.ts";
import { findKey } from "./keys.ts";
import { foldWord, lookUp } from "./nearest.ts";

/** A word of the grammar with everything that means the same. */
export interface Word<Name extends string> {
  readonly name: Name;
  readonly aliases: readonly string[];
}

export const commandNames: readonly Word<"/runtimes" | "/help">[] = [
  { name: "/runtimes", aliases: ["/rt", "/运行时"] },
  { name: "/help", aliases: ["/帮助", "/?", "?"] },
];

export type Subcommand = "show" | "summary" | "risks" | "export";

/** The words after `/runtimes`. */
export const subcommands: readonly Word<Subcommand>[] = [
  { name: "show", aliases: ["查看"] },
  { name: "summary", aliases: ["汇总"] },
  { name: "risks", aliases: ["风险"] },
  { name: "export", aliases: ["导出"] },
];

/** Words that later versions will know, so that they are answered as such and not as misspelled. */
export const plannedCommands: readonly Word<string>[] = [
  { name: "/why", aliases: ["/为什么"] },
  { name: "/alerts", aliases: ["/告警"] },
  { name: "/digest", aliases: ["/日报"] },
  { name: "/view", aliases: ["/视图"] },
  { name: "/lang", aliases: ["/语言"] },
  { name: "/audit", aliases: ["/审计"] },
];

export const plannedSubcommands: readonly Word<string>[] = [{ name: "trend", aliases: ["趋势"] }];

function lookup<Name extends string>(words: readonly Word<Name>[]): (word: string) => Name | undefined {
  const found = new Map(words.flatMap(({ name, aliases }) => [name, ...aliases].map((word) => [foldWord(word), name])));
  return (word) => lookUp(found, word);
}

/** The command that a word names, with its slash. */
export const findCommand = lookup(commandNames);
export const findSubcommand = lookup(subcommands);
/** The command of a later version that a word names, with its slash. */
export const findPlannedCommand = lookup(plannedCommands);
export const findPlannedSubcommand = lookup(plannedSubcommands);

const topicOf = lookup(topics.map((name) => ({ name, aliases: [] })));

/** What a word asks help on, with or without a slash: a command, a subcommand, or a filter, which stands with the others. */
export function findTopic(word: string): Topic | undefined {
  const bare = word.replace(/^[/／]/u, "");
  const command = findCommand(`/${bare}`) === "/runtimes" ? "runtimes" : undefined;
  return command ?? findSubcommand(bare) ?? topicOf(bare) ?? (findKey(bare) && "filters");
}

/** Every spelling of some words, for suggestions. */
export function spellings(words: readonly Word<string>[]): readonly string[] {
  return words.flatMap(({ name, aliases }) => [name, ...aliases]);
}
