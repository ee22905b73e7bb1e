import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuery } from "../../src/simulator/query.ts";

describe("a query string", () => {
  it("reads back whatever was encoded", () => {
    const key = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ unit: "grapheme" })), (values) => {
        expect(readQuery(new URLSearchParams(values).toString())).toEqual(new Map(Object.entries(values)));
      }),
    );
  });

  for (const text of ["a=%", "a=%zz", "a=%C3%28", "=x", "a=1&a=2"]) {
    it(`has no meaning as ${text}`, () => {
      expect(readQuery(text)).toBeUndefined();
    });
  }
});
