import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostThatFits } from "../../src/platform/most-that-fits.ts";

describe("the most that fits", () => {
  it("is the largest number that fits, found in few tries", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: -1, max: 1_100 }), (most, limit) => {
        let tries = 0;
        const found = mostThatFits(most, (number) => {
          tries += 1;
          return number <= limit ? number : undefined;
        });
        expect(found).toBe(limit < 0 ? undefined : Math.min(most, limit));
        expect(tries).toBeLessThanOrEqual(12);
      }),
    );
  });
});
