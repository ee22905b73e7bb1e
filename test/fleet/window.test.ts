import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ApiPage, coverRange, tileRange } from "../../src/fleet/window.ts";

const anyRange = {
  offset: fc.integer({ min: 0, max: 5_000 }),
  length: fc.integer({ min: 1, max: 50 }),
  most: fc.integer({ min: 1, max: 100 }),
};

/** The places of the rows that pages hold, in the order of the pages. */
function placesOf(pages: readonly ApiPage[]): readonly number[] {
  return pages.flatMap(({ page, size }) => Array.from({ length: size }, (_, index) => (page - 1) * size + index));
}

function places(offset: number, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => offset + index);
}

/** How many pages of one size a range touches. */
function touched(offset: number, length: number, size: number): number {
  return new Set(places(offset, length).map((place) => Math.floor(place / size))).size;
}

describe("covering a range with pages", () => {
  it("covers every row of the range, in order and without a gap, by pages of one size within the bounds", () => {
    const property = fc.property(
      fc.record(anyRange),
      fc.nat({ max: 99 }),
      fc.constantFrom("smallest", "largest"),
      ({ offset, length, most }, less, prefer) => {
        const least = Math.max(1, most - less);
        const pages = coverRange(offset, length, { least, most }, prefer);
        const held = placesOf(pages);
        expect(held).toEqual(places(held[0] ?? -1, held.length));
        expect(held[0]).toBeLessThanOrEqual(offset);
        expect(held.at(-1)).toBeGreaterThanOrEqual(offset + length - 1);
        for (const { page, size } of pages) {
          expect(page).toBeGreaterThanOrEqual(1);
          expect(size).toBeGreaterThanOrEqual(least);
          expect(size).toBeLessThanOrEqual(most);
        }
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it("takes one page wherever one exists, and never more pages of a size than another size needs", () => {
    const property = fc.property(
      fc.record(anyRange),
      fc.constantFrom("smallest", "largest"),
      ({ offset, length, most }, prefer) => {
        const sizes = Array.from({ length: most }, (_, index) => index + 1);
        const fewest = Math.min(...sizes.map((size) => touched(offset, length, size)));
        const pages = coverRange(offset, length, { least: 1, most }, prefer);
        expect(pages).toHaveLength(fewest);
        const asGood = sizes.filter((size) => touched(offset, length, size) === fewest);
        expect(pages[0]?.size).toBe(prefer === "smallest" ? asGood[0] : asGood.at(-1));
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  it("takes the page itself where the range is a page", () => {
    expect(coverRange(40, 20, { least: 1, most: 100 })).toEqual([{ page: 3, size: 20 }]);
  });

  it("takes a greater page where the range begins inside one of its own length", () => {
    expect(coverRange(37, 10, { least: 1, most: 100 })).toEqual([{ page: 4, size: 12 }]);
    expect(coverRange(37, 10, { least: 1, most: 100 }, "largest")).toEqual([{ page: 1, size: 100 }]);
  });

  it("takes several pages where the server's are too small", () => {
    const pages = [3, 4, 5].map((page) => ({ page, size: 10 }));
    expect(coverRange(25, 25, { least: 1, most: 10 })).toEqual(pages);
  });
});

describe("tiling a range with pages", () => {
  it("holds every row of the range once, in order, and no other row", () => {
    const property = fc.property(fc.record(anyRange), ({ offset, length, most }) => {
      const pages = tileRange(offset, length, most);
      expect(placesOf(pages)).toEqual(places(offset, length));
      expect(Math.max(...pages.map(({ size }) => size))).toBeLessThanOrEqual(most);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("takes one page where the range is a page", () => {
    expect(tileRange(40, 20, 100)).toEqual([{ page: 3, size: 20 }]);
  });
});
