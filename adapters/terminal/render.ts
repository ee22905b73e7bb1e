import type {
  Block,
  ButtonsBlock,
  Card,
  CardHeader,
  CommandBlock,
  FactsBlock,
  PickersBlock,
  SectionBlock,
  TextBlock,
} from "../../src/cards/index.ts";
import { chartLines } from "./chart.ts";
import { inert } from "./inert.ts";
import { indented, type Line, line, printed, type Span } from "./line.ts";
import { markedLines } from "./marked.ts";
import { peopleLines } from "./people.ts";
import { tableLines } from "./table.ts";
import { timelineLines } from "./timeline.ts";
import { pad, widthOf, wrap } from "./width.ts";

/** How a card is to look. */
export interface TextOptions {
  /** Columns of the terminal; at least 20 are used. */
  readonly width: number;
  /** Whether to use ANSI colours. */
  readonly colour: boolean;
}

const narrowest = 20;
const indent = 2;
const longestLabel = 28;

/**
 * The card as text for a terminal, without a line break at the end. No line is wider than `width` but those that are for
 * copying: commands and buttons. Whatever the card's texts contain, the output has no control characters but line breaks
 * and the colours' own.
 */
export function renderText(card: Card, { width, colour }: TextOptions): string {
  const room = Math.max(narrowest, width);
  const lines = [headerLine(card.header), ...blocksLines(card.blocks, room), ...footerLines(card)];
  return lines.map((one) => printed(one, room, colour)).join("\n");
}

function headerLine({ title, colour, tags }: CardHeader): Line {
  const shown = tags.flatMap((tag): readonly Span[] => [
    { text: "  " },
    { text: `[${inert(tag.text)}]`, colour: tag.colour },
  ]);
  return line({ text: inert(title), colour, weight: "bold" }, ...shown);
}

/** The card's own command, where no block shows it already. */
function footerLines({ command, blocks }: Card): readonly Line[] {
  if (command === undefined || blocks.some((block) => block.kind === "command" && block.text === command)) {
    return [];
  }
  return [line(""), { spans: [{ text: inert(command), weight: "dim" }], whole: true }];
}

function blocksLines(blocks: readonly Block[], width: number): readonly Line[] {
  return blocks.flatMap((block, index) => {
    const lines = blockLines(block, width);
    return lines.length > 0 && !clings(block, blocks[index - 1]) ? [line(""), ...lines] : lines;
  });
}

/** Whether a block stands right under what is before it. */
function clings(block: Block, previous: Block | undefined): boolean {
  if (previous === undefined) {
    return block.kind === "text" || (block.kind === "facts" && block.style === "headline");
  }
  switch (block.kind) {
    case "page":
      return true;
    case "pickers":
    case "buttons":
      return previous.kind === "buttons" || previous.kind === "pickers";
    case "text":
      return previous.kind === "text" || block.tone === "small";
    default:
      return false;
  }
}

function blockLines(block: Block, width: number): readonly Line[] {
  switch (block.kind) {
    case "facts":
      return block.style === "headline" ? headlineLines(block, width) : listLines(block, width);
    case "table":
      return tableLines(block, width);
    case "chart":
      return chartLines(block, width);
    case "timeline":
      return timelineLines(block, width);
    case "people":
      return peopleLines(block, width);
    case "text":
      return textLines(block, width);
    case "marked":
      return markedLines(block, width - indent).map((one) => indented(one, indent));
    case "command":
      return commandLines(block, width);
    case "page":
      return wrap(inert(block.text), width).map((text) => line({ text, weight: "dim" }));
    case "buttons":
      return buttonLines(block);
    case "pickers":
      return pickerLines(block, width);
    case "section":
      return sectionLines(block, width);
  }
}

function headlineLines({ facts }: FactsBlock, width: number): readonly Line[] {
  const spans = facts.map(
    ({ label, value, colour }): Span => ({
      text: [value, label].map(inert).join(" ").trim(),
      colour,
      weight: "bold",
    }),
  );
  return flowed(spans, width, 0);
}

function listLines({ facts }: FactsBlock, width: number): readonly Line[] {
  const labels = facts.map(({ label }) => `${inert(label)}:`);
  const column = Math.max(0, ...labels.map(widthOf).filter((one) => one <= longestLabel)) + 1;
  return facts.flatMap(({ value, colour }, index) => {
    const label = labels[index] ?? "";
    const beside = widthOf(label) < column && width - column >= narrowest / 2;
    const values = wrap(inert(value), width - (beside ? column : indent));
    const lines = values.map((text) => indented(line({ text, colour }), beside ? column : indent));
    return beside
      ? [line({ text: pad(label, column), weight: "dim" }, { text: values[0] ?? "", colour }), ...lines.slice(1)]
      : [line({ text: label, weight: "dim" }), ...lines];
  });
}

function textLines({ text, tone }: TextBlock, width: number): readonly Line[] {
  const style = {
    normal: {},
    strong: { weight: "bold" },
    small: { weight: "dim" },
    warning: { colour: "orange" },
  } as const;
  const shown = tone === "warning" ? `⚠ ${inert(text)}` : inert(text);
  return wrap(shown, width).map((one) => line({ text: one, ...style[tone] }));
}

function commandLines({ text, note }: CommandBlock, width: number): readonly Line[] {
  const notes = note === undefined ? [] : wrap(inert(note), width - 2 * indent);
  return [
    indented({ spans: [{ text: inert(text), colour: "blue" }], whole: true }, indent),
    ...notes.map((one) => indented(line({ text: one, weight: "dim" }), 2 * indent)),
  ];
}

function buttonLines({ buttons }: ButtonsBlock): readonly Line[] {
  return buttons.map(({ label, command, style }) => ({
    spans: [
      { text: `${inert(label)}: `, weight: "bold", colour: style === "danger" ? "red" : undefined },
      { text: inert(command) },
    ],
    whole: true,
  }));
}

function pickerLines({ pickers }: PickersBlock, width: number): readonly Line[] {
  return pickers.flatMap(({ label, options }) => {
    const heading = `${inert(label)}: `;
    const spans = options.map(
      ({ label: option, selected }): Span => ({
        text: selected ? `${inert(option)}*` : inert(option),
        weight: selected ? "bold" : undefined,
      }),
    );
    const [first, ...rest] = flowed(spans, width, widthOf(heading));
    return [line({ text: heading, weight: "dim" }, ...(first?.spans ?? [])), ...rest];
  });
}

function sectionLines({ title, blocks }: SectionBlock, width: number): readonly Line[] {
  const inner = blocksLines(blocks, Math.max(narrowest, width - indent));
  const [first, ...rest] = inner;
  // The heading is enough of a distance.
  const body = first?.spans.every(({ text }) => text === "") ? rest : inner;
  return [line({ text: inert(title), weight: "bold" }), ...body.map((one) => indented(one, indent))];
}

/** Pieces side by side with dots between them, on as many lines as they need; the first line has `taken` columns less. */
function flowed(spans: readonly Span[], width: number, taken: number): readonly Line[] {
  const dot: Span = { text: " · ", weight: "dim" };
  const lines: Span[][] = [];
  let used = 0;
  for (const span of spans) {
    const current = lines.at(-1);
    const needs = widthOf(span.text) + widthOf(dot.text);
    if (current === undefined || used + needs > width) {
      used = (current === undefined ? taken : indent) + widthOf(span.text);
      lines.push(current === undefined ? [span] : [{ text: " ".repeat(indent) }, span]);
    } else {
      current.push(dot, span);
      used += needs;
    }
  }
  return lines.map((pieces) => line(...pieces));
}
