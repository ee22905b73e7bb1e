import { type Card, type FactsBlock, withInner } from "../../../src/cards/index.ts";
import { renderLimits } from "./limits.ts";
import { inert, oneLine } from "./markup.ts";

/** The parts of a card as plain texts, for heads, notifications, and an operator's own template. */
export interface Variables {
  readonly title: string;
  /** The title, and the numbers or else the first words. */
  readonly summary: string;
  /** The numbers of a card; empty where it has none. */
  readonly headline: string;
  /** Where a list stands; empty for other cards. */
  readonly page: string;
  /** The command that made the card; empty where it could not be copied from every kind of text. */
  readonly command: string;
}

export function variablesOf({ header, blocks, command }: Card): Variables {
  const all = [...withInner(blocks)];
  const facts = all.find((block) => block.kind === "facts" && block.style === "headline");
  const text = all.find((block) => block.kind === "text");
  const page = all.find(({ kind }) => kind === "page");
  const headline = facts?.kind === "facts" ? numbersOf(facts) : "";
  const rest = headline !== "" ? headline : text?.kind === "text" ? text.text : "";
  return {
    title: shown(header.title, renderLimits.title) || "–",
    summary: shown(rest === "" ? header.title : `${header.title}: ${rest}`, renderLimits.title) || "–",
    headline: shown(headline, renderLimits.headline),
    page: page?.kind === "page" ? shown(page.text, renderLimits.title) : "",
    command: command !== undefined && isPlainAnywhere(command) ? command : "",
  };
}

const mostNumbers = 8;

function numbersOf({ facts }: FactsBlock): string {
  return facts
    .slice(0, mostNumbers)
    .map(({ label, value }) => `${oneLine(value, renderLimits.label)} ${oneLine(label, renderLimits.label)}`.trim())
    .join(" · ");
}

function shown(text: string, limit: number): string {
  return inert(oneLine(text, limit));
}

/** A look-alike in a command would make it another one. What is left has no markup, no mention and no address in it. */
function isPlainAnywhere(command: string): boolean {
  return (
    command.length <= renderLimits.headline && /^\/[\p{L}\p{N} =,"/.-]*$/u.test(command) && inert(command) === command
  );
}
