import { pressables } from "../../platforms/lark/index.ts";

/** What a card says in its title. */
export function titleOf(content: string): string {
  const card: { header?: { title?: { content?: string } } } = JSON.parse(content);
  return card.header?.title?.content ?? "";
}

/** All words of a card, one text a line. */
export function wordsOf(content: string): string {
  return texts(JSON.parse(content)).join("\n");
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** What can be pressed, and the options of pickers. */
export function labelsOf(content: string): readonly string[] {
  return pressables(content).map(({ label }) => label);
}

/** What an option or a button of a card runs, whose text begins so. */
export function commandsOf(content: string, start: string): readonly string[] {
  const all = pressables(content).flatMap(({ options, value }) => [
    ...options.map((option) => option.value),
    ...texts(value),
  ]);
  return all.filter((text) => text.startsWith(start));
}
