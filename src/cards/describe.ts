import { type Completion, findKey, topics } from "../commands/index.ts";
import type { Locale } from "./card.ts";
import { wordFor } from "./parts.ts";
import { type Texts, textsOf } from "./texts/index.ts";

/** What a word of the grammar means, for the list of suggestions; empty where it says so itself. */
export function describeWord(kind: Completion["kind"], word: string, locale: Locale): string {
  const texts = textsOf(locale);
  switch (kind) {
    case "command":
      return word === "/help" ? texts.labels.help : explained(word.slice(1), texts);
    case "subcommand":
      return wordFor(word, texts.commandWords) ?? explained(word, texts);
    case "key": {
      const key = findKey(word);
      return key === undefined ? "" : texts.keys[key];
    }
    case "value":
      return (
        [texts.desktopStatus, texts.agentStatus, texts.channel]
          .map((words) => wordFor(word, words))
          .find((known) => known !== undefined) ?? ""
      );
  }
}

function explained(word: string, texts: Texts): string {
  const topic = topics.find((one) => one === word);
  return topic === undefined ? "" : texts.help.commands[topic];
}
