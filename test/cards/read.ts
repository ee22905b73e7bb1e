import type { Block, Button, Card, ChartBlock, Fact, Picker, TableBlock } from "../../src/cards/index.ts";

/** Every block of a card, those in sections included. */
function blocksOf(card: Card): readonly Block[] {
  const flat = (blocks: readonly Block[]): readonly Block[] =>
    blocks.flatMap((block) => (block.kind === "section" ? [block, ...flat(block.blocks)] : [block]));
  return flat(card.blocks);
}

export function blocksOfKind<Kind extends Block["kind"]>(
  card: Card,
  kind: Kind,
): readonly Extract<Block, { kind: Kind }>[] {
  return blocksOf(card).filter((block): block is Extract<Block, { kind: Kind }> => block.kind === kind);
}

export function buttonsOf(card: Card): readonly Button[] {
  return blocksOfKind(card, "buttons").flatMap(({ buttons }) => buttons);
}

/** What a button runs; undefined when there is no such button. */
export function pressOf(card: Card, label: string): string | undefined {
  return buttonsOf(card).find((button) => button.label === label)?.command;
}

export function pickerOf(card: Card, label: string): Picker {
  const picker = blocksOfKind(card, "pickers")
    .flatMap(({ pickers }) => pickers)
    .find((one) => one.label === label);
  if (picker === undefined) {
    throw new Error(`The card has no picker ${label}.`);
  }
  return picker;
}

export function tableOf(card: Card): TableBlock {
  const [table] = blocksOfKind(card, "table");
  if (table === undefined) {
    throw new Error("The card has no table.");
  }
  return table;
}

export function chartOf(card: Card, title: string): ChartBlock | undefined {
  return blocksOfKind(card, "chart").find((chart) => chart.title === title);
}

export function headlineOf(card: Card): readonly string[] {
  return blocksOfKind(card, "facts")
    .filter(({ style }) => style === "headline")
    .flatMap(({ facts }) => facts.map(({ label, value }) => `${value} ${label}`));
}

export function factsOf(card: Card): readonly Fact[] {
  return blocksOfKind(card, "facts").flatMap(({ facts }) => facts);
}

/** What stands in text blocks. */
export function sentencesOf(card: Card): readonly string[] {
  return blocksOfKind(card, "text").map(({ text }) => text);
}

/** Every command that a card carries, wherever it stands. */
export function commandsOf(card: Card): readonly string[] {
  const inBlock = (block: Block): readonly (string | undefined)[] => {
    switch (block.kind) {
      case "table":
        return block.rows.map(({ command }) => command);
      case "chart":
        return block.slices.map(({ command }) => command);
      case "command":
        return [block.text];
      case "buttons":
        return block.buttons.map(({ command }) => command);
      case "pickers":
        return block.pickers.flatMap(({ options }) => options.map(({ command }) => command));
      default:
        return [];
    }
  };
  return [card.command, ...blocksOf(card).flatMap(inBlock)].filter((command) => command !== undefined);
}

/** Every text that a person reads on a card: all but the commands that stand behind what can be pressed. */
export function wordsOf(card: Card): readonly string[] {
  const { header } = card;
  const inBlock = (block: Block): readonly string[] => {
    switch (block.kind) {
      case "facts":
        return block.facts.flatMap(({ label, value }) => [label, value]);
      case "table":
        return [
          ...block.columns.map(({ label }) => label),
          ...block.rows.flatMap(({ cells, label }) => [label, ...cells.map(({ text }) => text)]),
        ];
      case "timeline":
        return [block.title, ...block.times, ...block.series.map(({ label }) => label)];
      case "people":
        return [block.label, ...block.people.map(({ name }) => name)];
      case "chart":
        return [block.title, ...block.slices.map(({ label }) => label)];
      case "buttons":
        return block.buttons.map(({ label }) => label);
      case "pickers":
        return block.pickers.flatMap(({ label, options }) => [label, ...options.map((option) => option.label)]);
      case "section":
        return [block.title];
      case "command":
        return block.note === undefined ? [] : [block.note];
      case "text":
      case "marked":
      case "page":
        return [block.text];
    }
  };
  return [header.title, ...header.tags.map(({ text }) => text), ...blocksOf(card).flatMap(inBlock)];
}
