import fc from "fast-check";
import { expect, it } from "vitest";
import { createOwed } from "../../src/store/owed.ts";

type Step =
  | { readonly act: "add"; readonly name: string; readonly amount: number }
  | { readonly act: "write"; readonly meanwhile: readonly number[]; readonly written: boolean };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant("add" as const), name: fc.constantFrom("a", "b"), amount: fc.integer() }),
  fc.record({
    act: fc.constant("write" as const),
    meanwhile: fc.array(fc.integer(), { maxLength: 2 }),
    written: fc.boolean(),
  }),
);

it("what is owed and what was written are together what was added", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
      const owed = createOwed(10);
      const [added, stored] = [new Map<string, number>(), new Map<string, number>()];
      const plus = (sums: Map<string, number>, name: string, amount: number) =>
        sums.set(name, (sums.get(name) ?? 0) + amount);
      const add = (name: string, amount: number) => {
        expect(owed.add({ name, period: "2026-06", amount })).toBe(true);
        plus(added, name, amount);
      };
      for (const step of steps) {
        if (step.act === "add") {
          add(step.name, step.amount);
        } else {
          const amounts = owed.begin();
          for (const amount of step.meanwhile) {
            add("a", amount);
          }
          for (const { name, amount } of step.written ? amounts : []) {
            plus(stored, name, amount);
          }
          owed.end(step.written);
        }
        for (const [name, sum] of added) {
          expect((stored.get(name) ?? 0) + owed.get({ name, period: "2026-06" })).toBe(sum);
        }
      }
      owed.begin();
      owed.end(true);
      expect(owed.size).toBe(0);
    }),
  );
});

it("no more is owed than there is room for, and what is owed already still adds up", () => {
  const owed = createOwed(2);
  const add = (name: string, period: string) => owed.add({ name, period, amount: 1 });

  expect([add("a", "1"), add("a", "2"), add("b", "1"), add("a", "1")]).toEqual([true, true, false, true]);
  owed.begin();
  expect([add("b", "1"), add("a", "1")]).toEqual([false, true]);
  expect([owed.size, owed.get({ name: "a", period: "1" }), owed.get({ name: "b", period: "1" })]).toEqual([2, 3, 0]);
});
