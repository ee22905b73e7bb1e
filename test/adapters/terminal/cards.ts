import fc from "fast-check";
import type { Block, Button, Card, Colour } from "../../../src/cards/index.ts";

/** A card of these blocks. */
export function card(blocks: readonly Block[], rest: Partial<Card> = {}): Card {
  return {
    header: { title: "Agent runtimes", colour: "green", tags: [] },
    blocks,
    command: undefined,
    locale: "en",
    ...rest,
  };
}

export function button(label: string, command: string): Button {
  return { label, command, role: "other", style: "default" };
}

/** What people would try to do to a terminal, besides ordinary words. */
const hostile = [
  "\u001b[2J\u001b[H",
  "\u001b]0;owned\u0007",
  "\u009b31m",
  "line\nbreak\r\ttab",
  "\u202eright to left\u202c",
  "a\u200bb\ufeffc\u2066d\u2069",
  "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306",
  "研发部的运行时",
  "👩‍👩‍👧‍👦🇨🇳❤️",
  "ᄀ".repeat(40),
  "\ud800",
  "x".repeat(300),
  "\u3164\u115f",
  "فارسی עברית",
];

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ maxLength: 40 }),
  fc.array(fc.constantFrom(...hostile), { maxLength: 3 }).map((parts) => parts.join("")),
);

const anyColour = fc.option(fc.constantFrom<Colour>("green", "orange", "red", "grey", "blue"), { nil: undefined });
const anyFacts = fc.array(fc.record({ label: anyText, value: anyText, colour: anyColour }), { maxLength: 5 });

const anyTable = fc
  .array(fc.record({ key: fc.string(), label: anyText, weight: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((columns) => {
    const cells = fc.array(fc.record({ text: anyText, colour: anyColour }), {
      minLength: columns.length,
      maxLength: columns.length,
    });
    const row = fc.record({ cells, command: fc.constant(undefined), label: anyText, colour: anyColour });
    return fc.record({
      kind: fc.constant("table" as const),
      columns: fc.constant(columns),
      rows: fc.array(row, { maxLength: 5 }),
    });
  });

const anySlice = fc.record({
  label: anyText,
  value: fc.oneof(fc.nat(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5)),
  colour: anyColour,
});

const anyNumber = fc.oneof(fc.nat(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, null));

const anyTimeline = fc.array(anyText, { maxLength: 12 }).chain((times) =>
  fc.record({
    kind: fc.constant("timeline" as const),
    title: anyText,
    times: fc.constant(times),
    series: fc.array(
      fc.record({
        label: anyText,
        values: fc.array(anyNumber, { minLength: times.length, maxLength: times.length }),
        colour: anyColour,
      }),
      { maxLength: 4 },
    ),
  }),
);

const anyPeople = fc.record({
  kind: fc.constant("people" as const),
  label: anyText,
  people: fc.array(fc.record({ name: anyText, id: fc.option(anyText, { nil: undefined }) }), { maxLength: 5 }),
});

const anyMarked = anyText.chain((text) =>
  fc.record({
    kind: fc.constant("marked" as const),
    text: fc.constant(text),
    start: fc.integer({ min: -1, max: text.length + 1 }),
    end: fc.integer({ min: -1, max: text.length + 1 }),
  }),
);

const anyPicker = fc.record({
  label: anyText,
  options: fc.array(fc.record({ label: anyText, command: anyText, selected: fc.boolean() }), { maxLength: 9 }),
});

/** Blocks whose lines all fit the width: there is nothing in them to copy. */
const anyFittingBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant("facts" as const),
    style: fc.constantFrom("headline" as const, "list" as const),
    facts: anyFacts,
  }),
  anyTable,
  fc.record({
    kind: fc.constant("chart" as const),
    shape: fc.constantFrom("donut" as const, "bar" as const),
    title: anyText,
    total: fc.nat(),
    slices: fc.array(anySlice, { maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant("text" as const),
    text: anyText,
    tone: fc.constantFrom("normal" as const, "strong" as const, "small" as const, "warning" as const),
  }),
  anyTimeline,
  anyPeople,
  anyMarked,
  fc.record({ kind: fc.constant("page" as const), page: fc.nat(), pages: fc.nat(), total: fc.nat(), text: anyText }),
  fc.record({ kind: fc.constant("pickers" as const), pickers: fc.array(anyPicker, { maxLength: 3 }) }),
);

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  anyFittingBlock,
  fc.record({ kind: fc.constant("command" as const), text: anyText, note: fc.option(anyText, { nil: undefined }) }),
  fc.record({
    kind: fc.constant("buttons" as const),
    buttons: fc.array(fc.tuple(anyText, anyText).map(([a, b]) => button(a, b))),
  }),
);

function cardsOf(block: fc.Arbitrary<Block>, command: fc.Arbitrary<string | undefined>): fc.Arbitrary<Card> {
  const section = fc.record({
    kind: fc.constant("section" as const),
    title: anyText,
    collapsed: fc.boolean(),
    blocks: fc.array(block, { maxLength: 3 }),
  });
  const tag = fc.record({ text: anyText, colour: fc.constantFrom<Colour>("red", "green") });
  return fc.record({
    header: fc.record({
      title: anyText,
      colour: fc.constantFrom<Colour>("red", "grey"),
      tags: fc.array(tag, { maxLength: 3 }),
    }),
    blocks: fc.array(fc.oneof({ weight: 4, arbitrary: block }, { weight: 1, arbitrary: section }), { maxLength: 5 }),
    command,
    locale: fc.constantFrom("en" as const, "zh" as const),
  });
}

/** Any card with nothing on it to copy. */
export const anyFittingCard = cardsOf(anyFittingBlock, fc.constant(undefined));

/** Any card. */
export const anyCard = cardsOf(anyBlock, fc.option(anyText, { nil: undefined }));
