import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextSlot, type Schedule, slotsBetween } from "../../../src/alerts/digest/slots.ts";
import { type Weekday, weekdays } from "../../../src/commands/index.ts";
import { localOf } from "./local.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

function scheduleOf(at: string, zone: string, days: readonly Weekday[] = []): Schedule {
  return { at: Number(at.slice(0, 2)) * 60 + Number(at.slice(3)), days, zone };
}

/** The slots of a few days from one that is given in UTC, as the clocks of the zone show them. */
function shown(schedule: Schedule, from: string, days = 4): readonly string[] {
  const after = Date.parse(`${from}Z`);
  return slotsBetween(after, after + days * day, schedule, 100).map((slot) => localOf(slot, schedule.zone));
}

describe("a slot", () => {
  test("is a time of each day", () => {
    expect(shown(scheduleOf("09:00", "Asia/Shanghai"), "2026-06-01T00:00", 3)).toEqual([
      "2026-06-01 09:00",
      "2026-06-02 09:00",
      "2026-06-03 09:00",
    ]);
  });

  test("is on the days of the zone that were chosen", () => {
    // Half past one on Monday in Shanghai is still Sunday in Greenwich.
    const slots = slotsBetween(0, Date.UTC(2026, 5, 8), scheduleOf("01:30", "Asia/Shanghai", ["mon"]), 1);
    expect(slots).toEqual([Date.UTC(2026, 5, 7, 17, 30)]);
  });

  test.each([
    ["Europe/Berlin", "02:30", "2026-03-28T12:00", "2026-03-29 03:00"],
    ["Europe/Berlin", "02:00", "2026-03-28T12:00", "2026-03-29 03:00"],
    ["Europe/Berlin", "03:00", "2026-03-28T12:00", "2026-03-29 03:00"],
    ["America/New_York", "02:15", "2026-03-07T12:00", "2026-03-08 03:00"],
    ["Australia/Lord_Howe", "02:10", "2026-10-02T16:00", "2026-10-04 02:30"],
    ["Asia/Beirut", "00:00", "2026-03-28T00:00", "2026-03-29 01:00"],
  ])("in %s at %s, which the clocks leave out, is at the next minute there is", (zone, at, from, slot) => {
    expect(shown(scheduleOf(at, zone), from, 1)).toEqual([slot]);
  });

  test("at the end of an evening that the clocks leave out is at midnight", () => {
    // Greenland goes from 23:00 to 24:00 on the 28th.
    expect(shown(scheduleOf("23:30", "America/Nuuk", ["sat"]), "2026-03-25T00:00", 7)).toEqual(["2026-03-29 00:00"]);
  });

  test.each([
    ["Europe/Berlin", "02:30", Date.UTC(2026, 9, 25, 0, 30)],
    ["America/New_York", "01:15", Date.UTC(2026, 10, 1, 5, 15)],
    ["Australia/Lord_Howe", "01:45", Date.UTC(2026, 3, 4, 14, 45)],
    ["Africa/Cairo", "23:30", Date.UTC(2026, 9, 29, 20, 30)],
  ])("in %s at %s, which the clocks show twice, is the first of the two", (zone, at, first) => {
    const schedule = scheduleOf(at, zone);
    expect(slotsBetween(first - 1, first + 12 * 60 * minute, schedule, 10)).toEqual([first]);
    expect(nextSlot(first, schedule)).toBeGreaterThan(first + 23 * 60 * minute);
  });

  test("is not on a day that a country has left out", () => {
    expect(shown(scheduleOf("09:00", "Pacific/Apia"), "2011-12-28T18:00", 3)).toEqual([
      "2011-12-28 09:00",
      "2011-12-29 09:00",
      "2011-12-31 09:00",
    ]);
    expect(
      localOf(nextSlot(Date.UTC(2011, 11, 25), scheduleOf("09:00", "Pacific/Apia", ["fri"])), "Pacific/Apia"),
    ).toBe("2012-01-06 09:00");
  });

  test("never moves with the seasons where there are none", () => {
    const slots = slotsBetween(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1), scheduleOf("09:00", "Asia/Shanghai"), 400);
    expect(new Set(slots.map((slot) => slot % day))).toEqual(new Set([60 * minute]));
    expect(slots).toHaveLength(365);
  });

  test("in a zone that is not known is in UTC", () => {
    expect(nextSlot(0, scheduleOf("09:00", "Mars/Olympus"))).toBe(9 * 60 * minute);
  });
});

