import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePage } from "../../src/appstream/envelope.ts";

describe("the body of a page", () => {
  it("takes numbers as numbers and as text", () => {
    expect(parsePage({ TotalCount: "30", PageSize: "20", Data: [], RequestId: "r" }, 50, 1)).toEqual({
      runtimes: [],
      total: 30,
      size: 20,
      requestId: "r",
      unreadable: 0,
    });
  });

  it("takes null for no rows, and believes the size that was asked for when none comes back", () => {
    expect(parsePage({ TotalCount: 0, Data: null }, 50, 1)).toMatchObject({ runtimes: [], total: 0, size: 50 });
    expect(parsePage({ TotalCount: 0, PageSize: 0 }, 50, 1)).toMatchObject({ size: 50 });
  });

  it("counts rows that are no objects", () => {
    const page = parsePage({ TotalCount: 3, Data: [{ DesktopId: "a" }, null, "b"] }, 20, 1);
    expect(page?.runtimes.map((runtime) => runtime.id)).toEqual(["a"]);
    expect(page?.unreadable).toBe(2);
  });

  it("is not the API's without a readable total: it must not read as an empty fleet", () => {
    for (const body of [
      {},
      { Data: [] },
      { TotalCount: null, Data: [] },
      { TotalCount: -1 },
      { TotalCount: "many" },
      null,
      "x",
      [],
    ]) {
      expect(parsePage(body, 20, 1)).toBeUndefined();
    }
  });

  it("never fails on any value", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ TotalCount: fc.anything(), Data: fc.anything() })), (body) => {
        const page = parsePage(body, 20, 1);
        expect(page === undefined || (Number.isSafeInteger(page.total) && page.total >= 0 && page.size > 0)).toBe(true);
      }),
    );
  });
});

it("takes the rows that came for the page size when the answer does not say it and more were asked for", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ DesktopId: `ecd-${index}` }));
  expect(parsePage({ TotalCount: 98, Data: rows(20) }, 50, 1)?.size).toBe(20);
  expect(parsePage({ TotalCount: 98, Data: rows(48) }, 50, 2)?.size).toBe(50);
  expect(parsePage({ TotalCount: 98, Data: [] }, 50, 1)?.size).toBe(50);
});
