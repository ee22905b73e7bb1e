import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullest, type Plans, plansOf } from "../../src/platform/index.ts";

interface Plan {
  readonly text: number;
  readonly rows: number;
  readonly command: number;
}

const everything: Plan = { text: 100, rows: 1_000, command: 100 };
const steps: readonly Partial<Plan>[] = [{ text: 50 }, { command: 50 }, { text: 10 }];

const plans: Plans<Plan> = {
  withAllRows: plansOf(everything, steps),
  lengths: [50, 0],
  lean: (rows, command) => ({ text: 10, rows, command }),
};

/** What is drawn of a thing of so many rows, in units of room. */
const sizeOf = ({ text, rows, command }: Plan, all: number) => Math.min(rows, all) * 10 + text + command;

/** The plan by which a thing of so many rows is drawn into a room. */
const planFor = (room: number, rows: number) =>
  fullest(plans, rows, (plan) => (sizeOf(plan, rows) <= room ? plan : undefined));

describe("plans", () => {
  it("begin with everything, and each takes one step more than the one before", () => {
    expect(plansOf(everything, steps)).toEqual([
      { text: 100, rows: 1_000, command: 100 },
      { text: 50, rows: 1_000, command: 100 },
      { text: 50, rows: 1_000, command: 50 },
      { text: 10, rows: 1_000, command: 50 },
    ]);
  });
});

describe("the fullest that fits", () => {
  it("is everything where there is room, and is then tried once", () => {
    let tries = 0;
    const drawn = fullest(plans, 3, (plan) => {
      tries += 1;
      return plan;
    });
    expect(drawn).toEqual(everything);
    expect(tries).toBe(1);
  });

  it("has all rows by the mildest plan, then as many rows as fit, and gives up commands last", () => {
    expect(planFor(229, 3)).toMatchObject({ text: 50, command: 100 });
    expect(planFor(179, 3)).toMatchObject({ text: 50, command: 50 });
    expect(planFor(129, 3)).toMatchObject({ text: 10, command: 50, rows: 1_000 });
    expect(planFor(89, 3)).toEqual({ text: 10, command: 50, rows: 2 });
    expect(planFor(60, 3)).toEqual({ text: 10, command: 50, rows: 0 });
    expect(planFor(59, 3)).toEqual({ text: 10, command: 0, rows: 3 });
    expect(planFor(9, 3)).toBeUndefined();
  });

  it("fits whatever the room, and is the mildest of all plans that do", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(20), (room, rows) => {
        const some = Array.from({ length: rows + 1 }, (_, left) => rows - left);
        const lean = plans.lengths.flatMap((length) => some.map((number) => plans.lean(number, length)));
        const mildest = [...plans.withAllRows, ...lean].find((plan) => sizeOf(plan, rows) <= room);
        expect(planFor(room, rows)).toEqual(mildest);
      }),
    );
  });
});