describe("between two times", () => {
  const schedule = scheduleOf("09:00", "UTC");
  const nine = Date.UTC(2026, 5, 1, 9);

  test("the first is outside, the last inside", () => {
    expect(slotsBetween(nine, nine + day, schedule, 10)).toEqual([nine + day]);
    expect(slotsBetween(nine - 1, nine + day - 1, schedule, 10)).toEqual([nine]);
  });

  test("there is nothing when the clock was put back", () => {
    expect(slotsBetween(nine, nine - 7 * day, schedule, 10)).toEqual([]);
  });

  test("of many slots the last are given", () => {
    expect(slotsBetween(0, nine, schedule, 3)).toEqual([nine - 2 * day, nine - day, nine]);
  });
});

const zones = [
  ...["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Pacific/Apia", "UTC"],
  ...["Asia/Beirut", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu", "Antarctica/Troll", "Africa/Cairo"],
];

const schedules = fc.record({
  at: fc.integer({ min: 0, max: 1439 }),
  days: fc.subarray([...weekdays]),
  zone: fc.constantFrom(...zones),
});

const starts = fc.integer({ min: Date.UTC(2008, 0, 1) / minute, max: Date.UTC(2034, 0, 1) / minute });

const weekdayOf = (local: string) => weekdays[(new Date(`${local.slice(0, 10)}T00:00Z`).getUTCDay() + 6) % 7];

test("over 400 days slots increase, one a local day at most, on the chosen days alone, each at its time or behind a gap", () => {
  fc.assert(
    fc.property(schedules, starts, (schedule, start) => {
      const { zone, at, days } = schedule;
      const after = start * minute;
      const slots = slotsBetween(after, after + 400 * day, schedule, 500);
      const local = slots.map((slot) => localOf(slot, zone));
      const time = `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;

      expect(slots).toEqual([...new Set(slots)].toSorted((one, two) => one - two));
      expect(new Set(local.map((text) => text.slice(0, 10))).size).toBe(slots.length);
      expect(local.filter((text) => days.length > 0 && !days.some((one) => one === weekdayOf(text)))).toEqual([]);
      for (const [index, text] of local.entries()) {
        const before = localOf((slots[index] ?? 0) - minute, zone);
        // The minute before is earlier than the time, the slot is not: it is the first that there is.
        expect(text.slice(11) === time || (text.slice(11) > time && before < `${text.slice(0, 10)} ${time}`)).toBe(
          true,
        );
      }
    }),
    { numRuns: 30 },
  );
});

test("over 400 days every chosen day that there is has its slot", () => {
  fc.assert(
    fc.property(schedules, starts, (schedule, start) => {
      const { zone, days } = schedule;
      const after = start * minute;
      const slots = slotsBetween(after, after + 400 * day, schedule, 500);
      const there = new Set<string>();
      for (let wall = after + day; wall < after + 399 * day; wall += 6 * 60 * minute) {
        there.add(localOf(wall, zone).slice(0, 10));
      }
      const chosen = [...there].filter((date) => days.length === 0 || days.some((one) => one === weekdayOf(date)));
      const served = new Set(slots.map((slot) => localOf(slot, zone).slice(0, 10)));
      expect(chosen.filter((date) => !served.has(date))).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test("the next slot is the first of all that follow", () => {
  fc.assert(
    fc.property(schedules, starts, (schedule, start) => {
      const after = start * minute;
      const next = nextSlot(after, schedule);
      expect(slotsBetween(after, next, schedule, 10)).toEqual([next]);
    }),
    { numRuns: 200 },
  );
});

test("slots do not depend on how a span is cut", () => {
  fc.assert(
    fc.property(schedules, starts, fc.integer({ min: 0, max: 20 * 1440 }), (schedule, start, cut) => {
      const [after, middle, until] = [start * minute, (start + cut) * minute, start * minute + 20 * day];
      const parts = [...slotsBetween(after, middle, schedule, 50), ...slotsBetween(middle, until, schedule, 50)];
      expect(parts).toEqual(slotsBetween(after, until, schedule, 50));
    }),
    { numRuns: 100 },
  );
});
