import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createTallies } from "../../src/store/tallies.ts";
import { createBreakable } from "./breakable.ts";
import { machineClock } from "./machine-clock.ts";
import { findPostgres } from "./postgres.ts";
import { describeSites, lasting } from "./sites.ts";

const postgres = await findPostgres();

describeSites("the tallies", postgres, (createSite) => {
  it("count at once and after they were written, each by itself", async () => {
    const site = await createSite();
    const { tallies } = await site.open();
    const counts = () =>
      Promise.all([
        tallies.count("calls", "2026-06"),
        tallies.count("calls", "2026-07"),
        tallies.count("sends", "2026-06"),
      ]);

    expect(await counts()).toEqual([0, 0, 0]);
    tallies.add("calls", "2026-06", 2);
    tallies.add("calls", "2026-06", 3);
    tallies.add("calls", "2026-07", 0.5);
    expect(await counts()).toEqual([5, 0.5, 0]);
    await site.clock.advance(1_000);
    expect(await counts()).toEqual([5, 0.5, 0]);
    tallies.add("calls", "2026-06", 1);
    expect(await counts()).toEqual([6, 0.5, 0]);
    await site.clock.advance(1_000);
    expect(await counts()).toEqual([6, 0.5, 0]);
  });

  it("count more than a whole number of 32 bits, names of every kind, and nothing that is no number", async () => {
    const site = await createSite();
    const { tallies } = await site.open();
    const long = "x".repeat(5_000);

    for (const amount of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE]) {
      tallies.add("calls", "2026-06", amount);
    }
    tallies.add("calls", "2026-06", 3_000_000_000_000_000);
    tallies.add(`\0${long}1`, "\uD800", 1);
    tallies.add(`\0${long}2`, "\uD800", 2);
    await site.clock.advance(1_000);
    tallies.add("calls", "2026-06", 3_000_000_000_000_000);
    await site.clock.advance(1_000);

    expect(await tallies.count("calls", "2026-06")).toBe(6_000_000_000_000_000);
    expect(await tallies.count(`\0${long}1`, "\uD800")).toBe(1);
    expect(await tallies.count(`\0${long}2`, "\uD800")).toBe(2);
    expect(site.log.lines).toEqual([]);
  });

  it("reject who asks after the end, and count nothing more", async () => {
    const { tallies, stop } = await (await createSite()).open();
    await stop();

    tallies.add("calls", "2026-06", 1);

    await expect(tallies.count("calls", "2026-06")).rejects.toThrow();
  });
});

describeSites(
  "the tallies of several processes",
  postgres,
  (createSite) => {
    it("add up, also what was added in a last moment", async () => {
      const site = await createSite();
      const [one, other] = [await site.open(), await site.open()];

      one.tallies.add("calls", "2026-06", 1);
      other.tallies.add("calls", "2026-06", 10);
      await site.clock.advance(1_000);
      await expect.poll(() => one.tallies.count("calls", "2026-06"), { timeout: 10_000 }).toBe(11);
      one.tallies.add("calls", "2026-06", 100);
      await one.stop();

      expect(await other.tallies.count("calls", "2026-06")).toBe(111);
      await other.stop();
      expect(await (await site.open()).tallies.count("calls", "2026-06")).toBe(111);
    });

    it("add up when all write the same at once", async () => {
      const site = await createSite();
      const stores = await Promise.all([1, 2, 3, 4].map(() => site.open(machineClock)));
      const names = Array.from({ length: 200 }, (_, index) => `name-${index}`);

      for (const [index, { tallies }] of stores.entries()) {
        for (const name of index % 2 === 0 ? names : names.toReversed()) {
          tallies.add(name, "2026-06", 1);
        }
      }
      await Promise.all(stores.map(({ stop }) => stop()));

      const { tallies } = await site.open();
      expect(new Set(await Promise.all(names.map((name) => tallies.count(name, "2026-06"))))).toEqual(new Set([4]));
      expect(site.log.lines).toEqual([]);
    });
  },
  lasting,
);

