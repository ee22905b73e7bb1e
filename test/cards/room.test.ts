import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, fewerBlocks, firstOf, keptColumns, rowsToShow, type TableBlock } from "../../src/cards/index.ts";
import type { Room } from "../../src/cards/room.ts";

function roomFor(plan: Partial<Room["plan"]>): Room {
  return {
    plan: { columns: 50, entries: 50, rows: 50, ...plan },
    leftOut: { columns: new Set(), entries: false, rows: 0 },
    rows: 0,
  };
}

/** A table of as many rows, with columns of these weights named by their places; those in `coloured` have a colour. */
function tableOf(weights: readonly number[], { rows = 1, coloured = [] as readonly number[] } = {}): TableBlock {
  const cells = weights.map((_, place) => ({
    text: `cell ${place}`,
    colour: coloured.includes(place) ? ("green" as const) : undefined,
  }));
  return {
    kind: "table",
    columns: weights.map((weight, place) => ({ key: `k${place}`, label: `label ${place}`, weight })),
    rows: Array.from({ length: rows }, (_, row) => ({ cells, command: undefined, label: `row ${row}` })),
  };
}

const asIs = (label: string) => label;

describe("the columns of a table", () => {
  test("all stay where there is room", () => {
    const room = roomFor({ columns: 3 });
    expect(keptColumns(tableOf([1, 1, 1]), room, asIs)).toEqual([0, 1, 2]);
    expect(room.leftOut.columns).toEqual(new Set());
  });

  test("go by what they say: the first stays, then those with colours, then the last, then what wants much room", () => {
    const table = tableOf([1, 1, 5, 2, 1], { coloured: [1] });
    const kept = (columns: number) => keptColumns(table, roomFor({ columns }), asIs);
    expect(kept(1)).toEqual([0]);
    expect(kept(2)).toEqual([0, 1]);
    expect(kept(3)).toEqual([0, 1, 4]);
    expect(kept(4)).toEqual([0, 1, 2, 4]);
  });

  test("that go are noted by the label that the card may show", () => {
    const room = roomFor({ columns: 2 });
    keptColumns(tableOf([1, 1, 2, 1]), room, (label) => label.toUpperCase());
    expect(room.leftOut.columns).toEqual(new Set(["LABEL 1", "LABEL 2"]));
  });

  test("that stay are in their order, and as many as there is room for", () => {
    const some = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 15 }), fc.array(fc.nat(11)), (weights, columns, coloured) => {
        const room = roomFor({ columns });
        const kept = keptColumns(tableOf(weights, { coloured }), room, asIs);
        expect(kept).toHaveLength(Math.min(columns, weights.length));
        expect(kept[0]).toBe(0);
        expect(kept).toEqual(kept.toSorted((a, b) => a - b));
        expect(kept.length + room.leftOut.columns.size).toBe(weights.length);
      }),
    );
  });
});

describe("the rows of tables", () => {
  test("share one room, from the first table on", () => {
    const room = roomFor({ rows: 5 });
    const shown = [3, 4, 2].map((rows) => rowsToShow(tableOf([1], { rows }), room).map(({ label }) => label));
    expect(shown).toEqual([["row 0", "row 1", "row 2"], ["row 0", "row 1"], []]);
    expect(room).toMatchObject({ rows: 5, leftOut: { rows: 4 } });
  });

  test("are all there where the room has no end", () => {
    const room = roomFor({ rows: Number.POSITIVE_INFINITY });
    expect(rowsToShow(tableOf([1], { rows: 300 }), room)).toHaveLength(300);
    expect(room.leftOut.rows).toBe(0);
  });
});

describe("very many blocks", () => {
  const text = (content: string): Block => ({ kind: "text", text: content, tone: "normal" });
  const buttons: Block = { kind: "buttons", buttons: [] };

  test("are fewer by those that are there to be read", () => {
    const room = roomFor({ entries: 2 });
    const table = tableOf([1]);
    const fewer = fewerBlocks([text("a"), table, text("b"), text("c"), buttons, text("d"), table], room);
    expect(fewer).toEqual([text("a"), table, text("b"), buttons, table]);
    expect(room.leftOut.entries).toBe(true);
  });

  test("stay where there is room, and so does what was noted before", () => {
    const room = roomFor({ entries: 2 });
    const blocks = [text("a"), text("b"), buttons];
    expect(fewerBlocks(blocks, room)).toEqual(blocks);
    expect(room.leftOut.entries).toBe(false);
    room.leftOut.entries = true;
    fewerBlocks(blocks, room);
    expect(room.leftOut.entries).toBe(true);
  });
});

describe("the first of a list", () => {
  test("are as many as the plan allows, which is noted", () => {
    const room = roomFor({ entries: 2 });
    expect(firstOf(["a", "b"], room)).toEqual(["a", "b"]);
    expect(room.leftOut.entries).toBe(false);
    expect(firstOf(["a", "b", "c"], room)).toEqual(["a", "b"]);
    expect(room.leftOut.entries).toBe(true);
  });
});
