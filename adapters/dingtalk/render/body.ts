import type { Block, Card } from "../../../src/cards/index.ts";
import type { Pictured } from "../palette.ts";
import { blockParagraphs } from "./blocks.ts";
import { createDrawing, type Drawing, type LeftOut, type Medium, shown } from "./drawing.ts";
import { renderLimits } from "./limits.ts";
import { coloured, escaped, small } from "./markup.ts";
import type { Plan } from "./plans.ts";

/** The text of a card drawn by a plan, and what that left out. */
export interface Body {
  readonly markdown: string;
  readonly pictured: readonly Pictured[];
  readonly leftOut: Readonly<LeftOut>;
}

/**
 * All that is read of a card, below its title.
 *
 * @param fewerButtons whether some of the card's buttons are left out
 */
export function drawBody(card: Card, plan: Plan, medium: Medium, fewerButtons: boolean): Body {
  const drawing = createDrawing(card, plan, medium);
  drawing.leftOut.buttons = fewerButtons;
  const paragraphs = [...tagLine(card, drawing), ...blockParagraphs(warningsFirst(card.blocks), drawing)];
  const { leftOut, pictured } = drawing;
  return { markdown: [...paragraphs, ...leftOutNote(drawing)].join("\n\n"), pictured, leftOut };
}

/** A card that has its numbers in facts says the same in its tags. */
function tagLine({ header: { tags }, blocks }: Card, drawing: Drawing): readonly string[] {
  if (tags.length === 0 || headlineOf(blocks) !== undefined) {
    return [];
  }
  const limit = Math.min(drawing.plan.text, renderLimits.label);
  const shownTags = tags.slice(0, renderLimits.tags);
  return [shownTags.map(({ text, colour }) => coloured(escaped(shown(text, limit, drawing)), colour)).join(" · ")];
}

function headlineOf(blocks: readonly Block[]) {
  return blocks.find((block) => block.kind === "facts" && block.style === "headline");
}

/** On a phone, what stands after a list is not seen: a warning comes before it. */
function warningsFirst(blocks: readonly Block[]): readonly Block[] {
  const list = blocks.findIndex(({ kind }) => kind === "table");
  const isLate = (block: Block, place: number) => place > list && block.kind === "text" && block.tone === "warning";
  const late = list < 0 ? [] : blocks.filter(isLate);
  return late.length === 0
    ? blocks
    : [...blocks.slice(0, list), ...late, ...blocks.slice(list).filter((block) => !late.includes(block))];
}

function leftOutNote({ leftOut, texts, plan }: Drawing): readonly string[] {
  const what = [
    ...(leftOut.texts ? [texts.shortened] : []),
    ...(leftOut.columns.size > 0 ? [texts.columns([...leftOut.columns])] : []),
    ...(leftOut.sections ? [texts.sections] : []),
    ...(leftOut.entries ? [texts.entries] : []),
    ...(leftOut.buttons ? [texts.buttons] : []),
  ];
  return what.length === 0 ? [] : [small(escaped(texts.leftOut(what)), plan.sizes)];
}
