import type { Card } from "../../src/cards/index.ts";

/** Letters that a terminal obeys instead of showing, but for the line breaks that the layout makes. */
const unseen = /[[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\p{Cc}]--\n]/gv;

/**
 * The card as JSON for programs, as docs/cards.md describes it. What could act on a terminal is written as `\uXXXX`, which
 * means the same to a program. No line break at the end.
 */
export function renderJson(card: Card): string {
  return JSON.stringify(card, null, 2).replace(unseen, escaped);
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
