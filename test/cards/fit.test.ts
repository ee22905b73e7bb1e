import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderDingTalk } from "../../adapters/dingtalk/render.ts";
import { renderLark } from "../../adapters/lark/render.ts";
import { type Card, toCard, toCardThatFits } from "../../src/cards/index.ts";
import { parse } from "../../src/commands/index.ts";
import { listingOf, runtimesOf } from "../builders.ts";
import { alertedsOf, alertOf } from "./alerted.ts";
import { pressOf, sentencesOf } from "./read.ts";

/** The card of a page of a list of `total`, for a place that shows at most `most` rows. */
function cardOf({ total, page, size, most }: { total: number; page: number; size: number; most: number }): Card {
  const all = runtimesOf(total);
  const runtimes = all.slice((page - 1) * size, page * size);
  const command = { kind: "list", filters: {}, page, size, sort: undefined } as const;
  const answer = { kind: "list", command, listing: listingOf(runtimes, { total, page, size }) } as const;
  const rest = { providers: ["OpenClaw"], showsUsers: true, canExport: true };
  return toCardThatFits({ ...answer, ...rest }, "en", (card) => rowsOf(card).length <= most);
}

const rowsOf = (card: Card) => card.blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));

function nextOf(card: Card) {
  const button = card.blocks
    .flatMap((block) => (block.kind === "buttons" ? block.buttons : []))
    .find(({ role }) => role === "next");
  const parsed = button === undefined ? undefined : parse(button.command);
  return parsed?.ok === true && parsed.command.kind === "list" ? parsed.command : undefined;
}

describe("a list that does not fit", () => {
  test("turns to the largest smaller page that fits, which its command says", () => {
    const card = cardOf({ total: 100, page: 1, size: 50, most: 12 });
    expect(rowsOf(card)).toHaveLength(12);
    expect(card.command).toBe("/runtimes size=12");
    expect(card.blocks).toContainEqual({
      kind: "page",
      page: 1,
      pages: 9,
      total: 100,
      text: "Page 1 of 9 · 100 runtimes",
    });
  });

  test("begins with the runtime that the larger page began with", () => {
    const card = cardOf({ total: 100, page: 2, size: 50, most: 12 });
    expect(card.command).toBe("/runtimes page=6");
    expect(rowsOf(card)[0]?.label).toBe("agent-51");
  });

  test("stays as it is where it fits, and where nothing fits", () => {
    expect(rowsOf(cardOf({ total: 100, page: 1, size: 50, most: 50 }))).toHaveLength(50);
    expect(rowsOf(cardOf({ total: 100, page: 1, size: 50, most: 0 }))).toHaveLength(50);
  });

  test("shows every runtime exactly once on the way from the first page by Next", () => {
    const cases = fc.record({
      total: fc.integer({ min: 1, max: 120 }),
      size: fc.integer({ min: 1, max: 50 }),
      most: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(cases, ({ total, size, most }) => {
        const seen: string[] = [];
        let at: { page: number; size: number } | undefined = { page: 1, size };
        for (let step = 0; at !== undefined && step <= total; step += 1) {
          const card: Card = cardOf({ total, most, page: at.page, size: at.size });
          seen.push(...rowsOf(card).map(({ label }) => label));
          at = nextOf(card);
        }
        expect(seen).toEqual(runtimesOf(total).map(({ name }) => name));
      }),
      { numRuns: 100 },
    );
  });

  test("is the same card as that of its command", () => {
    const shrunk = cardOf({ total: 100, page: 1, size: 30, most: 10 });
    const command = { kind: "list", filters: {}, page: 1, size: 10, sort: undefined } as const;
    const listing = listingOf(runtimesOf(30).slice(0, 10), { total: 100, page: 1, size: 10 });
    expect(shrunk).toEqual(
      toCard({ kind: "list", command, listing, providers: ["OpenClaw"], showsUsers: true, canExport: true }, "en"),
    );
  });
});

describe("an alert that does not fit", () => {
  const alert = alertOf(alertedsOf(100), { total: 250, open: 250, pages: 3 });
  const cardOfMost = (most: number) => toCardThatFits(alert, "en", (card) => rowsOf(card).length <= most);

  test("names as many runtimes as fit, and says how many more this page has", () => {
    const card = cardOfMost(33);
    expect(rowsOf(card)).toHaveLength(33);
    expect(sentencesOf(card)).toContain("67 more are not named here for want of room: Details shows all of this page.");
  });

  test("leads to all runtimes of its page, and to the next one", () => {
    const card = cardOfMost(33);
    const parsed = parse(pressOf(card, "Details") ?? "");
    expect(parsed.ok && parsed.command.kind === "list" && parsed.command.filters.id).toHaveLength(100);
    expect(pressOf(card, "Next")).toBe("/alerts show n-1 page=2");
  });

  test("stays as it is where it fits, and where nothing fits", () => {
    expect(rowsOf(cardOfMost(100))).toHaveLength(100);
    expect(rowsOf(cardOfMost(0))).toHaveLength(100);
  });

  test("fits DingTalk and Lark with every runtime that it names", () => {
    for (const whole of [(card: Card) => renderDingTalk(card).whole, (card: Card) => renderLark(card).whole]) {
      const card = toCardThatFits(alert, "zh", whole);
      expect(whole(card)).toBe(true);
      expect(rowsOf(card).length).toBeGreaterThanOrEqual(20);
    }
  });
});
