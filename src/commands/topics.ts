import { type Topic, topics } from "./command.ts";
import { findKey, isOption } from "./keys.ts";
import { foldWord, lookUp, nearestWord } from "./nearest.ts";
import type { OptionKey } from "./options.ts";
import { type CommandName, commandNames, findCommand, findSubcommand, spellings, subcommands } from "./words.ts";

const topicOfCommand: Readonly<Record<Exclude<CommandName, "/help">, Topic>> = {
  "/runtimes": "runtimes",
  "/why": "why",
  "/alerts": "alerts",
  "/digest": "digest",
  "/view": "view",
  "/lang": "lang",
  "/audit": "audit",
};

/** Words that only one of the commands with words of their own knows. */
const topicOfWord: ReadonlyMap<string, Topic> = new Map([
  ...["ack", "acknowledge", "确认", "mute", "静音", "unmute", "取消静音"].map((word): [string, Topic] => [
    word,
    "alerts",
  ]),
  ...topics.map((topic): [string, Topic] => [foldWord(topic), topic]),
]);

/** Where a key is explained that is no filter and does not belong to a list. */
const topicOfOption: Readonly<Partial<Record<OptionKey, Topic>>> = {
  view: "view",
  days: "trend",
  for: "alerts",
  at: "digest",
  tz: "digest",
  until: "audit",
};

/** The words that help can be asked about, with their spellings. */
export const topicWords: readonly { readonly name: Topic; readonly aliases: readonly string[] }[] = topics.map(
  (name) => {
    const command = commandNames.find((word) => word.name === `/${name}`);
    const aliases: readonly string[] = command?.aliases.map((alias) => alias.slice(1)) ?? aliasesOf(name);
    return { name, aliases };
  },
);

function aliasesOf(topic: Topic): readonly string[] {
  return subcommands.find(({ name }) => name === topic)?.aliases ?? [];
}

/** What a word asks help on, with or without a slash: a command, a subcommand, or a filter, which stands with the others. */
export function findTopic(word: string): Topic | undefined {
  const bare = word.replace(/^[/／]/u, "");
  const command = findCommand(`/${bare}`);
  if (command !== undefined && command !== "/help") {
    return topicOfCommand[command];
  }
  return findSubcommand(bare) ?? lookUp(topicOfWord, bare) ?? topicOfKey(bare);
}

function topicOfKey(word: string): Topic | undefined {
  const key = findKey(word);
  return key === undefined ? undefined : ((isOption(key) ? topicOfOption[key] : undefined) ?? "filters");
}

/** The topic that was most likely meant. */
export function nearestTopic(word: string): string | undefined {
  return nearestWord(word, spellings(topicWords));
}
