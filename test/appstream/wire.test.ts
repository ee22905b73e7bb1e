import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toQuery } from "../../src/appstream/wire.ts";

/** Halves of characters included. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

const base = { provider: "OpenClaw", filters: {}, page: 1, size: 20 };

describe("the query of a page", () => {
  it("numbers lists from 1 without gaps and leaves empty values out", () => {
    const filters = {
      DesktopIds: ["ecd-a", "", "ecd b*(1)"],
      AuthUsers: ["张三"],
      AgentPlatform: "",
      HasRisk: "false",
      Nothing: [],
    };
    expect(toQuery({ ...base, filters, page: 3 })).toEqual({
      AgentProvider: "OpenClaw",
      "AuthUsers.1": "张三",
      "DesktopIds.1": "ecd-a",
      "DesktopIds.2": "ecd b*(1)",
      HasRisk: "false",
      PageNumber: "3",
      PageSize: "20",
    });
  });

  it("does not let a filter take the place of the provider or the page", () => {
    const filters = { AgentProvider: "Other", PageNumber: "9", PageSize: "9" };
    expect(toQuery({ ...base, filters })).toEqual({ AgentProvider: "OpenClaw", PageNumber: "1", PageSize: "20" });
  });

  it("asks for 1 to 100 rows, from page 1", () => {
    expect(toQuery({ ...base, page: 0, size: 0 })).toMatchObject({ PageNumber: "1", PageSize: "1" });
    expect(toQuery({ ...base, size: 500 })).toMatchObject({ PageSize: "100" });
  });

  it("is the same text for the same filters in another order", () => {
    const one = toQuery({ ...base, filters: { A: "1", B: ["2"] } });
    const other = toQuery({ ...base, filters: { B: ["2"], A: "1" } });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it("never holds an empty value or one that cannot be encoded", () => {
    const value = fc.string({ unit: codeUnit });
    const filters = fc.dictionary(
      fc.stringMatching(/^[A-Z][a-z]{1,8}$/),
      fc.oneof(value, fc.array(value, { maxLength: 4 })),
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(filters, (given) => {
        for (const text of Object.values(toQuery({ ...base, filters: given }))) {
          expect(text).not.toBe("");
          expect(() => encodeURIComponent(text)).not.toThrow();
        }
      }),
    );
  });
});
