import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { due } from "../../../src/alerts/digest/due.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const nine = Date.UTC(2026, 5, 1, 9);
const late = 2 * hour;

/** A digest at nine every day, told last on the day before. */
const daily = { at: 540, days: [], zone: "UTC", lastSlot: nine - day };

describe("a digest", () => {
  test("is told at its slot, not before, and not again", () => {
    expect(due(daily, nine - 1, late)).toEqual({ tell: undefined, skip: [] });
    expect(due(daily, nine, late)).toEqual({ tell: nine, skip: [] });
    expect(due({ ...daily, lastSlot: nine }, nine, late)).toEqual({ tell: undefined, skip: [] });
  });

  test("that was set up after its slot waits for the next", () => {
    expect(due({ ...daily, lastSlot: nine + minute }, nine + 2 * minute, late)).toEqual({ tell: undefined, skip: [] });
  });

  test("is told as long as it is not too late", () => {
    expect(due(daily, nine + late, late)).toEqual({ tell: nine, skip: [] });
    expect(due(daily, nine + late + 1, late)).toEqual({ tell: undefined, skip: [nine] });
  });

  test("that must not be late is told within the two minutes that it takes", () => {
    expect(due(daily, nine + 2 * minute, 0)).toEqual({ tell: nine, skip: [] });
    expect(due(daily, nine + 2 * minute + 1, 0)).toEqual({ tell: undefined, skip: [nine] });
  });

  test("after some days is told of the last, and the others are left out", () => {
    const now = nine + 3 * day + hour;
    expect(due(daily, now, late)).toEqual({ tell: nine + 3 * day, skip: [nine, nine + day, nine + 2 * day] });
  });

  test("tells one slot where several are not too late", () => {
    expect(due(daily, nine + day, day)).toEqual({ tell: nine + day, skip: [nine] });
  });

  test("after a year is told of the last, and the ten before it are named", () => {
    const { tell, skip } = due(daily, nine + 365 * day, late);
    expect(tell).toBe(nine + 365 * day);
    expect(skip).toEqual(Array.from({ length: 10 }, (_, index) => nine + (355 + index) * day));
  });

  test("is not told again by a clock that was put back", () => {
    expect(due({ ...daily, lastSlot: nine }, nine - hour, late)).toEqual({ tell: undefined, skip: [] });
    expect(due({ ...daily, lastSlot: nine }, nine - 3 * day, late)).toEqual({ tell: undefined, skip: [] });
  });
});

test("whatever the clock does, no slot is told twice, and slots are told and left out in order", () => {
  const jumps = fc.array(fc.integer({ min: -3 * 24 * 60, max: 4 * 24 * 60 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(jumps, fc.constantFrom(0, late, day), (steps, atMost) => {
      let [now, lastSlot] = [nine, daily.lastSlot];
      const handled: number[] = [];
      for (const step of steps) {
        now += step * minute;
        const { tell, skip } = due({ ...daily, lastSlot }, now, atMost);
        handled.push(...skip, ...(tell === undefined ? [] : [tell]));
        lastSlot = tell ?? skip.at(-1) ?? lastSlot;
      }
      expect(handled).toEqual([...new Set(handled)].toSorted((one, two) => one - two));
    }),
  );
});
