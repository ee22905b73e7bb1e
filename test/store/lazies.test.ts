import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLazies, type LazyKind } from "../../src/store/lazies.ts";

interface Row {
  readonly key: string;
  readonly weight: number;
}

const limit = 20;

function createRig() {
  const written: string[] = [];
  const kind: LazyKind<Row, Pick<Row, "key">> = {
    keyOf: ({ key }) => key,
    weightOf: ({ weight }) => weight,
    async write(_, rows) {
      written.push(...rows.map(({ key }) => key));
    },
  };
  return { lazies: createLazies(kind, limit), written };
}

const anyRow = fc.record({
  key: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  weight: fc.integer({ min: 1, max: 7 }),
});

describe("rows that wait to be written", () => {
  it("never weigh more than may wait, and are those that were added last under each key", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
        const { lazies } = createRig();
        const kept = new Map<string, Row>();
        for (const row of rows) {
          const others = [...kept.values()].filter(({ key }) => key !== row.key);
          const fits = others.reduce((sum, { weight }) => sum + weight, row.weight) <= limit;
          expect(lazies.add(row, 0)).toBe(fits);
          if (fits) {
            kept.delete(row.key);
            kept.set(row.key, row);
          }
          expect(lazies.weight).toBe([...kept.values()].reduce((sum, { weight }) => sum + weight, 0));
        }
        expect([lazies.size, lazies.weight <= limit]).toEqual([kept.size, true]);
        for (const key of ["a", "b", "c", "d", "e", "f"]) {
          expect(lazies.get({ key })).toBe(kept.get(key));
        }
      }),
    );
  });

  it("are written oldest first, in as many portions as their weight says", async () => {
    const anyMost = fc.integer({ min: 1, max: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 40 }), anyMost, async (rows, most) => {
        const { lazies, written } = createRig();
        const order = new Set<string>();
        for (const row of rows) {
          if (lazies.add(row, 0)) {
            order.delete(row.key);
            order.add(row.key);
          }
        }
        const portions = Math.ceil(lazies.weight / most);
        for (let one = 0; one < portions; one += 1) {
          const portion = lazies.next(most);
          await portion.write(undefined as never, 0);
          portion.written();
        }
        expect(written).toEqual([...order]);
        expect([lazies.size, lazies.weight]).toEqual([0, 0]);
      }),
    );
  });

  it("stay when they were put again while they were being written", () => {
    const { lazies } = createRig();
    lazies.add({ key: "a", weight: 1 }, 0);
    const portion = lazies.next(10);
    lazies.add({ key: "a", weight: 2 }, 0);

    portion.written();

    expect(lazies.get({ key: "a" })).toEqual({ key: "a", weight: 2 });
    expect(lazies.weight).toBe(2);
  });

  it("are given up by their age, which counts from when they were put last", () => {
    const { lazies } = createRig();
    lazies.add({ key: "a", weight: 1 }, 1);
    lazies.add({ key: "b", weight: 1 }, 1);
    lazies.add({ key: "a", weight: 1 }, 2);

    expect(lazies.giveUp(2)).toBe(1);
    expect([lazies.get({ key: "a" })?.key, lazies.get({ key: "b" }), lazies.weight]).toEqual(["a", undefined, 1]);
  });
});
