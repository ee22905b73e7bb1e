import fc from "fast-check";
import type { Block, Card, Colour } from "../../src/cards/index.ts";

const hugeText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('"', "<", "长", "👩‍👩‍👧‍👦", "\ud800", "\u0000", "\\", "**<at id=all></at>", "a\n", "\u202e"),
      fc.constantFrom(1, 100, 5_000),
    )
    .map(([text, times]) => text.repeat(times)),
);
const anyColour = fc.option(fc.constantFrom<Colour>("green", "orange", "red", "grey", "blue"), { nil: undefined });
const several = <Item>(item: fc.Arbitrary<Item>, most: number) =>
  fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 1, Math.ceil(most / 8), most))
    .map(([items, count]) =>
      Array.from({ length: count }, (_, index) => items[index % items.length]).filter((one) => one !== undefined),
    );

const hugeTable: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant("table" as const),
  columns: several(fc.record({ key: hugeText, label: hugeText, weight: fc.integer({ min: 1, max: 5 }) }), 60),
  rows: several(
    fc.record({
      cells: several(fc.record({ text: hugeText, colour: anyColour }), 60),
      command: fc.option(hugeText, { nil: undefined }),
      label: hugeText,
      colour: anyColour,
    }),
    300,
  ),
});
const slice = fc.record({
  label: hugeText,
  value: fc.double(),
  colour: anyColour,
  command: fc.option(hugeText, { nil: undefined }),
});
const hugeButton = fc.record({
  label: hugeText,
  command: hugeText,
  role: fc.constantFrom("previous" as const, "next" as const, "refresh" as const, "details" as const, "other" as const),
  style: fc.constantFrom("default" as const, "primary" as const, "danger" as const),
});
const hugePicker = fc.record({
  label: hugeText,
  options: several(fc.record({ label: hugeText, command: hugeText, selected: fc.boolean() }), 250),
});

const hugeBlock: fc.Arbitrary<Block> = fc.oneof(
  hugeTable,
  fc.record({
    kind: fc.constant("facts" as const),
    style: fc.constantFrom("headline" as const, "list" as const),
    facts: several(fc.record({ label: hugeText, value: hugeText, colour: anyColour }), 300),
  }),
  fc.record({
    kind: fc.constant("chart" as const),
    shape: fc.constantFrom("donut" as const, "bar" as const),
    title: hugeText,
    total: fc.nat(),
    slices: several(slice, 250),
  }),
  fc.record({
    kind: fc.constant("timeline" as const),
    title: hugeText,
    times: several(hugeText, 300),
    series: several(
      fc.record({ label: hugeText, values: several(fc.option(fc.double()), 300), colour: anyColour }),
      60,
    ),
  }),
  fc.record({
    kind: fc.constant("people" as const),
    label: hugeText,
    people: several(fc.record({ name: hugeText, id: fc.option(hugeText, { nil: undefined }) }), 300),
  }),
  fc.record({ kind: fc.constant("buttons" as const), buttons: several(hugeButton, 120) }),
  fc.record({ kind: fc.constant("pickers" as const), pickers: several(hugePicker, 40) }),
  fc.record({
    kind: fc.constant("marked" as const),
    text: hugeText,
    start: fc.integer({ min: -5, max: 6_000 }),
    end: fc.integer({ min: -5, max: 6_000 }),
  }),
  fc.record({ kind: fc.constant("command" as const), text: hugeText, note: fc.option(hugeText, { nil: undefined }) }),
  fc.record({
    kind: fc.constant("text" as const),
    text: hugeText,
    tone: fc.constantFrom("normal" as const, "strong" as const),
  }),
);

const { block: anyBlock } = fc.letrec<{ block: Block; section: Block }>((tie) => ({
  block: fc.oneof({ depthSize: "small", withCrossShrink: true }, hugeBlock, tie("section")),
  section: fc.record({
    kind: fc.constant("section" as const),
    title: hugeText,
    collapsed: fc.boolean(),
    blocks: fc.array(tie("block"), { maxLength: 3 }),
  }),
}));

/** A card with more of everything than any channel shows, of long and hostile texts. */
export const hugeCard: fc.Arbitrary<Card> = fc.record({
  header: fc.record({
    title: hugeText,
    colour: fc.constantFrom<Colour>("red", "grey"),
    tags: several(fc.record({ text: hugeText, colour: fc.constantFrom<Colour>("red", "grey") }), 5),
  }),
  blocks: fc.array(anyBlock, { maxLength: 5 }),
  command: fc.constant(undefined),
  locale: fc.constantFrom("en" as const, "zh" as const),
});
