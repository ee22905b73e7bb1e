import { foldWord, lookUp, nearestWord } from "./nearest.ts";
import { alertsWords, digestWords, languages, spellings, subcommands, viewWords, type Word } from "./words.ts";

/** Commands with the words that follow them; where a word follows several, the one that is meant most often comes first. */
const followers: readonly (readonly [command: string, words: readonly Word<string>[]])[] = [
  ["/runtimes", subcommands],
  ["/alerts", alertsWords],
  ["/digest", digestWords],
  ["/view", viewWords],
  ["/lang", languages],
];

/** What `/runtimes` does without a word, and people write with one; a view's list is rarely meant. */
const plainList: Word<string> = { name: "list", aliases: ["列表"] };

const commandsOf: ReadonlyMap<string, readonly string[]> = byWord();

function byWord(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const add = (word: string, command: string): void => {
    found.set(foldWord(word), [...(found.get(foldWord(word)) ?? []), command]);
  };
  for (const word of spellings([plainList])) {
    add(word, "/runtimes");
  }
  for (const [command, words] of followers) {
    for (const { name, aliases } of words) {
      for (const word of [name, ...aliases]) {
        add(word, `${command} ${name}`);
      }
    }
  }
  return found;
}

/** The commands that go on with this word, whole: `export` → `/runtimes export`; those that are meant most often first. */
export function commandsWith(word: string): readonly string[] {
  return lookUp(commandsOf, word) ?? [];
}

/** The same for the word that was most likely meant. */
export function commandsWithNearest(word: string): readonly string[] {
  const near = nearestWord(word, [...commandsOf.keys()]);
  return near === undefined ? [] : commandsWith(near);
}
