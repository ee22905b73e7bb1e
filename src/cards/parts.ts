import { type Command, parse, print } from "../commands/index.ts";
import type { Block, Button, Card, Colour, Locale, Tag, TextBlock } from "./card.ts";
import { clip, lengths } from "./clip.ts";
import type { Texts } from "./texts/index.ts";

/** What every card is made with. */
export interface Setting {
  readonly locale: Locale;
  readonly texts: Texts;
}

interface CardParts {
  readonly title: string;
  readonly colour: Colour;
  readonly tags?: readonly Tag[] | undefined;
  readonly blocks: readonly (Block | undefined)[];
  readonly command?: string | undefined;
}

/** A card of the blocks that are there. */
export function card(setting: Setting, parts: CardParts): Card {
  return {
    header: { title: clip(parts.title, lengths.cell), colour: parts.colour, tags: (parts.tags ?? []).slice(0, 3) },
    blocks: parts.blocks.filter((block) => block !== undefined),
    command: parts.command,
    locale: setting.locale,
  };
}

export function text(content: string, tone: TextBlock["tone"] = "normal"): TextBlock {
  return { kind: "text", text: clip(content, lengths.value), tone };
}

export function note(content: string | false | undefined): TextBlock | undefined {
  return content === false || content === undefined ? undefined : text(content, "small");
}

export function tag(content: string, colour: Colour): Tag {
  return { text: clip(content, lengths.label), colour };
}

export function button(
  label: string,
  command: Command | string,
  role: Button["role"] = "other",
  style: Button["style"] = "default",
): Button {
  return {
    label: clip(label, lengths.label),
    command: typeof command === "string" ? command : print(command),
    role,
    style,
  };
}

export function buttons(...all: readonly (Button | false | undefined)[]): Block | undefined {
  const present = all.filter((one) => one !== false && one !== undefined);
  return present.length === 0 ? undefined : { kind: "buttons", buttons: present };
}

/**
 * The canonical text of a command that is made of what the API said; undefined when nothing can be asked for with it, as
 * with a status that no filter knows.
 */
export function askable(command: Command): string | undefined {
  const parsed = parse(print(command));
  return parsed.ok ? print(parsed.command) : undefined;
}

/** The word for a name of the API's; undefined for names that are not in the list, also those that every object has. */
export function wordFor(name: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