describe("tallies", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) {
      await close();
    }
  });

  async function createRig() {
    const breakable = await createBreakable();
    const { clock, log, database, real } = breakable;
    const tallies = createTallies({ database, clock, random: () => 1, log });
    closing.push(async () => {
      await tallies.stop();
      await real.close();
    });
    const stored = async () => (await real.read((db) => db.selectFrom("tallies").selectAll().execute())).length;
    return { ...breakable, tallies, stored };
  }

  it("are written once a second in one transaction, and not when there is nothing to write", async () => {
    const { tallies, clock, count, stored } = await createRig();

    for (let one = 0; one < 500; one += 1) {
      tallies.add(`name-${one % 50}`, "2026-06", 1);
    }
    await clock.advance(999);
    expect(count()).toBe(0);
    await clock.advance(1);
    expect([count(), await stored(), clock.sleeping()]).toEqual([1, 50, 0]);
    await clock.advance(60_000);
    expect(count()).toBe(1);
  });

  it("that a failing store does not take stay owed, and are tried again ever more seldom", async () => {
    const { tallies, clock, count, set, stored } = await createRig();

    set("before");
    for (let second = 0; second < 60; second += 1) {
      tallies.add("calls", "2026-06", 1);
      await clock.advance(1_000);
    }
    expect(count()).toBeLessThan(15);
    expect(await stored()).toBe(0);
    expect(await tallies.count("calls", "2026-06")).toBe(60);
    set("never");
    await clock.advance(10_000);

    expect(await stored()).toBe(1);
    expect(await tallies.count("calls", "2026-06")).toBe(60);
  });

  it("count what is being written neither twice nor not at all", async () => {
    const { tallies, clock, holdWrites } = await createRig();
    tallies.add("calls", "2026-06", 1);
    const release = holdWrites();
    await clock.advance(1_000);
    tallies.add("calls", "2026-06", 10);

    const during = tallies.count("calls", "2026-06");
    await clock.advance(0);
    release();

    expect(await during).toBe(11);
  });

  it("count right when a write begins while they are read", async () => {
    const { tallies, clock, holdReads, stored } = await createRig();
    tallies.add("calls", "2026-06", 1);
    const release = holdReads();

    const counted = tallies.count("calls", "2026-06");
    await clock.advance(1_000);
    expect(await stored()).toBe(1);
    release();

    expect(await counted).toBe(1);
  });

  it("of which there are too many are not counted, which one line says", async () => {
    const { tallies, clock, log, set } = await createRig();

    set("before");
    for (let one = 0; one < 1_500; one += 1) {
      tallies.add(`name-${one}`, "2026-06", 1);
      tallies.add("name-0", "2026-06", 1);
    }
    set("never");
    await clock.advance(1_000);

    expect(await tallies.count("name-999", "2026-06")).toBe(1);
    expect(await tallies.count("name-1000", "2026-06")).toBe(0);
    expect(await tallies.count("name-0", "2026-06")).toBe(1_501);
    expect(log.lines.map(({ message }) => message)).toEqual([
      "The store has more to count than it can: some of it is not counted.",
    ]);
  });

  it("that are owed at the end are tried once more, and told when they are lost", async () => {
    const { tallies, clock, log, set, count } = await createRig();
    set("before");
    tallies.add("calls", "2026-06", 1);

    await tallies.stop();

    expect([count(), clock.sleeping()]).toEqual([1, 0]);
    expect(log.lines.map(({ fields, message }) => ({ fields, message }))).toEqual([
      { fields: { lost: 1 }, message: "Not all could be counted." },
    ]);
  });

  it("are what was added, whatever fails in between", async () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ wait: fc.integer({ min: 1, max: 3_000 }) }),
      fc.record({ breaks: fc.constantFrom("never" as const, "before" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { tallies, clock, set } = await createRig();
        let sum = 0;
        for (const one of steps) {
          if ("add" in one) {
            tallies.add("calls", "2026-06", one.add);
            sum += one.add;
          } else if ("wait" in one) {
            await clock.advance(one.wait);
          } else {
            set(one.breaks);
          }
          expect(await tallies.count("calls", "2026-06")).toBe(sum);
        }
      }),
      { numRuns: 40 },
    );
  });
});
