import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCard } from "../../src/cards/index.ts";
import { parse, print } from "../../src/commands/index.ts";
import { listingOf, runtimeOf } from "../builders.ts";
import { anyAnswer } from "./arbitrary.ts";
import { blocksOfKind, commandsOf, wordsOf } from "./read.ts";

const anyLocale = fc.constantFrom("en" as const, "zh" as const);
const runs = { numRuns: 200 };

describe("a card of any answer, whatever the texts in it", () => {
  test("carries only commands that read, each in its canonical text", () => {
    fc.assert(
      fc.property(anyAnswer, anyLocale, (answer, locale) => {
        for (const command of commandsOf(toCard(answer, locale))) {
          const parsed = parse(command);
          expect(parsed.ok ? print(parsed.command) : parsed.problem).toBe(command);
        }
      }),
      runs,
    );
  });

  test("is plain data, which its JSON says whole", () => {
    fc.assert(
      fc.property(anyAnswer, anyLocale, (answer, locale) => {
        const card = toCard(answer, locale);
        expect(JSON.parse(JSON.stringify(card))).toEqual(card);
      }),
      runs,
    );
  });

  test("holds no text that drowns it, and at most three tags", () => {
    fc.assert(
      fc.property(anyAnswer, anyLocale, (answer, locale) => {
        const card = toCard(answer, locale);
        expect(Math.max(...wordsOf(card).map((word) => word.length))).toBeLessThanOrEqual(1_000);
        expect(card.header.title.length).toBeLessThanOrEqual(200);
        expect(card.header.tags.length).toBeLessThanOrEqual(3);
        for (const { start, end, text } of blocksOfKind(card, "marked")) {
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }),
      runs,
    );
  });

  test("always says something, in the language that was asked for", () => {
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        for (const locale of ["en", "zh"] as const) {
          const card = toCard(answer, locale);
          expect(card.locale).toBe(locale);
          expect(wordsOf(card).some((word) => word.trim() !== "")).toBe(true);
          expect(JSON.stringify(card)).not.toMatch(/\[object Object\]|\bundefined\b|\bNaN\b/);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test("a page of fifty runtimes whose every text has 10,000 characters is a card of moderate size", () => {
  const long = "n".repeat(10_000);
  const runtimes = Array.from({ length: 50 }, (_, index) =>
    runtimeOf({ id: `ecd-${index}`, name: long, status: long, users: [long, long, long], agents: [], groupName: long }),
  );
  const card = toCard(
    {
      kind: "list",
      command: { kind: "list", filters: {}, page: 1, size: 50 },
      listing: listingOf(runtimes, { size: 50 }),
      providers: ["OpenClaw"],
      showsUsers: true,
      canExport: true,
    },
    "en",
  );
  expect(JSON.stringify(card).length).toBeLessThan(100_000);
});
