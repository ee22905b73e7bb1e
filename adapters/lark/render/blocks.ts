import {
  type Block,
  type ChartBlock,
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
import { renderLimits } from "../limits.ts";
import { chartElement, slicePickers } from "./chart.ts";
import { buttonElements, pickerElements } from "./controls.ts";
import { type Drawing, leaveOut, shown } from "./drawing.ts";
import { coloured, type Element, line, markdown, plainNode, sideBySide } from "./element.ts";
import { escaped } from "./inert.ts";
import { peopleElements } from "./people.ts";
import { tableElements } from "./table.ts";
import { timelineElement } from "./timeline.ts";

/** Where blocks stand: how deep in sections, and whether that is the root of the body for Lark. */
export interface Place {
  readonly depth: number;
  readonly root: boolean;
}

/** The blocks as elements, from top to bottom. */
export function blockElements(blocks: readonly Block[], drawing: Drawing, place: Place): readonly Element[] {
  return fewerBlocks(blocks, drawing).flatMap((block, index, all) => {
    const elements = elementsOf(block, drawing, place);
    return block.kind === "chart" && all[index + 1]?.kind !== "chart"
      ? [...elements, ...drillElements(chartsUpTo(all, index), drawing)]
      : elements;
  });
}

/** The charts that stand one after the other up to this place. */
function chartsUpTo(blocks: readonly Block[], last: number): readonly ChartBlock[] {
  const first = blocks.slice(0, last + 1).findLastIndex(({ kind }) => kind !== "chart") + 1;
  return blocks.slice(first, last + 1).filter((block) => block.kind === "chart");
}

function drillElements(charts: readonly ChartBlock[], drawing: Drawing): readonly Element[] {
  const pickers = slicePickers(charts, drawing);
  return pickers.length === 0 ? [] : pickerElements({ kind: "pickers", pickers }, drawing);
}

function elementsOf(block: Block, drawing: Drawing, place: Place): readonly Element[] {
  switch (block.kind) {
    case "facts":
      return block.style === "headline" ? headline(block, drawing) : list(block, drawing);
    case "table":
      return tableElements(block, drawing, place.root);
    case "chart":
      return [chartElement(block, drawing)];
    case "timeline":
      return [timelineElement(block, drawing)];
    case "people":
      return peopleElements(block, drawing);
    case "text":
      return [textElement(block, drawing)];
    case "marked":
      return [markedElement(block, drawing)];
    case "command":
      return commandElements(block, drawing);
    case "page":
      return [line(shown(block.text, drawing.plan.text, drawing), { size: "notation", colour: "grey" })];
    case "buttons":
      return buttonElements(block, drawing);
    case "pickers":
      return pickerElements(block, drawing);
    case "section":
      return sectionElements(block, drawing, place);
  }
}

/** Values large, labels small below them. */
function headline({ facts }: FactsBlock, drawing: Drawing): readonly Element[] {
  const limit = Math.min(drawing.plan.text, renderLimits.label);
  const cells = firstOf(facts, drawing).map(({ label, value, colour }) => [
    line(shown(value, limit, drawing), { size: "heading-2", colour }),
    line(shown(label, limit, drawing), { size: "notation", colour: "grey" }),
  ]);
  return [sideBySide(cells, "extra_large")].filter((element) => element !== undefined);
}

/** One a line; all in one element, as a card has room for few. */
function list({ facts }: FactsBlock, drawing: Drawing): readonly Element[] {
  const text = (content: string) => escaped(shown(content, drawing.plan.text, drawing).trim());
  const lines = firstOf(facts, drawing).map(
    ({ label, value, colour }) => `${coloured(text(label), "grey")}  ${coloured(text(value), colour)}`,
  );
  return lines.length === 0 ? [] : [markdown(lines.join("\n"))];
}

function textElement({ text, tone }: TextBlock, drawing: Drawing): Element {
  const content = shown(text, drawing.plan.text, drawing);
  switch (tone) {
    case "normal":
      return line(content);
    case "small":
      return line(content, { size: "notation", colour: "grey" });
    case "warning":
      return line(`⚠ ${content}`, { colour: "orange" });
    case "strong":
      return markdown(bold(content));
  }
}

function bold(content: string): string {
  return `**${escaped(content.trim())}**`;
}

/** The place in red, and bold where markdown can be sure of it: beside a letter or a digit. */
function markedElement(block: MarkedBlock, drawing: Drawing): Element {
  const { before, mark, after, cut } = markedParts(block, drawing.plan.text);
  drawing.leftOut.texts ||= cut;
  const place = mark.trim() === "" ? "▲" : escaped(mark);
  const sure = /^[\p{L}\p{N}]$/u.test(mark) || /^[\p{L}\p{N}].*[\p{L}\p{N}]$/u.test(mark);
  return markdown(`${escaped(before).trimStart()}${coloured(sure ? `**${place}**` : place, "red")}${escaped(after)}`);
}

/** What is as plain within marks of code as without: no sign of a tag, an entity, a mention or an address, and no such mark. */
const plainCode = /^(?!.*:(\/\/|\w+:))[^`<>&@\\$[\]]*$/;

/** The command as code where that is inert, so that it stands out and can be copied as it is; otherwise as plain text. */
function commandElements({ text, note }: CommandBlock, drawing: Drawing): readonly Element[] {
  const command = plain(text).trim();
  const below =
    note === undefined ? [] : [line(shown(note, drawing.plan.text, drawing), { size: "notation", colour: "grey" })];
  if (command === "") {
    return below;
  }
  // A part of a command is another command.
  if (command.length > drawing.plan.copied) {
    drawing.leftOut.entries = true;
    return below;
  }
  return [plainCode.test(command) ? markdown(`\`${command}\``) : line(command, { colour: "blue" }), ...below];
}

function sectionElements(block: SectionBlock, drawing: Drawing, { depth, root }: Place): readonly Element[] {
  const { sections } = drawing.plan;
  if (depth >= deepest || sections === "none" || (sections === "open" && block.collapsed)) {
    leaveOut([block], drawing);
    return [];
  }
  const folded = block.collapsed && root;
  const elements = blockElements(block.blocks, drawing, { depth: depth + 1, root: root && !folded });
  const title = shown(block.title, renderLimits.title, drawing);
  if (elements.length === 0) {
    return [];
  }
  return folded ? [panel(title, elements)] : [markdown(bold(title)), ...elements];
}

function panel(title: string, elements: readonly Element[]): Element {
  return {
    tag: "collapsible_panel",
    expanded: false,
    header: {
      title: plainNode(title),
      icon: { tag: "standard_icon", token: "down-small-ccm_outlined", color: "grey", size: "16px 16px" },
      icon_position: "right",
      icon_expanded_angle: -180,
    },
    border: { color: "grey", corner_radius: "5px" },
    padding: "8px",
    vertical_spacing: "8px",
    elements,
  };
}
