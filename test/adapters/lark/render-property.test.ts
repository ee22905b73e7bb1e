import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderLark } from "../../../adapters/lark/render.ts";
import { type Card, toCard, withInner } from "../../../src/cards/index.ts";
import * as samples from "../../browser/sample-cards.ts";
import { anyAnswer } from "../../cards/arbitrary.ts";
import { checkCard } from "../../platforms/lark/card-rules.ts";
import { hugeCard } from "../huge-cards.ts";
import { anyCard } from "../terminal/cards.ts";
import { isObject } from "./drawn.ts";
import { foreignMarkup } from "./foreign-markup.ts";

/** What Lark would complain of, and markup that is not ours. */
function faultsOf(card: Card): readonly string[] {
  const { content, data } = renderLark(card);
  const markdown: string[] = [];
  JSON.stringify(data, (_, value: unknown) => {
    if (isObject(value) && value.tag === "markdown" && typeof value.content === "string") markdown.push(value.content);
    return value;
  });
  return [...checkCard(content), ...markdown.flatMap((content) => foreignMarkup(content, mentionable(card)))];
}

/** The ids of people who are to be mentioned, as far as they are ids of one person. */
function mentionable({ blocks }: Card): readonly string[] {
  const ids = [...withInner(blocks)].flatMap((block) =>
    block.kind === "people" ? block.people.flatMap(({ id }) => id ?? []) : [],
  );
  return ids.filter((id) => /^[\w-]+$/.test(id) && !/^all$/i.test(id));
}

const locales = ["en", "zh"] as const;

describe("whatever a card holds", () => {
  it("Lark takes it, when it is an answer", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyAnswer, fc.constantFrom(...locales), (answer, locale) => {
        expect(faultsOf(toCard(answer, locale))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("Lark takes it, when it is any card", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(faultsOf(card)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("Lark takes it, when it is huge", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(hugeCard, (card) => {
        expect(faultsOf(card)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it.each(Object.entries(samples).flatMap(([name, of]) => (typeof of === "function" ? [[name, of] as const] : [])))(
    "Lark takes the sample %s",
    (_, of) => {
      expect(faultsOf(of(2))).toEqual([]);
    },
  );
});
