import {
  type Block,
  type CommandBlock,
  deepest,
  type FactsBlock,
  fewerBlocks,
  firstOf,
  type MarkedBlock,
  type SectionBlock,
  type TextBlock,
} from "../../../src/cards/index.ts";
import { markedParts, plain } from "../../../src/platform/index.ts";
import { type Drawing, leaveOut, shown } from "./drawing.ts";
import { legendLine } from "./legend.ts";
import { renderLimits } from "./limits.ts";
import { bold, coloured, copyable, escaped, small } from "./markup.ts";
import { peopleParagraphs } from "./people.ts";
import { tableParagraphs } from "./table.ts";
import { timelineParagraphs } from "./timeline.ts";

/** The blocks as paragraphs of markdown, from top to bottom. Buttons and pickers stand below the text: see `buttons.ts`. */
export function blockParagraphs(blocks: readonly Block[], drawing: Drawing, depth = 0): readonly string[] {
  return fewerBlocks(blocks, drawing).flatMap((block) => paragraphsOf(block, drawing, depth));
}

function paragraphsOf(block: Block, drawing: Drawing, depth: number): readonly string[] {
  switch (block.kind) {
    case "facts":
      return block.style === "headline" ? headline(block, drawing) : list(block, drawing);
    case "table":
      return tableParagraphs(block, drawing);
    case "chart":
      return [legendLine(block, drawing)];
    case "timeline":
      return timelineParagraphs(block, drawing);
    case "people":
      return peopleParagraphs(block, drawing);
    case "text":
      return [textParagraph(block, drawing)];
    case "marked":
      return [markedParagraph(block, drawing)];
    case "command":
      return commandParagraphs(block, drawing);
    case "page":
      return [small(escaped(shown(block.text, drawing.plan.text, drawing)), drawing.plan.sizes)];
    case "section":
      return sectionParagraphs(block, drawing, depth);
    case "buttons":
    case "pickers":
      return [];
  }
}

/** Side by side, the values before their labels. */
function headline({ facts }: FactsBlock, drawing: Drawing): readonly string[] {
  const text = (content: string) => escaped(shown(content, Math.min(drawing.plan.text, renderLimits.label), drawing));
  const all = firstOf(facts, drawing).map(({ label, value, colour }) =>
    coloured(`${bold(text(value))} ${text(label)}`, colour),
  );
  return all.length === 0 ? [] : [all.join(" · ")];
}

/** One a line. */
function list({ facts }: FactsBlock, drawing: Drawing): readonly string[] {
  const text = (content: string) => escaped(shown(content, drawing.plan.text, drawing));
  const all = firstOf(facts, drawing).map(({ label, value, colour }) =>
    drawing.texts.fact(text(label), coloured(text(value), colour)),
  );
  return all.length === 0 ? [] : [all.join(drawing.lineBreak)];
}

function textParagraph({ text, tone }: TextBlock, drawing: Drawing): string {
  const content = escaped(shown(text, drawing.plan.text, drawing));
  switch (tone) {
    case "normal":
      return content;
    case "small":
      return small(content, drawing.plan.sizes);
    case "warning":
      return coloured(`⚠ ${content}`, "orange");
    case "strong":
      return coloured(bold(content), strongColour(drawing));
  }
}

/** The template's head has no colour: what a card says loudest has it, where the colour says that something is wrong. */
function strongColour({ card: { header } }: Drawing): "red" | "orange" | undefined {
  return header.colour === "red" || header.colour === "orange" ? header.colour : undefined;
}

/** The place in red and between quotation marks, which also show on a place of blanks. */
function markedParagraph(block: MarkedBlock, drawing: Drawing): string {
  const { before, mark, after, cut } = markedParts(block, drawing.plan.text);
  drawing.leftOut.texts ||= cut;
  const place = mark.trim() === "" ? "▲" : `«${escaped(mark)}»`;
  return `${escaped(before).trimStart()}${coloured(place, "red")}${escaped(after).trimEnd()}`;
}

/** A command to copy: in full or not at all, as a part of a command is another command. */
function commandParagraphs({ text, note }: CommandBlock, drawing: Drawing): readonly string[] {
  const { plan, card, leftOut, lineBreak } = drawing;
  const below = note === undefined ? [] : [small(escaped(shown(note, plan.text, drawing)), plan.sizes)];
  const command = plain(text).trim();
  const fits = command.length <= plan.copied;
  leftOut.entries ||= !fits;
  const lines = command !== "" && fits ? [commandLine(command, text === card.command, plan.sizes), ...below] : below;
  return lines.length === 0 ? [] : [lines.join(lineBreak)];
}

/** The card's own command is there for those who look for it; any other is what the card is about. */
function commandLine(command: string, own: boolean, sized: boolean): string {
  return own ? small(copyable(command), sized) : coloured(copyable(command), "blue");
}

function sectionParagraphs(block: SectionBlock, drawing: Drawing, depth: number): readonly string[] {
  const { sections } = drawing.plan;
  if (depth >= deepest || sections === "none" || (sections === "open" && block.collapsed)) {
    leaveOut(block, drawing);
    return [];
  }
  const paragraphs = blockParagraphs(block.blocks, drawing, depth + 1);
  const title = escaped(shown(block.title, Math.min(drawing.plan.text, renderLimits.title), drawing));
  return paragraphs.length === 0 ? [] : [`#### ${title}`, ...paragraphs];
}
