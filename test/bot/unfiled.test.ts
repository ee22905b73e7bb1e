import { expect, test } from "vitest";
import { unfiledAnswer } from "../../src/bot/index.ts";

test("an export of which no file came is answered with how much it was, and how much it could have been", () => {
  const command = { kind: "export", filters: {}, format: "csv" } as const;
  expect(unfiledAnswer(command, { kind: "too-many", total: 200_000, limit: 100_000 })).toEqual({
    kind: "export-too-many",
    command,
    total: 200_000,
    limit: 100_000,
  });
  expect(unfiledAnswer(command, { kind: "too-large", bytes: 40_000_000, limit: 20_000_000 })).toEqual({
    kind: "export-too-large",
    command,
    bytes: 40_000_000,
    limit: 20_000_000,
  });
});
