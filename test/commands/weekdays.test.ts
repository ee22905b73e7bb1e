import fc from "fast-check";
import { expect, test } from "vitest";
import { weekdays } from "../../src/commands/index.ts";
import { daysOf, daysOfList, nearestDays, printDays } from "../../src/commands/weekdays.ts";

test.each(weekdays.map((day, index) => [day, `周${"一二三四五六日"[index]}`, `星期${"一二三四五六日"[index]}`]))(
  "%s is %s and %s",
  (day, ...names) => {
    for (const name of [day.toUpperCase(), ...names]) {
      expect(daysOf(name)).toEqual([day]);
    }
  },
);

test("a range that ends before it begins goes over the end of the week", () => {
  expect(daysOf("sat-mon")).toEqual(["mon", "sat", "sun"]);
  expect(daysOf("tue-tue")).toEqual(["tue"]);
});

test.each(["", "-", "mon-", "-mon", "mon-xyz", "mon-tue-wed", "7", "mon".repeat(20)])("%j is no day", (text) => {
  expect(daysOf(text)).toBeUndefined();
});

test.each([
  ["mno", "mon"],
  ["mon-fry", "mon-fri"],
  ["wensday", "wed"],
  ["dailly", "daily"],
  ["xyz", undefined],
  ["mon".repeat(20), undefined],
])("the nearest to %s is %s", (text, nearest) => {
  expect(nearestDays(text)).toBe(nearest);
});

test("days are printed as ranges where three and more stand in a row", () => {
  expect(printDays(["sun", "mon", "tue"])).toBe("mon,tue,sun");
  expect(printDays(["mon", "tue", "wed", "sat", "sun"])).toBe("mon-wed,sat,sun");
  expect(printDays(weekdays)).toBe("mon-sun");
});

test("what is printed is read as it was", () => {
  fc.assert(
    fc.property(fc.subarray([...weekdays], { minLength: 1 }), (days) => {
      expect(daysOfList(printDays(days))).toEqual(days);
    }),
  );
});
